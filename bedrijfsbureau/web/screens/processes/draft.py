"""/processen/<soort>/concept: the editor. The browser keeps what it has until the server says that it is saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, ParamSpec

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau import dossiersoort, engine
from bedrijfsbureau.actions.command.handlers import HANDLERS
from bedrijfsbureau.actions.kinds.decisions import decisions
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.publishing.processes import fingerprint
from bedrijfsbureau.database import Tx
from bedrijfsbureau.dmn import DmnError
from bedrijfsbureau.errors import (
    BedrijfsbureauError,
    DossiersoortInvalid,
    Forbidden,
    InvalidInput,
    ModelRefused,
    NotFound,
)
from bedrijfsbureau.model import Role
from bedrijfsbureau.queries import processes as queries
from bedrijfsbureau.queries.processes import Soort, Version
from bedrijfsbureau.web.current import act_once, actor, now, reading_here
from bedrijfsbureau.web.error_pages import kind_of as kind_of_error
from bedrijfsbureau.web.formats import clock
from bedrijfsbureau.web.process.findings import judge
from bedrijfsbureau.web.process.steps import is_join, is_unconfirmed, kind_of, table
from bedrijfsbureau.web.screens.processes.version import as_file, chosen_file, diagrams, main_file

screen = Blueprint("draft", __name__, url_prefix="/<soort>/concept")

LONGEST_NOTE = 500  # characters
P = ParamSpec("P")


@dataclass(frozen=True)
class Opened:
    """What is edited: the draft, or the version in force as long as there is no draft."""

    versions: Soort
    draft: Version | None
    content: dossiersoort.Dossiersoort

    @property
    def files(self) -> Mapping[str, str]:
        return self.content.files

    @property
    def number(self) -> int:
        """Of the draft, or the one it would get."""
        return self.draft.number if self.draft else self.versions.versions[0].number + 1


@screen.before_request
def _only_for_process_owners() -> None:
    if actor().role is not Role.PROCESEIGENAAR:
        raise Forbidden("Een concept is alleen voor de proceseigenaar. Gepubliceerde versies staan bij Processen.")


@screen.get("")
def show(soort: str) -> str:
    return _page(soort)


@screen.get("/bestanden/<path:path>")
def file(soort: str, path: str) -> Response:
    with reading_here() as tx:
        return as_file(_open(tx, soort).files, path)


def _in_json(view: Callable[P, Mapping[str, Any]]) -> Callable[P, ResponseReturnValue]:
    """Answers a script: what was refused is said in its "message"."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        try:
            return jsonify(view(*args, **kwargs))
        except BedrijfsbureauError as error:
            return jsonify(message=error.message), kind_of_error(error).status

    return answer


@screen.post("/bestanden/<path:path>")
@_in_json
def save(soort: str, path: str) -> Mapping[str, Any]:
    """The text of one file, as the body. If-Match: the version of it that was edited."""
    text, known = _body(), request.headers.get("If-Match", "").strip('"')
    _save(soort, path, text, known)
    return {"message": _("Concept bewaard om %(time)s", time=clock(now())), "version": fingerprint(text)}


@screen.post("/bevindingen/<path:path>")
@_in_json
def check(soort: str, path: str) -> Mapping[str, Any]:
    """What is wrong with all files together when this one is as the body says; nothing is kept."""
    with reading_here() as tx:
        opened = _open(tx, soort)
        found = judge(tx, soort, {**opened.files, path: _body()})
    problems = [{**finding.to_json(), "url": _address(soort, finding.file)} for finding in found.all]
    return {"problems": problems}


@screen.post("/inlezen")
def upload(soort: str) -> ResponseReturnValue:
    """A file from the disk in place of one of the draft; without a script as well."""
    path, sent = request.form.get("bestand", ""), request.files.get("inhoud")
    try:
        if sent is None or not sent.filename:
            raise InvalidInput({}, _("Kies eerst een bestand op uw computer."))
        _save(soort, path, _decoded(sent.read()), request.form.get("versie", ""))
    except BedrijfsbureauError as error:
        return _page(soort, refused=error.message), kind_of_error(error).status
    flash(_("%(file)s is ingelezen en bewaard in het concept.", file=path))
    return redirect(url_for(".show", soort=soort, bestand=path))


@screen.post("/publiceren")
def publish(soort: str) -> ResponseReturnValue:
    try:
        version = act_once(processes.publish, _shown(soort), request.form.get("notitie", "").strip()[:LONGEST_NOTE])
    except ModelRefused:
        return _page(soort, refused=_("Publiceren kan nog niet: los eerst de fouten op.")), 422
    flash(_("Versie %(number)s is gepubliceerd: nieuwe dossiers gebruiken haar.", number=version.number))
    flash(_("Lopende dossiers houden hun eigen versie."))
    return redirect(url_for("processes.version.show", soort=soort, number=version.number))


@screen.post("/weggooien")
def discard(soort: str) -> ResponseReturnValue:
    version = act_once(processes.discard_draft, _shown(soort))
    flash(_("Concept versie %(number)s is weggegooid. U kunt het bij de versies terugzetten.", number=version.number))
    return redirect(url_for("processes.index"))


@screen.post("/terugzetten")
def restore(soort: str) -> ResponseReturnValue:
    act_once(processes.restore_draft, request.form.get("versie", 0, int))
    flash(_("Het concept is terug."))
    return redirect(url_for(".show", soort=soort))


def _page(soort: str, refused: str = "") -> str:
    with reading_here() as tx:
        opened = _open(tx, soort)
        findings = judge(tx, soort, opened.files)
    path = chosen_file(opened.files, main_file(opened.content))
    return render_template(
        "processes/draft.html",
        soort=opened.content, versions=opened.versions, draft=opened.draft, number=opened.number,
        files=opened.files, diagrams=diagrams(opened.files), file=path, version=fingerprint(opened.files[path]),
        steps=table([step for step in engine.outline(opened.files) if step.file == path], findings.elements),
        findings=findings,
        choices=_choices(opened.content), refused=refused, address_of=partial(_address, soort),
        kind_of=kind_of, is_join=is_join, is_unconfirmed=is_unconfirmed,
    )  # fmt: skip


def _open(tx: Tx, soort: str) -> Opened:
    """Raises NotFound."""
    versions = queries.soort(tx, soort)
    based_on = versions.draft or versions.in_force
    if based_on is None or versions.policy is None:
        raise NotFound("Voor deze dossiersoort is nog geen proces gepubliceerd.")
    return Opened(versions, versions.draft, queries.content(tx, versions.policy, based_on.id))


def _shown(soort: str) -> int:
    """Id of the draft that the page showed, also when it is published or put away by now. Raises NotFound."""
    number = request.form.get("nummer", 0, int)
    with reading_here() as tx:
        versions = queries.soort(tx, soort).versions
    for version in versions:
        if version.number == number:
            return version.id
    raise NotFound("Er is geen concept. Wijzig eerst iets in de editor.")


def _save(soort: str, path: str, text: str, known: str) -> None:
    with reading_here() as tx:
        if path not in _open(tx, soort).files:
            raise NotFound("Dit bestand hoort niet bij dit proces. Kies een van de bestanden in de lijst.")
    act_once(processes.save_draft, soort, {path: text}, expected={path: known} if known else None)


def _body() -> str:
    return _decoded(request.get_data())


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput({}, _("Dit bestand is niet in UTF-8 opgeslagen. Sla het opnieuw op als UTF-8.")) from error


def _address(soort: str, path: str) -> str:
    return url_for("processes.draft.show", soort=soort, bestand=path) if path else ""


def _choices(soort: dossiersoort.Dossiersoort) -> dict[str, list[dict[str, str]]]:
    """What the fields of the editor can refer to."""
    others = {step.element.process for step in engine.outline(soort.files)} - {soort.process_id}
    named = {
        "forms": _forms(soort),
        "teams": dict(soort.teams),
        "handlers": {name: name for name in HANDLERS},
        "decisions": _decisions(soort),
        "processes": {name: name for name in others},
    }
    return {
        kind: [{"value": value, "label": label} for value, label in sorted(labels.items())]
        for kind, labels in named.items()
    }


def _forms(soort: dossiersoort.Dossiersoort) -> dict[str, str]:
    """Name -> title; none when one is no JSON, which the findings then say."""
    try:
        schemas = soort.form_schemas()
    except DossiersoortInvalid:
        return {}
    return {name: str(schema.get("title") or name) for name, schema in schemas.items() if isinstance(schema, dict)}


def _decisions(soort: dossiersoort.Dossiersoort) -> dict[str, str]:
    """None when a file can't be read, which the findings then say."""
    try:
        return {name: name for name in decisions(soort.files_ending(".dmn"))}
    except DmnError:
        return {}

"""/processen/<soort>/<number>: one published version; the diagram and the table of steps say the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request, url_for

from bedrijfsbureau import dossiersoort, engine
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Role
from bedrijfsbureau.queries import processes
from bedrijfsbureau.queries.access import may_open_dossiers
from bedrijfsbureau.queries.processes import Soort, Version
from bedrijfsbureau.web.current import actor, reading_here
from bedrijfsbureau.web.doors import admit
from bedrijfsbureau.web.process.steps import is_join, is_unconfirmed, kind_of, table, unconfirmed

screen = Blueprint("version", __name__, url_prefix="/<soort>")


@dataclass(frozen=True)
class Opened:
    versions: Soort
    version: Version
    content: dossiersoort.Dossiersoort  # with the files of the version, under the policy in force


@screen.get("/<int:number>")
def show(soort: str, number: int) -> str:
    admit("processes.index")
    with reading_here() as tx:
        opened = _open(tx, soort, number)
        active = processes.at_elements(tx, opened.version.id)
    file = chosen_file(opened.content.files, main_file(opened.content))
    steps = engine.outline(opened.content.files)
    return render_template(
        "processes/version.html",
        soort=opened.content, versions=opened.versions, version=opened.version, file=file,
        diagrams=diagrams(opened.content.files), steps=table([step for step in steps if step.file == file], active),
        active=active, links=_links(opened.version, active), badges=_badges(steps, active),
        unconfirmed=unconfirmed(steps), kind_of=kind_of, is_join=is_join, is_unconfirmed=is_unconfirmed,
        is_owner=actor().role is Role.PROCESEIGENAAR, may_open=may_open_dossiers(actor()),
        elsewhere=[each for each in opened.versions.versions if each.running and each.id < opened.version.id],
    )  # fmt: skip


@screen.get("/<int:number>/bestanden/<path:path>")
def file(soort: str, number: int, path: str) -> Response:
    """As plain text, to read; with ?download to keep."""
    admit("processes.index")
    with reading_here() as tx:
        return as_file(_open(tx, soort, number).content.files, path)


def as_file(files: Mapping[str, str], path: str) -> Response:
    """Plain text, so that a browser runs nothing of what is in it. Raises NotFound."""
    if path not in files:
        raise NotFound("Dit bestand hoort niet bij deze versie.")
    response = Response(files[path], content_type="text/plain; charset=utf-8")
    if "download" in request.args:
        response.headers.set("Content-Disposition", "attachment", filename=path.rpartition("/")[2])
    return response


def diagrams(files: Mapping[str, str]) -> list[str]:
    return [path for path in files if path.endswith(".bpmn")]


def main_file(soort: dossiersoort.Dossiersoort) -> str:
    """The diagram in which the process itself is drawn."""
    wanted = [step.file for step in engine.outline(soort.files) if step.element.process == soort.process_id]
    return wanted[0] if wanted else diagrams(soort.files)[0]


def chosen_file(files: Mapping[str, str], otherwise: str) -> str:
    """What ?bestand= asks for. Raises NotFound."""
    path = request.args.get("bestand", otherwise)
    if path not in files:
        raise NotFound("Dit bestand hoort niet bij deze versie.")
    return path


def _open(tx: Tx, soort: str, number: int) -> Opened:
    """Raises NotFound for what does not exist or is not published."""
    versions = processes.soort(tx, soort)
    version = next((each for each in versions.versions if each.number == number and each.published_at), None)
    if version is None or versions.policy is None:
        raise NotFound("Deze versie bestaat niet, of is nog niet gepubliceerd.")
    return Opened(versions, version, processes.content(tx, versions.policy, version.id))


def _badges(steps: Iterable[engine.Step], active: Mapping[str, int]) -> dict[str, int]:
    """For the diagram: not on a subprocess as well, whose steps have a number of their own."""
    whole = {step.element.id for step in steps if step.element.type == "subProcess"}
    return {element: number for element, number in active.items() if element not in whole}


def _links(version: Version, active: Mapping[str, int]) -> dict[str, str]:
    """Where the number on an element leads, for who may see dossiers."""
    if not may_open_dossiers(actor()):
        return {}
    return {
        element: url_for("dossiers.index", soort=version.soort, versie=version.number, staat_op=element)
        for element in active
    }

"""/dossiers/<id>/termijnen: why each date is what it is, and recording what happens to a term."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import termijnen
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.model import Dossier
from bedrijfsbureau.queries import history
from bedrijfsbureau.queries.history import HistoryLine
from bedrijfsbureau.queries.task import EventLine
from bedrijfsbureau.termijnen import FactKind
from bedrijfsbureau.web.current import act_once, reading_here, today
from bedrijfsbureau.web.dates import optional_date, posted_date, posted_euros
from bedrijfsbureau.web.dossier.frame import open_dossier, page
from bedrijfsbureau.web.dossier.terms import EVENTS, shown
from bedrijfsbureau.web.history import told

screen = Blueprint("termijnen", __name__, url_prefix="/<int:dossier_id>/termijnen")

MOST_EVENTS = 200  # what is older is in the history itself
LONGEST = 1000  # characters of a reason or a reference


@screen.get("")
def show(dossier_id: int) -> str:
    return _page(dossier_id)


@screen.post("/<term>/opschorten")
def suspend(dossier_id: int, term: str) -> ResponseReturnValue:
    def arguments() -> tuple[Any, ...]:
        begin, end = posted_date(request.form, "begin"), optional_date(request.form, "end")
        return term, _posted("ground"), begin, end, _posted("decision"), _posted("reason")

    return _do(dossier_id, f"opschorten-{term}", termijnen.suspend, arguments, _("De opschorting is vastgelegd."))


@screen.post("/<term>/verlengen")
def extend(dossier_id: int, term: str) -> ResponseReturnValue:
    def arguments() -> tuple[Any, ...]:
        return term, _posted("ground"), _posted("length"), _posted("decision"), _posted("reason")

    return _do(dossier_id, f"verlengen-{term}", termijnen.extend, arguments, _("De verlenging is vastgelegd."))


@screen.post("/<term>/ingebrekestelling")
def give_notice(dossier_id: int, term: str) -> ResponseReturnValue:
    def arguments() -> tuple[Any, ...]:
        return term, posted_date(request.form, "on"), _posted("decision"), _posted("reason")

    said = _("De ingebrekestelling is vastgelegd.")
    return _do(dossier_id, f"ingebrekestelling-{term}", termijnen.give_notice, arguments, said)


@screen.post("/rechter")
def set_court_date(dossier_id: int) -> ResponseReturnValue:
    def arguments() -> tuple[Any, ...]:
        found = _posted("about") == "besluit", posted_date(request.form, "on"), _posted("decision"), _posted("reason")
        return *found, *_dwangsom().values()

    said = _("De datum van de rechter is vastgelegd.")
    return _do(dossier_id, "rechter", termijnen.set_court_date, arguments, said)


@screen.post("/<term>/<int:number>/beeindigen")
def resume(dossier_id: int, term: str, number: int) -> ResponseReturnValue:
    def arguments() -> tuple[Any, ...]:
        return term, number, posted_date(request.form, "end")

    return _do(dossier_id, f"{term}-{number}", termijnen.resume, arguments, _("De opschorting is beëindigd."))


@screen.post("/<term>/<int:number>/intrekken")
def withdraw(dossier_id: int, term: str, number: int) -> ResponseReturnValue:
    def arguments() -> tuple[Any, ...]:
        return term, number, _posted("why")

    return _do(dossier_id, f"{term}-{number}", termijnen.withdraw, arguments, _("Dit telt niet meer mee."))


@screen.post("/<term>/<int:number>/corrigeren")
def correct(dossier_id: int, term: str, number: int) -> ResponseReturnValue:
    """Only what stands in the form of its kind changes."""
    changes: dict[str, Any] = {}

    def arguments() -> tuple[Any, ...]:
        kind = FactKind(_posted("kind")) if _posted("kind") in set(FactKind) else None
        changes["decision"] = _posted("decision")
        if kind is FactKind.SUSPENSION:
            changes.update(begin=posted_date(request.form, "begin"), end=optional_date(request.form, "end"))
        elif kind is FactKind.EXTENSION:
            changes["length"] = _posted("length")
        elif kind is not None:
            changes["on"] = posted_date(request.form, "on")
            changes.update(_dwangsom() if kind is FactKind.COURT_DATE else {})
        return term, number, _posted("why")

    return _do(dossier_id, f"{term}-{number}", termijnen.correct, arguments, _("De correctie is vastgelegd."), changes)


def _do(
    dossier_id: int, form: str, action: Callable[..., Dossier], arguments: Callable[[], tuple[Any, ...]], said: str,
    more: dict[str, Any] | None = None,
) -> ResponseReturnValue:  # fmt: skip
    """What is wrong in the form is said beside its fields, and what was typed stays."""
    try:
        given = arguments()
        act_once(action, dossier_id, *given, **(more or {}))
    except InvalidInput as error:
        return _page(dossier_id, form, error.fields), 422
    flash(said)
    return redirect(url_for("dossiers.termijnen.show", dossier_id=dossier_id))


def _page(dossier_id: int, failed: str = "", errors: dict[str, list[str]] | None = None) -> str:
    with reading_here() as tx:
        opened = open_dossier(tx, dossier_id)
        events = history.page(tx, dossier_id, EVENTS, size=MOST_EVENTS).lines
        terms = shown(opened.termijnen, events, opened.kind.soort.record, today())
        return page(
            tx, opened, "termijnen", terms=terms, failed=failed, errors=errors or {}, posted=request.form,
            told_line=_told, has_terms="termijnen" in opened.kind.decisions,
        )  # fmt: skip


def _told(line: HistoryLine) -> str:
    return told(EventLine(line.at, line.actor, line.kind, line.data))


def _dwangsom() -> dict[str, Any]:
    """What a court set, as fields of a Fact."""
    amounts = {name: posted_euros(request.form, name) for name in ("per_day", "most")}
    return {**amounts, "runs_from": optional_date(request.form, "runs_from")}


def _posted(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST]

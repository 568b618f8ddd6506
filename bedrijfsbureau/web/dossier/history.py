"""The history of a dossier as people read it: a sentence for each event and, where something changed, old and new.

What the reader's role may not see is left out before anything is shown or exported: only that it changed remains.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.dossiersoort import Field, Json
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Actor
from bedrijfsbureau.queries.access import may_see_field
from bedrijfsbureau.queries.history import HistoryLine
from bedrijfsbureau.queries.task import EventLine
from bedrijfsbureau.web.dossier.decision import Weighed, weighed
from bedrijfsbureau.web.dossier.terms import EVENTS
from bedrijfsbureau.web.formats import iso_day
from bedrijfsbureau.web.history import told

SHIELDED = "afgeschermd"  # in the place of a value in an export


@dataclass(frozen=True)
class Filter:
    """A part of the history that one can ask for; `name` stands in the address."""

    name: str
    label: str  # lazily translated
    kinds: frozenset[str]


FILTERS = (
    Filter("alles", lazy_gettext("Alles"), frozenset()),
    Filter("oordelen", lazy_gettext("Oordelen"), frozenset(
        {"oordeel_gewijzigd", "vrijgesteld", "vrijstelling_aangevraagd", "vrijstelling_afgewezen",
         "vrijstelling_ingetrokken", "beleid_gewijzigd"})),
    Filter("gegevens", lazy_gettext("Gegevens"), frozenset({"geopend", "gegevens_gewijzigd", "beslissing"})),
    Filter("stukken", lazy_gettext("Stukken"), frozenset(
        {"stuk_toegevoegd", "stuk_ingetrokken", "stuk_gekoppeld", "stuk_losgemaakt", "stuk_in_quarantaine",
         "stuk_afgekeurd"})),
    Filter("taken", lazy_gettext("Taken"), frozenset(
        {"taak_geopend", "taak_geclaimd", "taak_teruggegeven", "taak_toegewezen", "taak_afgerond", "taak_vervallen"})),
    Filter("verzoeken", lazy_gettext("Verzoeken"), frozenset(
        {"verzoek_geopend", "verzoek_verzonden", "verzoek_herinnerd", "verzoek_gesloten", "bericht_ontvangen",
         "bericht_geweigerd"})),
    Filter("termijnen", lazy_gettext("Termijnen"), EVENTS),
    Filter("gehoor", lazy_gettext("Vrijgave en gehoor"), frozenset(
        {"vrijgegeven", "vrijgave_ingetrokken", "aanvaard", "teruggezonden", "niet_meer_gereed", "weer_gereed",
         "afgesloten"})),
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    label: str
    old: str  # "" when nothing was there
    new: str
    is_shielded: bool = False


@dataclass(frozen=True)
class Told:
    """One event: what happened in a sentence, what changed in it, and why."""

    line: HistoryLine
    sentence: str
    changes: tuple[Change, ...]
    note: str
    tables: tuple[Weighed, ...] = ()  # of a decision: what they saw and which rules hit


def filter_named(name: str) -> Filter:
    """The whole history for a name nobody knows."""
    return next((each for each in FILTERS if each.name == name), FILTERS[0])


def tell(kind: Kind, actor: Actor, line: HistoryLine) -> Told:
    tables = weighed(kind, actor, line.data)
    return Told(line, _sentence(kind, line), tuple(_changes(kind, actor, line)), _note(line), tables)


def exported(kind: Kind, actor: Actor, line: HistoryLine) -> dict[str, Any]:
    """One event for an export: who, when, the sentence, and its data without what the reader may not see."""
    return {
        "nummer": line.number,
        "tijdstip": line.at.isoformat(),
        "wie": line.actor,
        "soort": line.kind,
        "zin": _sentence(kind, line),
        "wijzigingen": [
            {"veld": each.label, "oud": SHIELDED if each.is_shielded else each.old,
             "nieuw": SHIELDED if each.is_shielded else each.new}
            for each in _changes(kind, actor, line)
        ],
        "toelichting": _note(line),
    }  # fmt: skip


def _sentence(kind: Kind, line: HistoryLine) -> str:
    """Names instead of keys where the general sentence knows no dossiersoort."""
    data = line.data
    match line.kind:
        case "gegevens_gewijzigd" if data.get("because"):
            return str(_("Het systeem rekende gegevens opnieuw uit."))
        case "gegevens_gewijzigd":
            task = data.get("task")
            return str(_("Gegevens gewijzigd in taak %(task)s.", task=task) if task else _("Gegevens gewijzigd."))
        case "stuk_toegevoegd" | "stuk_ingetrokken":
            named = kind.soort.stukken.get(data.get("soort", ""))
            name = named.name if named else data.get("soort", "")
            if line.kind == "stuk_ingetrokken":
                return str(_("Stuk ingetrokken: %(soort)s.", soort=name))
            return str(_("Stuk ontvangen van %(source)s: %(name)s.", source=data.get("source", "?"), name=name))
        case "termijn_berekend" | "termijn_vervallen":
            term = data.get("term", "").replace("_", " ")
            if line.kind == "termijn_vervallen":
                return str(_("De termijn %(term)s geldt niet meer.", term=term))
            return str(_("Termijn %(term)s berekend.", term=term))
        case "oordeel_gewijzigd":
            return str(data.get("title") or data["code"]) + "."
    return told(EventLine(line.at, line.actor, line.kind, data))


def _changes(kind: Kind, actor: Actor, line: HistoryLine) -> Iterator[Change]:
    data = line.data
    match line.kind:
        case "gegevens_gewijzigd":
            for change in data.get("changes", ()):
                yield _change(kind, actor, change["path"], change.get("old"), change.get("new"))
        case "geopend":
            for path, value in _paths(data.get("gegevens") or {}):
                yield _change(kind, actor, path, None, value)
        case "oordeel_gewijzigd":
            yield Change(_("Oordeel"), data["old"], data["new"])
        case "termijn_berekend" | "termijn_vervallen":
            yield Change(_("Laatste dag"), _day(data.get("old")), _day(data.get("new")))


def _change(kind: Kind, actor: Actor, path: str, old: Json, new: Json) -> Change:
    field = _field(kind, path)
    label = field.label if field else path.replace("_", " ").replace(".", ": ")
    if field is None or not may_see_field(actor, field.sensitivity):
        return Change(label, "", "", is_shielded=True)
    return Change(label, _shown(kind, path, old), _shown(kind, path, new))


def _note(line: HistoryLine) -> str:
    """Why, in the words of who did it; a message that repeats the values of the dossier is not one of them."""
    data = line.data
    parts = [data.get("reason"), data.get("note")] if line.kind != "teruggezonden" else [data.get("note")]
    if line.kind in ("vrijgesteld", "vrijstelling_aangevraagd") and data.get("ground"):
        parts.insert(0, data["ground"])
    if line.kind in ("vrijgesteld", "vrijstelling_aangevraagd") and data.get("until"):
        parts.append(str(_("Geldt tot %(day)s.", day=iso_day(data["until"]))))
    if line.kind == "termijn_berekend":
        parts += data.get("why", [])
    return " ".join(f"{part}." if part[-1:] not in ".!?" else part for part in parts if part)


def _paths(gegevens: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    for group, content in gegevens.items():
        if isinstance(content, dict):
            yield from ((f"{group}.{name}", value) for name, value in content.items() if value not in (None, [], ""))
        elif content:
            yield group, content


def _field(kind: Kind, path: str) -> Field | None:
    try:
        return kind.soort.record.field(path)
    except NotFound:
        return None


def _shown(kind: Kind, path: str, value: Json) -> str:
    return "" if value in (None, "", []) else kind.soort.record.show(path, value)


def _day(text: str | None) -> str:
    return iso_day(text) if text else ""

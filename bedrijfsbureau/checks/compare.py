"""Two policies side by side: what a process owner would see changed, row by row and field by field, in Dutch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bedrijfsbureau.checks.message import show
from bedrijfsbureau.dossiersoort import Instelling, instelling_in
from bedrijfsbureau.termijnen import number_date

LABELS = {
    "titel": "Titel",
    "thema": "Thema",
    "fase": "Nodig vóór",
    "blokkeert": "Blokkeert",
    "ontheffing": "Mag vrijstellen",
    "vier_ogen": "Tweede paar ogen bij vrijstellen",
    "partij": "Wie levert",
    "taak": "Taak",
    "geldig_vanaf": "Geldig vanaf",
    "geldig_tot_en_met": "Geldig tot en met",
    "geldt_als": "Geldt als",
    "voldaan_als": "Voldaan als",
    "tegenstrijdig_als": "Tegenstrijdig als",
    "verlopen_als": "Verlopen als",
    "bewijs": "Bewijs",
    "basis": "Basis",
    "uitleg": "Uitleg",
}
PHASES = {"P": "de planning (P)", "B": "de vrijgave (B)"}
NOTHING = ""


class Kind(StrEnum):
    """What happened to a row."""

    ADDED = "nieuw"
    REMOVED = "vervalt"
    CHANGED = "gewijzigd"


@dataclass(frozen=True)
class FieldChange:
    """`old` and `new` as people read them; "" where there is nothing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    code: str
    title: str
    kind: Kind
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Comparison:
    """Rows in the order of the new policy, what is gone last."""

    rows: tuple[RowChange, ...]
    instellingen: tuple[FieldChange, ...]
    reordered: bool

    def __bool__(self) -> bool:
        return bool(self.rows or self.instellingen or self.reordered)


def compare(old: Mapping[str, Any], new: Mapping[str, Any], titles: Mapping[str, str] = {}) -> Comparison:
    """`old` and `new`: policy content. `titles`: of the checks whose row does not say one."""
    before, after = rows_of(old), rows_of(new)
    found = [_compared(code, before.get(code), row, titles) for code, row in after.items()]
    found += [_compared(code, row, None, titles) for code, row in before.items() if code not in after]
    kept = [[code for code in mine if code in other] for mine, other in ((before, after), (after, before))]
    return Comparison(
        rows=tuple(row for row in found if row.fields or row.kind is not Kind.CHANGED),
        instellingen=tuple(_instellingen(old, new)),
        reordered=kept[0] != kept[1],
    )


def rows_of(policy: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Code -> row, in order."""
    return {str(row.get("code")): row for row in policy.get("punten") or ()}


def _compared(
    code: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, titles: Mapping[str, str]
) -> RowChange:
    kind = Kind.ADDED if old is None else Kind.REMOVED if new is None else Kind.CHANGED
    row = old if new is None else new
    assert row is not None
    title = str(row.get("titel") or titles.get(code) or code)
    were, are = dict(told(old or {})), dict(told(new or {}))
    labels = [*are, *(label for label in were if label not in are)]
    changes = (FieldChange(label, were.get(label, NOTHING), are.get(label, NOTHING)) for label in labels)
    return RowChange(code, title, kind, tuple(change for change in changes if change.old != change.new))


def told(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a row says, as (label, text); what is empty is left out."""
    for key, label in LABELS.items():
        if row.get(key) not in (None, ""):
            yield label, _text(key, row[key])
    for state, sentence in (row.get("meldingen") or {}).items():
        yield f"Melding bij '{state}'", _flat(sentence)
    for example in row.get("voorbeelden") or ():
        yield f"Voorbeeld '{example.get('naam')}'", _example(example)


def _text(key: str, value: Any) -> str:
    match key:
        case "fase":
            return PHASES.get(str(value), str(value))
        case "blokkeert":
            return "ja, houdt tegen" if value is True else "nee, adviseert"
        case "vier_ogen":
            return show("", value is True)
        case "geldig_vanaf" | "geldig_tot_en_met":
            return _day(str(value))
        case "taak" if isinstance(value, Mapping):
            return "; ".join(f"{group}: {task}" for group, task in value.items())
        case _:
            return _flat(value)


def _day(text: str) -> str:
    try:
        return number_date(date.fromisoformat(text))
    except ValueError:
        return text


def _flat(value: Any) -> str:
    return " ".join(str(value).split())


def _example(example: Mapping[str, Any]) -> str:
    changes = "; ".join(f"{path} = {_value(value)}" for path, value in (example.get("wijziging") or {}).items())
    on = example.get("op")
    soorten = on if isinstance(on, str) else ", ".join(on or ())
    said = f", met de melding '{example['melding']}'" if example.get("melding") else ""
    return f"op {soorten}: {changes or 'compleet dossier'} → {example.get('staat')}{said}"


def _value(value: Any) -> str:
    match value:
        case None:
            return "leeg"
        case Mapping():
            return "{" + ", ".join(f"{key}: {_value(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_value, value)) + "]"
        case bool():
            return show("", value)
        case _:
            return str(value)


def _instellingen(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    names = dict.fromkeys([*(new.get("instellingen") or {}), *(old.get("instellingen") or {})])
    for name in names:
        was, becomes = (instelling_in(policy, name) for policy in (old, new))
        if was != becomes:
            yield FieldChange(name.replace("_", " ").capitalize(), _instelling(was, becomes), _instelling(becomes, was))


def _instelling(one: Instelling | None, other: Instelling | None) -> str:
    """Its value, and what else of it differs from the other."""
    if one is None:
        return NOTHING
    sure = " (bevestigd)" if other is not None and other.te_bevestigen else ""
    text = one.shown + (" (te bevestigen)" if one.te_bevestigen else sure)
    differing = (one.meaning, other and other.meaning), (one.standing, other and other.standing)
    return "; ".join([text, *(_flat(mine) for mine, others in differing if mine != others)])

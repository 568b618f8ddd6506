"""One row of a policy as a form, and what was posted as a row."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml
from werkzeug.datastructures import MultiDict

from bedrijfsbureau.dossiersoort.document import load
from bedrijfsbureau.dossiersoort.values import iso_date
from bedrijfsbureau.errors import DossiersoortInvalid, InvalidInput
from bedrijfsbureau.termijnen import number_date

FEEL = ("geldt_als", "voldaan_als", "tegenstrijdig_als", "verlopen_als")
STATES = ("ontbreekt", "wacht op", "verlopen", "tegenstrijdig", "niet van toepassing")
WORDS = ("titel", "thema", "bewijs", "basis", "uitleg")
DAYS = ("geldig_vanaf", "geldig_tot_en_met")
BY_GROUP = "per groep"  # the task of a row that opens another task for each group of the record
LONGEST = 4_000  # characters of one field
MOST_EXAMPLES = 30

Json = dict[str, Any]


def posted(form: MultiDict[str, str], before: Mapping[str, Any], soort: str) -> Json:
    """The row as it would be. Raises InvalidInput for what is no date or no example at all."""
    row: Json = {**before, "code": _text(form, "code").upper() or before.get("code", "")}
    for key in ("fase", "ontheffing", "partij"):
        row[key] = _text(form, key)
    row["blokkeert"] = form.get("blokkeert") == "ja"
    row["vier_ogen"] = True if form.get("vier_ogen") == "ja" else None
    if (task := _text(form, "taak")) != BY_GROUP:
        row["taak"] = task
    row |= {key: _day(form, key) for key in DAYS}
    if "voldaan_als" in form:
        row |= {key: _text(form, key) or None for key in (*FEEL, *WORDS)}
        row["voldaan_als"] = row["voldaan_als"] or ""
        said = {state: _text(form, f"melding.{state}") for state in STATES}
        others = {state: text for state, text in (before.get("meldingen") or {}).items() if state not in STATES}
        row["meldingen"] = {**{state: text for state, text in said.items() if text}, **others}
        row["voorbeelden"] = list(_examples(form, soort))
    return {key: value for key, value in row.items() if value is not None}


def examples(row: Mapping[str, Any], soort: str) -> list[dict[str, str]]:
    """What the form shows of each, and an empty one to add."""
    shown = [
        {
            "naam": str(example.get("naam", "")), "op": _on(example.get("op")), "staat": str(example.get("staat", "")),
            "melding": str(example.get("melding") or ""), "wijziging": lines(example.get("wijziging") or {}),
        }
        for example in row.get("voorbeelden") or ()
    ]  # fmt: skip
    return [*shown, {"naam": "", "op": soort, "staat": "", "melding": "", "wijziging": ""}]


def lines(changes: Mapping[str, Any]) -> str:
    """One change on a line: "persoon.akkoord: true"."""
    return "\n".join(f"{path}: {_flow(value)}" for path, value in changes.items())


def _flow(value: Any) -> str:
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=True)
    return text.removesuffix("...\n").strip()


def shown_day(text: Any) -> str:
    """A kept date as one fills it in; what is none as it stands there."""
    try:
        return number_date(date.fromisoformat(str(text))) if text else ""
    except ValueError:
        return str(text)


def day_of(form: MultiDict[str, str], key: str) -> date | None:
    """A date as people write it, or as ISO text. Raises InvalidInput."""
    text = _text(form, key)
    try:
        return date.fromisoformat(iso_date(text)) if text else None
    except ValueError as error:
        raise InvalidInput({key: [f"'{text}' is geen datum. Schrijf dag-maand-jaar, zoals 01-01-2027."]}) from error


def _day(form: MultiDict[str, str], key: str) -> str | None:
    day = day_of(form, key)
    return day.isoformat() if day else None


def _text(form: MultiDict[str, str], key: str) -> str:
    return form.get(key, "").replace("\r\n", "\n").strip()[:LONGEST]


def _examples(form: MultiDict[str, str], soort: str) -> Iterator[Json]:
    for number in range(MOST_EXAMPLES):
        name, state = _text(form, f"vb.{number}.naam"), _text(form, f"vb.{number}.staat")
        if not name:
            continue
        on = _text(form, f"vb.{number}.op") or soort
        example = {
            "naam": name,
            "op": [each.strip() for each in on.split(",") if each.strip()],
            "wijziging": _changes(name, _text(form, f"vb.{number}.wijziging")),
            "staat": state,
            "melding": _text(form, f"vb.{number}.melding") or None,
        }
        yield {key: value for key, value in example.items() if value not in (None, {})}


def _changes(name: str, text: str) -> Json:
    if not text:
        return {}
    try:
        return load(text, f"Voorbeeld '{name}'").mapping()
    except DossiersoortInvalid as error:
        message = f"{error} Schrijf elke wijziging op een regel: groep.veld: waarde."
        raise InvalidInput({"voorbeelden": [message]}, message) from error


def _on(named: Any) -> str:
    return named if isinstance(named, str) else ", ".join(named or ())

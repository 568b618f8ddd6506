"""Rows of dossiers from outside: JSON Lines or CSV, one dossier a line, each good or bad by itself.

JSON Lines: {"sleutel", "dossiersoort", "locatie", "gegevens": {group: {field: value}}, "stukken": [{"soort",
"ontvangen_op", "van", "gegevens"}]}. CSV: a header with sleutel, dossiersoort, locatie and record paths
("persoon.v_nummer"), and "stukken" with kinds separated by spaces. Dates as jjjj-mm-dd or dd-mm-jjjj.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST_LINE = 1_000_000  # characters
OWN = frozenset({"sleutel", "dossiersoort", "locatie", "gegevens", "stukken"})


@dataclass(frozen=True)
class Row:
    """`line` counts from 1. `values` maps a record path, or a group that is a list, to what stood there; `faults` maps
    a field to what is wrong with it."""

    line: int
    key: str = ""
    soort: str = ""
    locatie: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    stukken: tuple[Mapping[str, Any], ...] = ()
    faults: Mapping[str, str] = field(default_factory=dict)


def read_rows(text: str, is_csv: bool) -> Iterator[Row]:
    """Every row of the file. Never raises: what can't be read is a row with faults."""
    return _csv_rows(text) if is_csv else _json_rows(text)


def _json_rows(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE:
            yield Row(number, faults={"": f"Deze regel is langer dan {LONGEST_LINE} tekens."})
            continue
        try:
            content = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Row(number, faults={"": f"Dit is geen geldige JSON ({error}). Zet elk dossier op één regel."})
            continue
        yield _json_row(number, content)


def _json_row(number: int, content: Any) -> Row:
    if not isinstance(content, dict):
        return Row(number, faults={"": 'Hier moet een object staan: {"sleutel": ..., "gegevens": {...}}.'})
    faults = {str(name): "Dit veld bestaat niet." for name in content if name not in OWN}
    gegevens, stukken = content.get("gegevens") or {}, content.get("stukken") or []
    if not isinstance(gegevens, dict):
        faults["gegevens"] = "Hier moeten groepen met velden staan."
        gegevens = {}
    if not isinstance(stukken, list) or not all(isinstance(stuk, dict) for stuk in stukken):
        faults["stukken"] = "Hier moet een lijst van stukken staan."
        stukken = []
    values: dict[str, Any] = {}
    for group, fields in gegevens.items():
        if isinstance(fields, dict):
            values |= {f"{group}.{name}": value for name, value in fields.items()}
        else:
            values[str(group)] = fields
    own = {name: content.get(name) for name in ("sleutel", "dossiersoort", "locatie")}
    return _row(number, own, values, tuple(stukken), faults)


def _csv_rows(text: str) -> Iterator[Row]:
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for content in reader:
            yield _csv_row(reader.line_num, content)
    except csv.Error as error:
        yield Row(reader.line_num, faults={"": f"Deze regel is geen geldige CSV ({error})."})


def _csv_row(number: int, content: Mapping[str | None, Any]) -> Row:
    faults = {}
    if None in content:
        faults[""] = "Deze regel heeft meer kolommen dan de kop."
    if any(value is None for value in content.values()):
        faults[""] = "Deze regel heeft minder kolommen dan de kop."
    known = {str(name).strip(): (value or "").strip() for name, value in content.items() if name and value is not None}
    kinds = tuple({"soort": kind} for kind in known.get("stukken", "").split())
    values = {name: value for name, value in known.items() if name not in OWN and value != ""}
    return _row(number, known, values, kinds, faults)


def _row(
    number: int, own: Mapping[str, Any], values: Mapping[str, Any], stukken: tuple[Any, ...], faults: dict[str, str]
) -> Row:
    texts = {}
    for name in ("sleutel", "dossiersoort", "locatie"):
        value = own.get(name)
        if not isinstance(value, str) or not value.strip():
            faults.setdefault(name, "Dit veld ontbreekt of is leeg.")
        else:
            texts[name] = value.strip()
    return Row(
        line=number,
        key=texts.get("sleutel", ""),
        soort=texts.get("dossiersoort", ""),
        locatie=texts.get("locatie", ""),
        values=values,
        stukken=stukken,
        faults=faults,
    )

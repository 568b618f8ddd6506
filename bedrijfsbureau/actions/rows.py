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

import orjson

LONGEST_LINE = 1_000_000  # characters
LONGEST_NAME = 200  # characters of a key, a dossiersoort or a locatie
NOT_ALLOWED = "Dit veld bevat tekens of getallen die niet zijn toegestaan."
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
    for number, line in enumerate(text.split("\n"), start=1):  # splitlines() would also break at U+2028 in a text
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE:
            yield Row(number, faults={"": f"Deze regel is langer dan {LONGEST_LINE} tekens."})
            continue
        try:
            content = json.loads(line)
        except (ValueError, RecursionError) as error:
            where = f" vanaf teken {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            yield Row(number, faults={"": f"Dit is geen geldige JSON{where}. Zet elk dossier op één regel."})
            continue
        yield _json_row(number, content)


def _json_row(number: int, content: Any) -> Row:
    if not isinstance(content, dict):
        return Row(number, faults={"": 'Hier moet een object staan: {"sleutel": ..., "gegevens": {...}}.'})
    if not is_storable(list(content)):
        return Row(number, faults={"": NOT_ALLOWED})
    faults = {str(name)[:LONGEST_NAME]: "Dit veld bestaat niet." for name in content if name not in OWN}
    gegevens, stukken = content.get("gegevens") or {}, content.get("stukken") or []
    if not isinstance(gegevens, dict):
        faults["gegevens"] = "Hier moeten groepen met velden staan."
        gegevens = {}
    if not isinstance(stukken, list) or not all(isinstance(stuk, dict) for stuk in stukken):
        faults["stukken"] = "Hier moet een lijst van stukken staan."
        stukken = []
    if not is_storable(stukken):
        faults["stukken"] = NOT_ALLOWED
        stukken = []
    values: dict[str, Any] = {}
    for group, fields in gegevens.items():
        if isinstance(fields, dict):
            values |= {f"{group}.{name}": value for name, value in fields.items()}
        elif fields is not None:
            values[group] = fields
    if not is_storable(list(values)):
        faults["gegevens"] = NOT_ALLOWED
        values = {}
    own = {name: content.get(name) for name in ("sleutel", "dossiersoort", "locatie")}
    return _row(number, own, values, tuple(stukken), faults)


def _csv_rows(text: str) -> Iterator[Row]:
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            content = next(reader, None)
        except csv.Error:
            message = "Deze regel is geen geldige CSV: een veld is te lang, of een aanhalingsteken is niet gesloten."
            yield Row(reader.reader.line_num, faults={"": message})  # its own is still that of the row before
            continue
        if content is None:
            return
        yield _csv_row(reader.line_num, content)


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
        elif len(value) > LONGEST_NAME:
            faults[name] = f"Dit veld is langer dan {LONGEST_NAME} tekens."
        elif not is_storable(value):
            faults[name] = NOT_ALLOWED
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


def is_storable(value: Any) -> bool:
    """Whether the databases can keep it: no half characters, no null character, no number beyond 64 bits."""
    try:
        return b"\\u0000" not in orjson.dumps(value)
    except orjson.JSONEncodeError:
        return False

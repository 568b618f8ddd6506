"""Rows from outside: each good or bad by itself, whatever it holds."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bedrijfsbureau.actions.importing import import_row
from bedrijfsbureau.actions.rows import LONGEST_LINE, Row, read_rows
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.model import Stuk
from tests.actions.conftest import Scene

GOOD: Mapping[str, Any] = {"sleutel": "A-1", "dossiersoort": "klein", "locatie": "Ter Apel"}


def line(**changes: Any) -> str:
    return json.dumps({**GOOD, **changes})


def only(text: str, is_csv: bool = False) -> Row:
    (row,) = read_rows(text, is_csv)
    return row


def faults(scene: Scene, row: Row) -> dict[str, list[str]]:
    with pytest.raises(InvalidInput) as error:
        scene.act(import_row, row)
    return error.value.fields


def test_a_row_becomes_a_dossier_with_its_stukken(klein: Scene) -> None:
    stukken = [{"soort": "paspoort", "ontvangen_op": "2026-11-20", "gegevens": {"geboortedatum": "1990-02-01"}}]
    row = only(line(gegevens={"persoon": {"naam": "A", "oproep_op": "1-12-2026"}}, stukken=stukken))

    dossier = klein.act(import_row, row)

    assert dossier.gegevens == {"persoon": {"naam": "A", "oproep_op": "2026-12-01"}}
    assert [(stuk.soort, stuk.source) for stuk in klein.rows(Stuk, dossier.id)] == [("paspoort", "aanvrager")]
    assert klein.dossier(dossier.id).verdicts["PAS01"]["state"] == "voldaan"


def test_importing_twice_changes_nothing(klein: Scene) -> None:
    row = only(line())
    dossier = klein.act(import_row, row)
    before = klein.kinds(dossier.id)

    assert klein.act(import_row, row) is None
    assert klein.kinds(dossier.id) == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sleutel": ""}, "sleutel"),
        ({"sleutel": 5}, "sleutel"),
        ({"sleutel": "x" * 201}, "sleutel"),
        ({"sleutel": "a\x00b"}, "sleutel"),
        ({"sleutel": "\ud800"}, "sleutel"),
        ({"dossiersoort": "groot"}, "dossiersoort"),
        ({"locatie": "Atlantis"}, "locatie"),
        ({"locatie": None}, "locatie"),
        ({"extra": 1}, "extra"),
        ({"gegevens": [1]}, "gegevens"),
        ({"gegevens": {"persoon": {"leeftijd": 3}}}, "persoon.leeftijd"),
        ({"gegevens": {"persoon": {"naam": "a\x00b"}}}, "persoon.naam"),
        ({"gegevens": {"persoon": {"naam": [[]]}}}, "persoon.naam"),
        ({"gegevens": {"persoon": {"oproep_op": "31-02-2026"}}}, "persoon.oproep_op"),
        ({"gegevens": {"\ud800": {"x": 1}}}, "gegevens"),
        ({"stukken": {}}, None),
        ({"stukken": "paspoort"}, "stukken"),
        ({"stukken": [{"soort": "rijbewijs"}]}, "stukken"),
        ({"stukken": [{"soort": ["paspoort"]}]}, "stukken"),
        ({"stukken": [{"soort": "paspoort", "ontvangen_op": "gisteren"}]}, "stukken"),
        ({"stukken": [{"soort": "paspoort", "ontvangen_op": 5}]}, "stukken"),
        ({"stukken": [{"soort": "paspoort", "van": ["x"]}]}, "stukken"),
        ({"stukken": [{"soort": "paspoort", "gegevens": [1]}]}, "stukken"),
        ({"stukken": [{"soort": "paspoort", "gegevens": {"geboortedatum": "ooit"}}]}, "stukken"),
        ({"stukken": [{"soort": "paspoort", "gegevens": {"nummer": 10**30}}]}, "stukken"),
    ],
)
def test_what_is_wrong_is_named_by_field(klein: Scene, changes: dict[str, Any], field: str | None) -> None:
    row = only(line(**changes))

    if field is None:
        assert klein.act(import_row, row) is not None
    else:
        assert list(faults(klein, row)) == [field]


@pytest.mark.parametrize(
    "text",
    [
        "geen json",
        "[1, 2]",
        '"tekst"',
        "{",
        "[" * 100_000,
        '{"sleutel": ' + "9" * 5_000 + "}",
        '{"\\ud800": 1}',
        '{"sleutel": "' + "a" * LONGEST_LINE + '"}',
    ],
)
def test_what_is_no_row_is_one_sentence(klein: Scene, text: str) -> None:
    found = faults(klein, only(text))

    assert list(found) == [""]
    (sentence,) = found[""]
    assert sentence.endswith((".", "...}."))


def test_every_mistake_of_a_row_comes_at_once(klein: Scene) -> None:
    row = only(line(sleutel="", locatie="Atlantis", gegevens={"persoon": {"leeftijd": 3, "akkoord": "misschien"}}))

    assert sorted(faults(klein, row)) == ["locatie", "persoon.akkoord", "persoon.leeftijd", "sleutel"]


def test_lines_end_at_line_ends_only() -> None:
    """JSON may hold line separators of Unicode in a text."""
    text = line(sleutel="A\u2028B").replace("\\u2028", "\u2028") + "\r\n\n" + line(sleutel="C")

    assert [(row.line, row.key) for row in read_rows(text, is_csv=False)] == [(1, "A\u2028B"), (3, "C")]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_csv_names_record_paths_in_its_head(delimiter: str) -> None:
    text = "sleutel,dossiersoort,locatie,persoon.naam,stukken\r\nA-1,klein,Ter Apel, Jan ,paspoort\r\n"

    row = only(text.replace(",", delimiter), is_csv=True)

    assert (row.line, row.key, row.soort, row.locatie) == (2, "A-1", "klein", "Ter Apel")
    assert (row.values, row.stukken, row.faults) == ({"persoon.naam": "Jan"}, ({"soort": "paspoort"},), {})


@pytest.mark.parametrize("bad", ["A-1,klein", "A-1,klein,Ter Apel,x,y", "A-1,klein," + "a" * 200_000 + ",x"])
def test_a_bad_line_of_csv_does_not_stop_the_next(bad: str) -> None:
    text = f"sleutel,dossiersoort,locatie,persoon.naam\n{bad}\nA-2,klein,Ter Apel,B\n"

    first, second = read_rows(text, is_csv=True)

    assert (first.line, list(first.faults)[:1]) == (2, [""])
    assert (second.line, second.key, second.faults) == (3, "A-2", {})


@pytest.mark.parametrize(("text", "is_csv"), [("", True), ("", False), ("\n\n", False), ("sleutel,locatie\n", True)])
def test_an_empty_file_has_no_rows(text: str, is_csv: bool) -> None:
    assert list(read_rows(text, is_csv)) == []

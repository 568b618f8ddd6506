"""The reference of the functions: complete, true, and the pages are what the code makes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bedrijfsbureau import feel
from bedrijfsbureau.feel.manual import MANUAL
from bedrijfsbureau.feel.manual.pages import pages
from bedrijfsbureau.feel.registry import BUILTINS
from bedrijfsbureau.feel.text import write
from bedrijfsbureau.termijnen import functions

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "feel"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
STANDARD = [example for entries in MANUAL.values() for entry in entries.values() for example in entry.examples]
OURS = [example for function in functions.values() for example in function.examples]


@pytest.mark.parametrize(("text", "value"), STANDARD + OURS)
def test_an_example_gives_what_it_says(text: str, value: str) -> None:
    assert write(feel.compile(text, frozenset(functions)).evaluate({}, functions, NOW)) == value


def test_every_function_has_its_page_and_ours_hide_no_standard_one() -> None:
    described = [name for entries in MANUAL.values() for name in entries]

    assert sorted(described) == sorted(BUILTINS)
    assert not BUILTINS.keys() & functions.keys()
    assert all(function.manual and function.examples for function in functions.values())


def test_the_pages_are_what_the_code_makes() -> None:
    """Out of date? Make them again: python -m bedrijfsbureau.cli.feel_reference docs/reference/feel"""
    there = {file.name: file.read_text() for file in PAGES.glob("*.md")}
    del there["differences-with-feelin.md"]

    assert there == dict(pages(functions))

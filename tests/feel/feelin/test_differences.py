"""Our FEEL beside feelin, the one of the browser: exactly the published differences, no others."""

from pathlib import Path

from tests.feel.feelin.compared import FRONTEND, Difference, corpus, differences, row

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "feel" / "differences-with-feelin.md"


def test_exactly_the_published_expressions_differ() -> None:
    """Is something else different than the page says? `python -m tests.feel.feelin.compared` gives the
    rows; say on the page who is right, by which section of the standard."""
    assert (FRONTEND / "node_modules" / "feelin").is_dir(), "feelin is not installed: pip install -e . does it"
    published = [line.strip("| ") for line in PAGE.read_text().splitlines() if line.startswith("| `")]

    assert sorted(published) == sorted({row(found) for found in differences()})


def test_a_row_says_what_both_answer() -> None:
    assert row(Difference("a | b", "1", "null")) == "`a │ b` | `1` | `null`"


def test_the_corpus_asks_nothing_twice() -> None:
    content = corpus()
    for part in ("owners", "standard"):
        assert len(set(content[part])) == len(content[part])

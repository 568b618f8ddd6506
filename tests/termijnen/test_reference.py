from pathlib import Path

from bedrijfsbureau.termijnen.reference import page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "termijnen.md"


def test_the_committed_page_is_what_the_rules_say() -> None:
    """If not: python -m bedrijfsbureau.termijnen > docs/reference/termijnen.md"""
    assert PAGE.read_text() == page()

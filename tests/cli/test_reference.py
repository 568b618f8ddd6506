from pathlib import Path

from bedrijfsbureau.cli import reference

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"


def test_the_page_says_what_the_commands_say() -> None:
    """Out of date? Make it again: python -m bedrijfsbureau.cli.reference > docs/reference/command-line.md"""
    assert PAGE.read_text() == reference.page()

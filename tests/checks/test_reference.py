"""The reference page that is made from the checks."""

from bedrijfsbureau import checks
from tests.checks.kinds import ROOT


def test_the_committed_page_is_what_the_checks_say() -> None:
    """If not: python -m bedrijfsbureau.checks > docs/reference/checks.md"""
    assert (ROOT / "docs" / "reference" / "checks.md").read_text() == checks.page()


def test_every_point_has_its_section() -> None:
    assert checks.page().count("\n### ") == 71

"""Checks from other packages, found through their entry points."""

import sys
from pathlib import Path

import pytest

from bedrijfsbureau import checks
from bedrijfsbureau.errors import PolicyInvalid
from tests.checks.kinds import KINDS, Kind, kind

SOURCE = Path(__file__).parent / "plugin_example" / "src"
PLACE = {"code": "FOT01", "fase": "B", "blokkeert": True, "ontheffing": "nee", "partij": "COA", "taak": "t_verblijf"}


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example package as if it were installed: its code and its metadata are on the path."""
    monkeypatch.syspath_prepend(SOURCE)


def broken(folder: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    (folder / "kapot.py").write_text(source)
    metadata = folder / "kapot-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: kapot\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[bedrijfsbureau.checks]\nKAP01 = kapot:check\n")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "kapot", raising=False)


def test_without_packages_there_are_no_plugins() -> None:
    assert checks.plugins() == ()


@pytest.mark.usefixtures("installed")
def test_an_installed_check_is_found_with_its_explanation() -> None:
    (check,) = checks.plugins()

    assert check.code == "FOT01"
    assert check.explanation.startswith("Er is een pasfoto voor het W-document")


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("key", KINDS)
def test_an_installed_check_counts_once_a_policy_names_it(key: str) -> None:
    content = kind(key).soort.policy
    policy = checks.policy({**content, "punten": [*content["punten"], PLACE]}, checks.plugins())
    with_plugin = Kind(kind(key).soort, policy)

    assert checks.failing(policy, kind(key).soort) == []
    assert with_plugin.verdict("FOT01", {"aanwezig": ["w_document_bericht"]}).blocks
    assert "FOT01" not in {v.code for v in checks.evaluate(kind(key).policy, kind(key).view())}


def test_a_policy_cannot_name_a_check_that_is_not_installed() -> None:
    with pytest.raises(PolicyInvalid, match="Punt FOT01 bestaat niet"):
        checks.policy({"punten": [PLACE]}, checks.plugins())


@pytest.mark.usefixtures("installed")
def test_two_checks_with_one_code_are_refused() -> None:
    (check,) = checks.plugins()
    row = {**PLACE, "titel": "-", "thema": "-", "basis": "-", "voldaan_als": "true", "meldingen": {"ontbreekt": "-"}}

    with pytest.raises(PolicyInvalid, match="twee Python-controles met code FOT01"):
        checks.policy({"punten": []}, (check, check))
    with pytest.raises(PolicyInvalid, match="Twee punten met code FOT01"):
        checks.policy({"punten": [row]}, (check,))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("1 / 0", "'KAP01' uit pakket 'kapot' is niet te laden: ZeroDivisionError"),
        ("check = 'geen controle'", "'kapot:check' uit pakket 'kapot' is geen controle"),
    ],
)
def test_a_package_that_cannot_be_used_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, message: str
) -> None:
    broken(tmp_path, monkeypatch, source)

    with pytest.raises(PolicyInvalid, match=message):
        checks.plugins()

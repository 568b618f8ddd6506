"""What an installation sets about stukken."""

from pathlib import Path

import pytest

from bedrijfsbureau.cli import settings
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.intake import Rules, Scanner
from bedrijfsbureau.storage import Bucket, Folder


def test_without_settings_stukken_lie_in_the_data_folder_and_nothing_scans_them(tmp_path: Path) -> None:
    assert settings.storage(tmp_path, {}) == Folder(tmp_path / "stukken")
    assert settings.rules({}) == Rules()
    assert Rules().scanner is None


def test_each_setting_counts(tmp_path: Path) -> None:
    given = {
        "BEDRIJFSBUREAU_STUKKEN_TYPES": "PDF, .png", "BEDRIJFSBUREAU_STUKKEN_MAX_MB": "10",
        "BEDRIJFSBUREAU_STUKKEN_MAX_PAGES": "20", "BEDRIJFSBUREAU_STUKKEN_MAX_MEGAPIXELS": "30",
        "BEDRIJFSBUREAU_SCANNER": "tcp://clamd:3310",
    }  # fmt: skip
    scanner = Scanner("tcp://clamd:3310")
    assert settings.rules(given) == Rules(frozenset({".pdf", ".png"}), 10 << 20, 20, 30_000_000, scanner)
    bucket = settings.storage(tmp_path, {"BEDRIJFSBUREAU_STUKKEN_URL": "memory://emmer/map"})
    assert isinstance(bucket, Bucket) and bucket.root == "/emmer/map"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BEDRIJFSBUREAU_STUKKEN_TYPES", "exe"),
        ("BEDRIJFSBUREAU_STUKKEN_MAX_MB", "veel"),
        ("BEDRIJFSBUREAU_STUKKEN_MAX_PAGES", "0"),
        ("BEDRIJFSBUREAU_SCANNER", "clamd:3310"),
        ("BEDRIJFSBUREAU_STUKKEN_URL", "kluis://map"),
    ],
)
def test_a_setting_that_is_wrong_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(InvalidInput, match=name):
        settings.rules({name: value})
        settings.storage(tmp_path, {name: value})

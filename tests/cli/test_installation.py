"""Where an installation keeps things, and the key it makes at its first start."""

import stat
from pathlib import Path

import pytest

from bedrijfsbureau.cli.installation import installation
from bedrijfsbureau.errors import BedrijfsbureauError


@pytest.fixture(autouse=True)
def without_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("BEDRIJFSBUREAU_SECRET", "BEDRIJFSBUREAU_DATA", "BEDRIJFSBUREAU_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_a_word_everything_lies_in_var(tmp_path: Path) -> None:
    place = installation(None, None)

    assert (place.folder, place.url) == (tmp_path / "var", f"sqlite:///{tmp_path}/var/bedrijfsbureau.sqlite")


def test_what_is_given_goes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEDRIJFSBUREAU_DATA", str(tmp_path / "a"))

    assert installation(None, None).folder == tmp_path / "a"
    assert installation(tmp_path / "b", "sqlite:///x").folder == tmp_path / "b"
    assert installation(tmp_path / "b", "sqlite:///x").url == "sqlite:///x"


def test_the_driver_of_postgresql_goes_without_saying(tmp_path: Path) -> None:
    assert installation(tmp_path, "postgresql://a@b/c").url == "postgresql+psycopg://a@b/c"


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    place = installation(tmp_path, None)

    first, second = place.secret(), place.secret()

    assert (first == second, len(first)) == (True, 32)
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    keys = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        keys.add(installation(tmp_path / name, None).secret())

    assert len(keys) == 2


def test_a_key_from_the_environment_is_written_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEDRIJFSBUREAU_SECRET", "ab" * 32)

    assert installation(tmp_path, None).secret() == b"\xab" * 32
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["geen hex", "abc", "ab" * 8])
def test_a_key_that_is_none_or_too_short_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("BEDRIJFSBUREAU_SECRET", given)

    with pytest.raises(BedrijfsbureauError) as error:
        installation(tmp_path, None).secret()

    assert "BEDRIJFSBUREAU_SECRET" in str(error.value) and given not in str(error.value)


def test_opening_creates_the_folder_and_closes_the_database(tmp_path: Path) -> None:
    place = installation(tmp_path / "deep" / "down", None)

    with place.database() as database:
        assert database.storage.root == tmp_path / "deep" / "down" / "stukken"

    assert (tmp_path / "deep" / "down" / "secret").exists()

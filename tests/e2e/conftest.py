"""A running program with an office in it, and a browser for each of its people."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bedrijfsbureau.cli import commands
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Dossier
from tests.databases import NOW, SECRET, Start
from tests.e2e.office import PASSWORD, open_office, row_to_import
from tests.e2e.server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SignIn = Callable[..., "Page"]


@pytest.fixture
def start() -> Start:
    return Start("e2e", lambda database: open_office(database, NOW))


@pytest.fixture
def office(database: Database) -> Database:
    return database


@pytest.fixture
def address(office: Database, now: datetime) -> Iterator[str]:
    with serving(office, lambda: now) as url:
        yield url


@pytest.fixture
def sign_in(browser: "Browser", address: str, complaints: list[str]) -> Iterator[SignIn]:
    """A browser of their own for a username; what any of them has to complain about fails the test."""

    def complain(message: Any) -> None:
        if message.type == "error":
            complaints.append(f"{message.text} {message.location.get('url')}")

    with ExitStack() as contexts:

        def opened(username: str, **options: Any) -> "Page":
            options = {"viewport": {"width": 1280, "height": 900}, **options}
            context = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", **options)
            page = contexts.enter_context(context).new_page()
            page.set_default_timeout(20_000)
            page.on("console", complain)
            page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
            page.goto(f"{address}/inloggen")
            page.get_by_label("Gebruikersnaam").fill(username)
            page.get_by_label("Wachtwoord").fill(PASSWORD)
            page.get_by_role("button", name="Inloggen").click()
            page.wait_for_url(lambda url: "/inloggen" not in url)
            return page

        yield opened
    assert complaints == []


@pytest.fixture
def run(database_url: str, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A command on this database at the moment of the test; what it says. It must go well."""
    monkeypatch.setattr("bedrijfsbureau.cli.dossier.now", lambda: now)
    monkeypatch.setenv("BEDRIJFSBUREAU_SECRET", SECRET.hex())

    def ran(*arguments: str) -> str:
        place = ("--database-url", database_url, "--data", str(tmp_path))
        outcome = CliRunner().invoke(commands, [*arguments, *place])
        assert outcome.exit_code == 0, outcome.output
        return outcome.output

    return ran


@pytest.fixture
def dossier(office: Database, now: datetime, tmp_path: Path, run: Callable[..., str]) -> Dossier:
    """A dossier that came in by `bedrijfsbureau dossier import`."""
    file = tmp_path / "dossiers.jsonl"
    file.write_text(row_to_import(now))
    assert "1 dossiers geïmporteerd" in run("dossier", "import", str(file))
    with reading(office, SYSTEM, now) as tx:
        return tx.session.scalars(select(Dossier)).one()

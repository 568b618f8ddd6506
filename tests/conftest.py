"""What every test may ask for: a database of either kind, the moment it is now, and a browser.

`python3 bb test` finds PostgreSQL and Chromium and exports TEST_DATABASE_URL and CHROMIUM; without them the tests that
need one are skipped with a reason, and where CI=true a skip is a failure.
"""

import os
from collections.abc import Generator, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import EMPTY, NOW, STUKKEN, Postgresql, Sqlite, Start, opened

if TYPE_CHECKING:  # a test of a pure layer starts without loading the database or the browser
    from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

    from bedrijfsbureau.database import Database

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# How fast this machine is says nothing about the code; in CI the same commit always tries the same examples.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


LONG = ("e2e", "scenarios", "durable")  # folders with tests of half a minute


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those come first, so that no worker begins one when the others are done."""
    items.sort(key=lambda item: not any(folder in item.path.parts for folder in LONG))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    return _no_skips_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    return _no_skips_in_ci((yield))


def _no_skips_in_ci(report: Any) -> Any:
    """A skip is a question nobody answered: at home it is printed, in CI it fails. An expected failure is no skip."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{report.nodeid}: skipped in CI. {reason}"
    return report


@pytest.fixture
def now() -> datetime:
    """A Monday morning in the weeks around the change of law: 23 November 2026, 9:00 in Amsterdam."""
    return NOW


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Postgresql]:
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        pytest.skip("no PostgreSQL: run the tests with `python3 bb test`, or set TEST_DATABASE_URL")
    made = Postgresql(server, worker_id, tmp_path_factory.mktemp("postgresql"))
    yield made
    made.drop()


@pytest.fixture
def start() -> Start:
    """What the database holds when a test begins. A folder or a file of tests that starts with more, overrides it."""
    return EMPTY


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, start: Start, tmp_path: Path) -> str:
    """The URL of a database with the schema and `start` in it; the test runs once for each kind."""
    server: Sqlite | Postgresql = request.getfixturevalue(request.param)
    return server.fresh(start, tmp_path)


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator["Database"]:
    """It is open; its stukken lie in tmp_path/files."""
    with opened(database_url, tmp_path / STUKKEN) as database:
        yield database


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One headless Chromium for all tests of a worker."""
    chromium = os.environ.get("CHROMIUM")
    if not chromium:
        pytest.skip("no Chromium: run the tests with `python3 bb test`, or set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def complaints() -> list[str]:
    """The errors the page put on the console, CSP reports included. A test that expects one removes it."""
    return []


@pytest.fixture
def page(browser: "Browser", complaints: list[str]) -> Iterator["Page"]:
    """A page in a fresh context; a complaint that is left over fails the test."""

    def listen(message: "ConsoleMessage") -> None:
        if message.type == "error":  # a CSP report is one
            complaints.append(message.text)

    size: ViewportSize = {"width": 1280, "height": 900}
    with browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", viewport=size) as context:
        opened = context.new_page()
        opened.set_default_timeout(10_000)
        opened.on("console", listen)
        opened.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
        yield opened
    assert complaints == []

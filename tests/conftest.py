"""What every test may ask for: a database of either kind, the moment it is now, and a browser.

`python3 bb test` finds PostgreSQL and Chromium and exports TEST_DATABASE_URL and CHROMIUM; without them the tests that
need one are skipped with a reason, and where CI=true a skip is a failure.
"""

import os
import shutil
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:  # a test of a pure layer starts without loading the database or the browser
    from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

    from bedrijfsbureau.database import Database

SECRET = b"only for tests, never for people"
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
    return datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with the schema, made once; a test gets a copy."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    _create_schema(f"sqlite:///{path}", path.parent)
    return path


@pytest.fixture(scope="session")
def postgresql_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[tuple[str, str]]:
    """Server URL and the name of an empty database with the schema; a test gets a clone."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        pytest.skip("no PostgreSQL: run the tests with `python3 bb test`, or set TEST_DATABASE_URL")
    name = f"bb_template_{worker_id}_{os.getpid()}"
    _on_server(server, f'CREATE DATABASE "{name}"')
    try:
        _create_schema(_url(server, name), tmp_path_factory.mktemp("files"))
        yield server, name
    finally:
        _on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database with the schema and nothing in it; the test runs once for each kind."""
    if request.param == "sqlite":
        path = tmp_path / "bedrijfsbureau.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server, template = request.getfixturevalue("postgresql_template")
    clone = f"{template}_{os.urandom(4).hex()}"
    _on_server(server, f'CREATE DATABASE "{clone}" TEMPLATE "{template}"')
    try:
        yield _url(server, clone)
    finally:
        _on_server(server, f'DROP DATABASE "{clone}" WITH (FORCE)')


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator["Database"]:
    """An open, empty database; its files lie in tmp_path/files."""
    from bedrijfsbureau.database import connect

    opened = connect(database_url, SECRET, tmp_path / "files")
    try:
        yield opened
    finally:
        opened.dispose()


def _create_schema(url: str, files: Path) -> None:
    from bedrijfsbureau.cli import schema
    from bedrijfsbureau.database import connect

    opened = connect(url, SECRET, files)
    try:
        schema.upgrade(opened.engine)
    finally:
        opened.dispose()


def _url(server: str, name: str) -> str:
    """SQLAlchemy's URL of one database on the server, whose own URL is libpq's or SQLAlchemy's."""
    base, _, query = server.replace("postgresql+psycopg:", "postgresql:", 1).partition("?")
    scheme, _, rest = base.partition("://")
    return f"{scheme}+psycopg://{rest.split('/')[0]}/{name}" + (f"?{query}" if query else "")


def _on_server(server: str, statement: str) -> None:
    """CREATE and DROP DATABASE run outside a transaction."""
    import psycopg

    with psycopg.connect(server.replace("postgresql+psycopg:", "postgresql:", 1), autocommit=True) as connection:
        connection.execute(statement.encode())


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

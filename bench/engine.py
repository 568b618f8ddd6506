"""Completions per second on the whole path of the product, beside the least one does with plain SpiffWorkflow."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import psycopg
from _frame import Contestant, Report, main, ratio, take_turns
from _product import Office
from _spiffworkflow import Ours, Plain

KINDS = ("ontvangst-omgevingsvergunning", "asiel-pact")


@dataclass
class Course:
    """One dossiersoort on one database."""

    name: str
    office: Office
    plain_row: Plain
    product: Contestant
    plain: Contestant
    engine: Contestant


def measure(deadline: float) -> Report:
    with ExitStack() as stack:
        courses = [
            _course(stack, database, kind) for database in ("sqlite", "postgresql") for kind in KINDS if _has(database)
        ]
        take_turns([each for c in courses for each in (c.product, c.plain, c.engine)], deadline)
        return Report(_figures(courses), _ratios(courses))


def _course(stack: ExitStack, database: str, kind: str) -> Course:
    url, folder = stack.enter_context(_fresh(database))
    office = Office(url, folder, kind)
    stack.callback(office.database.dispose)
    name, plain = f"{database}.{kind}", Plain(office)
    return Course(
        name,
        office,
        plain,
        Contestant(f"{name}.product", office.round),
        Contestant(f"{name}.spiffworkflow", plain.round),
        Contestant(f"{name}.engine", Ours(office).round),
    )


def _figures(courses: list[Course]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for course in courses:
        office = course.office
        figures |= {f"{each.name}.per_second": each.rate for each in (course.product, course.plain, course.engine)}
        figures[f"{course.name}.statements_mean"] = mean(office.statements)
        figures[f"{course.name}.statements_most"] = max(office.statements)
        figures[f"{course.name}.commits_most"] = max(office.commits)
        figures[f"{course.name}.state_bytes"] = median(office.state_bytes)
        figures[f"{course.name}.spiffworkflow_state_bytes"] = median(course.plain_row.state_bytes)
    return figures


def _ratios(courses: list[Course]) -> dict[str, float]:
    whole = {course.name: ratio(course.product, course.plain) for course in courses}
    alone = {course.name: ratio(course.engine, course.plain) for course in courses}
    ratios = {f"{name}.vs_spiffworkflow": value for name, value in whole.items()}
    ratios |= {f"{name}.engine_vs_spiffworkflow": value for name, value in alone.items()}
    for database in dict.fromkeys(name.partition(".")[0] for name in whole):
        ratios[f"{database}.vs_spiffworkflow"] = median(v for n, v in whole.items() if n.startswith(database))
    return ratios | {
        "vs_spiffworkflow": median(whole.values()),
        "engine_vs_spiffworkflow": median(alone.values()),
        "state_vs_spiffworkflow": median(
            median(c.plain_row.state_bytes) / median(c.office.state_bytes) for c in courses
        ),
    }


def _has(database: str) -> bool:
    return database == "sqlite" or "TEST_DATABASE_URL" in os.environ


@contextmanager
def _fresh(database: str) -> Iterator[tuple[str, Path]]:
    """The URL of an empty database that is gone afterwards, and a folder."""
    with tempfile.TemporaryDirectory(prefix="bb-bench-") as name:
        folder = Path(name)
        if database == "sqlite":
            yield f"sqlite:///{folder}/bench.sqlite", folder
            return
        server = os.environ["TEST_DATABASE_URL"].replace("+psycopg", "", 1)
        fresh = f"bb_{folder.name.rpartition('-')[2]}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{fresh}"'.encode())
            try:
                base, _, query = server.partition("?")
                url = base.rpartition("/")[0].replace("postgresql:", "postgresql+psycopg:", 1) + f"/{fresh}"
                yield url + (f"?{query}" if query else ""), folder
            finally:
                connection.execute(f'DROP DATABASE "{fresh}" WITH (FORCE)'.encode())


if __name__ == "__main__":
    main(measure, "Completing tasks: the product, our engine alone, and plain SpiffWorkflow 3.2.0")

"""`bedrijfsbureau model`: check and publish process models."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from bedrijfsbureau import dmn, dossiersoort, engine
from bedrijfsbureau.actions.kinds.decisions import examine
from bedrijfsbureau.actions.kinds.expressions import NAMES
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.cli.files import read_at_most
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.migrate import migrate
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.errors import DossiersoortInvalid, InvalidInput, NotFound, Problem
from bedrijfsbureau.model import SYSTEM

LARGEST_FILE = 5_000_000  # bytes; the engine refuses less


@click.group()
def model() -> None:
    """Procesmodellen controleren en publiceren, en lopende dossiers ernaar verhuizen."""


model.add_command(migrate)


@model.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Zeg per bestand of het kan worden uitgevoerd, en anders waar en waarom niet. Status 1 bij een weigering.

    FILES: een diagram, een beslistabel, een formulier (forms/NAAM.json), of de map van een dossiersoort.
    """
    found = {path: problems_of(path) for path in files}
    if as_json:
        click.echo(json.dumps([_report(path, problems) for path, problems in found.items()], ensure_ascii=False))
    else:
        for path, problems in found.items():
            _print(path, problems)
    sys.exit(0 if all(map(is_accepted, found.values())) else 1)


@model.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@with_installation
def publish(installation: Installation, folders: tuple[Path, ...]) -> None:
    """Publiceer de dossiersoort in elke map; nieuwe dossiers gebruiken haar vanaf nu."""
    with installation.database() as database:
        for folder in folders:
            soort = dossiersoort.read(folder)
            process, policy = perform(database, SYSTEM, now(), processes.publish_dossiersoort, soort)
            click.echo(f"{soort.key}: proces versie {process.number}, beleid versie {policy.number}")


def problems_of(path: Path) -> list[Problem]:
    """What is wrong with one file; a file that can't be read is a problem like any other."""
    if (path / "soort.yaml").is_file():
        return problems_of_soort(path)
    try:
        content = read_at_most(path, LARGEST_FILE)
    except InvalidInput as error:
        return [Problem(None, None, "onleesbaar", str(error))]
    if path.suffix == ".dmn":
        return problems_of_decisions(path)
    if path.suffix == ".json":
        return [each for each in problems_of_soort(path.parent.parent) if f"forms/{path.name}" in each.message]
    alone = engine.check({path.name: content}, NAMES)
    others = [other for other in path.parent.glob("*.bpmn") if other.name != path.name and _is_readable(other)]
    beside = {other.name: other.read_bytes() for other in others}
    if is_accepted(alone) or not beside:
        return alone
    together = engine.check({path.name: content, **beside}, NAMES)  # it may call a process in a file beside it
    return together if is_accepted(together) else alone


def problems_of_soort(folder: Path) -> list[Problem]:
    """All that its diagrams, decisions and forms say, held against its record."""
    try:
        return processes.check_whole(dossiersoort.read(folder))
    except (DossiersoortInvalid, NotFound) as error:
        return [Problem(None, None, "dossiersoort", str(error))]


def problems_of_decisions(path: Path) -> list[Problem]:
    try:
        return examine(dmn.read_file(path, strict=False))
    except dmn.DmnError as error:
        return [Problem(None, error.line, "dmn", str(error))]


def _is_readable(path: Path) -> bool:
    return path.is_file() and path.stat().st_size <= LARGEST_FILE and os.access(path, os.R_OK)


def is_accepted(problems: list[Problem]) -> bool:
    return not any(problem.severity == "error" for problem in problems)


def _report(path: Path, problems: list[Problem]) -> dict[str, Any]:
    rows = [{"element": p.element, "line": p.line, "code": p.code, "message": p.message} for p in problems]
    return {"file": str(path), "accepted": is_accepted(problems), "problems": rows}


def _print(path: Path, problems: list[Problem]) -> None:
    click.secho(f"{path}: {'aanvaard' if is_accepted(problems) else 'geweigerd'}", bold=True)
    for problem in problems:
        where = " ".join(filter(None, [f"regel {problem.line}" if problem.line else "", problem.element or ""]))
        weight = "fout" if problem.severity == "error" else "advies"
        click.echo(f"  {weight} [{problem.code}] {where}: {problem.message}")

"""`bedrijfsbureau scenario`: play what a dossiersoort should do, and say where it does something else."""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.cli import schema
from bedrijfsbureau.cli.scenario.play import Outcome, play
from bedrijfsbureau.cli.scenario.script import Scenario, read
from bedrijfsbureau.cli.scenario.world import Kinds
from bedrijfsbureau.database import Database, connect
from bedrijfsbureau.errors import DossiersoortInvalid

SECRET = b"for databases that are thrown away"


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
def scenario(paths: tuple[Path, ...], as_json: bool) -> None:
    """Speel scenario's na in een tijdelijke database: bestanden, of een map met een dossiersoort.

    Status 1 als er één anders verloopt dan verwacht.
    """
    outcomes, kinds = [], Kinds()
    with TemporaryDirectory() as folder:
        template = _template(Path(folder))
        for number, each in enumerate(_scenarios(paths)):
            with _copy(template, number) as database:
                outcomes.append(play(database, *each, kinds))
            if not as_json:
                _print(outcomes[-1])
    if as_json:
        click.echo(json.dumps([_report(outcome) for outcome in outcomes], ensure_ascii=False, indent=1))
    sys.exit(0 if all(outcome.is_ok for outcome in outcomes) else 1)


def _scenarios(paths: tuple[Path, ...]) -> Iterator[tuple[dossiersoort.Dossiersoort, Scenario]]:
    """Every scenario with the dossiersoort in whose folder `scenarios` it lies. Raises DossiersoortInvalid."""
    for path in paths:
        folder = path if path.is_dir() else path.resolve().parent.parent
        soort = dossiersoort.read(folder)
        for file in sorted(folder.glob("scenarios/*.yaml")) if path.is_dir() else [path]:
            for each in read(file):
                if each.soort != soort.key:
                    message = f"{file.name}: dit scenario is voor {each.soort}, en ligt bij {soort.key}."
                    raise DossiersoortInvalid(message)
                yield soort, each


def _template(folder: Path) -> Path:
    path = folder / "template.sqlite"
    database = connect(f"sqlite:///{path}", SECRET, folder / "stukken")
    schema.upgrade(database.engine)
    database.dispose()
    return path


@contextmanager
def _copy(template: Path, number: int) -> Iterator[Database]:
    path = template.with_name(f"{number}.sqlite")
    shutil.copy(template, path)
    database = connect(f"sqlite:///{path}", SECRET, template.parent / "stukken")
    try:
        yield database
    finally:
        database.dispose()
        path.unlink()


def _report(outcome: Outcome) -> dict[str, Any]:
    played = outcome.scenario
    return {
        "id": played.key,
        "title": played.title,
        "variant": played.variant,
        "ok": outcome.is_ok,
        "step": outcome.step,
        "differences": list(outcome.differences),
    }


def _print(outcome: Outcome) -> None:
    mark = click.style("goed  ", fg="green") if outcome.is_ok else click.style("anders", fg="red")
    click.echo(f"{mark} {outcome.scenario.name}" + ("" if outcome.is_ok else f": {outcome.step}"))
    for difference in outcome.differences:
        click.echo(f"         {difference}")

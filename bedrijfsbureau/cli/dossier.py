"""`bedrijfsbureau dossier`: import dossiers, look at one, say what it misses."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import select

from bedrijfsbureau.actions.command.at_hand import look
from bedrijfsbureau.actions.importing import import_row
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.rows import Row, read_rows
from bedrijfsbureau.cli.files import read_at_most
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.shown import print_shown, shown
from bedrijfsbureau.cli.stuck import stuck
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Database, Tx, reading
from bedrijfsbureau.errors import BedrijfsbureauError, DatabaseUnavailable, InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, Dossier

LARGEST_FILE = 200_000_000  # bytes


@click.group()
def dossier() -> None:
    """Dossiers importeren en bekijken."""


dossier.add_command(stuck)


@dossier.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Alleen controleren; er verandert niets.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def import_(installation: Installation, file: Path, dry_run: bool, as_json: bool) -> None:
    """Importeer dossiers uit JSON Lines of CSV. Een foute rij wordt gemeld; de andere komen binnen."""
    rows = list(read_rows(_text(file), is_csv=file.suffix.lower() == ".csv"))
    with installation.database() as database:
        outcome = import_rows(database, rows, dry_run, quiet=as_json)
    if as_json:
        click.echo(json.dumps(outcome, ensure_ascii=False))
    else:
        _print_outcome(outcome, dry_run)
    sys.exit(1 if outcome["faults"] else 0)


@dossier.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def show(installation: Installation, number: str, as_json: bool) -> None:
    """Toon waar een dossier staat: taken, oordelen met hun bewijs, en wat er klaar is als iets vandaag binnenkomt."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        said = shown(look(tx, _find(tx, number).id))
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        print_shown(said)


@dossier.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def check(installation: Installation, number: str, as_json: bool) -> None:
    """Zeg welke punten open zijn en wie ze kan oplossen. Status 1 zolang er iets blokkeert."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        verdicts = _find(tx, number).verdicts
    settled = ("voldaan", "niet van toepassing", "vrijgesteld")
    blocking = [code for code, v in verdicts.items() if v["blocking"] and v["state"] not in settled]
    if as_json:
        said = {"number": number, "behandelklaar": not blocking, "verdicts": verdicts}
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        _print_verdicts({code: v for code, v in verdicts.items() if v["state"] not in settled}, blocking)
    sys.exit(1 if blocking else 0)


def import_rows(database: Database, rows: Sequence[Row], dry_run: bool, quiet: bool) -> dict[str, Any]:
    """Each row in a transaction of its own. Returns {imported, known, faults: [{line, field, message}]}."""
    imported, known, faults = 0, 0, []
    for row in track(rows, "Importeren", disable=quiet or not sys.stderr.isatty(), console=Console(stderr=True)):
        try:
            opened = perform(database, SYSTEM, now(), _try_row if dry_run else import_row, row)
        except _TriedError as tried:
            opened = tried.opened
        except InvalidInput as error:
            said = error.fields.items()
            faults += [{"line": row.line, "field": path, "message": " ".join(messages)} for path, messages in said]
            continue
        except DatabaseUnavailable:
            raise
        except BedrijfsbureauError as error:
            faults.append({"line": row.line, "field": "", "message": str(error)})
            continue
        imported, known = imported + (opened is not None), known + (opened is None)
    return {"imported": imported, "known": known, "faults": faults}


class _TriedError(Exception):
    """Carries the outcome of a dry run out of its transaction, which is rolled back by it."""

    def __init__(self, opened: Dossier | None) -> None:
        super().__init__()
        self.opened = opened


def _try_row(tx: Tx, row: Row) -> Dossier | None:
    raise _TriedError(import_row(tx, row))


def _find(tx: Tx, number: str) -> Dossier:
    found = tx.session.scalar(select(Dossier).where(Dossier.number == number))
    if found is None:
        raise NotFound(f"Dossier '{number}' bestaat niet. Controleer het nummer.")
    return found


def _text(file: Path) -> str:
    try:
        return read_at_most(file, LARGEST_FILE).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput({}, f"{file.name} is geen tekst in UTF-8. Sla het bestand opnieuw op als UTF-8.") from error


def _print_outcome(outcome: dict[str, Any], dry_run: bool) -> None:
    for fault in outcome["faults"]:
        where = ", ".join(filter(None, [f"regel {fault['line']}", fault["field"]]))
        click.echo(f"{where}: {fault['message']}", err=True)
    verb = "kunnen worden geïmporteerd" if dry_run else "geïmporteerd"
    bad = len({fault["line"] for fault in outcome["faults"]})
    click.echo(f"{outcome['imported']} dossiers {verb}, {outcome['known']} waren er al, {bad} rijen met fouten.")


def _print_verdicts(verdicts: dict[str, Any], blocking: list[str]) -> None:
    table = Table("punt", "", "wie", "wat ontbreekt")
    for code, verdict in verdicts.items():
        table.add_row(code, "blokkeert" if code in blocking else "adviseert", verdict["partij"], verdict["message"])
    Console().print(table)
    click.echo(f"{len(blocking)} punten blokkeren." if blocking else "Behandelklaar.")

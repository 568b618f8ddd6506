"""`bedrijfsbureau release`: reckon a vrijgave again, and take its record along."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from sqlalchemy import select

from bedrijfsbureau.actions.verifying import Verification
from bedrijfsbureau.actions.verifying import verify as verify_vrijgave
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Tx, reading
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import SYSTEM, Dossier, Vrijgave


@click.group()
def release() -> None:
    """Vrijgaven narekenen en meenemen."""


@release.command()
@click.argument("number")
@click.option("--vrijgave", "which", type=int, help="Het volgnummer van de vrijgave; standaard de laatste.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def verify(installation: Installation, number: str, which: int | None, as_json: bool) -> None:
    """Reken een vrijgave na uit de bewaarde stukken en regels. Status 1 als er iets verschilt."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        found = verify_vrijgave(tx, _find(tx, number, which))
    if as_json:
        click.echo(json.dumps({"equal": found.is_equal, **asdict(found)}, ensure_ascii=False))
    else:
        _print(found)
    sys.exit(0 if found.is_equal else 1)


@release.command()
@click.argument("number")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--vrijgave", "which", type=int, help="Het volgnummer van de vrijgave; standaard de laatste.")
@with_installation
def export(installation: Installation, number: str, file: Path, which: int | None) -> None:
    """Schrijf de verzegelde inhoud van een vrijgave met haar zegel naar een JSON-bestand."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        found = _find(tx, number, which)
        content = {"seal": found.seal, "content": found.content}
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    click.echo(f"Vrijgave {found.number} van {number} staat in {file}.")


def _find(tx: Tx, number: str, which: int | None) -> Vrijgave:
    query = select(Vrijgave).join(Dossier, Dossier.id == Vrijgave.dossier_id).where(Dossier.number == number)
    if which is not None:
        query = query.where(Vrijgave.number == which)
    found = tx.session.scalar(query.order_by(Vrijgave.number.desc()).limit(1))
    if found is None:
        raise NotFound(f"Dossier '{number}' heeft deze vrijgave niet. Controleer het nummer.")
    return found


def _print(found: Verification) -> None:
    click.secho(f"{found.dossier}, vrijgave {found.number} van {found.at} door {found.by}", bold=True)
    for difference in found.differences:
        click.echo(f"  {difference.part}: {difference.message}")
        if difference.sealed != difference.found and difference.part in ("oordeel", "melding"):
            click.echo(f"    toen: {difference.sealed}\n    nu:   {difference.found or '(niets)'}")
    for remark in found.remarks:
        click.echo(f"  let op: {remark}")
    if found.is_equal:
        files = "1 bestand" if found.stukken == 1 else f"{found.stukken} bestanden"
        click.echo(f"Gelijk: {found.verdicts} oordelen nagerekend, {files} nagekeken.")
    else:
        count = len(found.differences)
        click.echo(f"{count} verschil." if count == 1 else f"{count} verschillen.")

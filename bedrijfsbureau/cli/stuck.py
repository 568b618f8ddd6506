"""`bedrijfsbureau dossier stuck`: open dossiers that nobody works on and that wait for nothing."""

import json
import sys
from dataclasses import asdict

import click

from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.work.stuck import report
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import reading
from bedrijfsbureau.model import SYSTEM
from bedrijfsbureau.queries.stuck import stuck as stuck_dossiers

MOST = 1000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@click.option("--report", "as_incident", is_flag=True, help="Maak van elk een storing, zoals elke nacht gebeurt.")
@with_installation
def stuck(installation: Installation, as_json: bool, as_incident: bool) -> None:
    """Zoek dossiers die vanzelf nooit verder gaan. Status 1 als er een is."""
    with installation.database() as database:
        with reading(database, SYSTEM, now()) as tx:
            found = stuck_dossiers(tx, MOST)
        if as_incident:
            perform(database, SYSTEM, now(), report, MOST)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, default=str))
    else:
        for each in found:
            click.echo(f"{each.number}  {each.stage}  sinds {each.since:%d-%m-%Y}  staat op {', '.join(each.active)}")
        count = "1 dossier is" if len(found) == 1 else f"{len(found)} dossiers zijn"
        click.echo(f"{count} vastgelopen." if found else "Er is geen dossier vastgelopen.")
    sys.exit(1 if found else 0)

"""`bedrijfsbureau`: the program on the command line, one module per command."""

import sys

import click

from bedrijfsbureau.cli import db, demo, dossier, model, people, replay, scenario, serve, work
from bedrijfsbureau.errors import BedrijfsbureauError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Maakt dossiers behandelklaar: processen, compleetheid en werkvoorraad."""


for command in (
    db.db,
    demo.demo,
    dossier.dossier,
    people.medewerker,
    model.model,
    replay.replay,
    scenario.scenario,
    serve.serve,
    work.worker,
):
    commands.add_command(command)


def main() -> None:
    """An error we raise on purpose is one sentence on stderr and exit status 1, never a traceback."""
    try:
        commands()
    except BedrijfsbureauError as error:
        click.echo(str(error), err=True)
        sys.exit(1)

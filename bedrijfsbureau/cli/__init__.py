"""`bedrijfsbureau`: the program on the command line, one module per command."""

import gc
import sys
from importlib import import_module

import click

from bedrijfsbureau.errors import BedrijfsbureauError

# Word -> module and name. A module is only loaded for its own command, so that a small command starts at once.
PLACES = {
    "db": ("db", "db"),
    "demo": ("demo", "demo"),
    "dmn": ("dmn", "dmn"),
    "dossier": ("dossier", "dossier"),
    "feel": ("feel", "feel"),
    "forecast": ("forecast", "forecast"),
    "incident": ("incident", "incident"),
    "leren": ("leren", "leren"),
    "medewerker": ("people", "medewerker"),
    "model": ("model", "model"),
    "policy": ("policy", "policy"),
    "rappel": ("rappel", "rappel"),
    "release": ("vrijgave", "release"),
    "replay": ("replay", "replay"),
    "scenario": ("scenario", "scenario"),
    "serve": ("serve", "serve"),
    "stukken": ("stukken", "stukken"),
    "termijn": ("termijn", "termijn"),
    "worker": ("work", "worker"),
}


UNTIL_COLLECTED = 20_000  # objects made: a command makes some ten thousand, and looking for cycles costs a tenth of it


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = PLACES.get(cmd_name)
        if place is None:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{place[0]}"), place[1])
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Maakt dossiers behandelklaar: processen, compleetheid en werkvoorraad."""


def main() -> None:
    """An error we raise on purpose is one sentence on stderr and exit status 1, never a traceback."""
    gc.set_threshold(UNTIL_COLLECTED)
    try:
        commands()
    except BedrijfsbureauError as error:
        click.echo(str(error), err=True)
        sys.exit(1)

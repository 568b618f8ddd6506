"""`bedrijfsbureau worker`: timers, outbox and nightly review."""

import os
import signal
import threading
from datetime import UTC, datetime

import click

from bedrijfsbureau import worker as working
from bedrijfsbureau.cli.delivery import outlet
from bedrijfsbureau.cli.installation import Installation, with_installation

HUNG = 75  # EX_TEMPFAIL: whoever watches over the process starts it again; its locks go with its connection


def now() -> datetime:
    return datetime.now(UTC)


@click.command()
@with_installation
def worker(installation: Installation) -> None:
    """Doe wat op tijd moet gebeuren: termijnen, berichten, nachtelijke herbeoordeling. Stop met Ctrl-C.

    Duurt één stuk werk langer dan een kwartier, dan eindigt de worker met status 75; start hem dan opnieuw.
    """
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    click.echo("De worker draait. Stop met Ctrl-C.")
    with installation.database() as database:
        send = working.deliver_to(installation.folder / "outbox")
        working.run(database, now, send, stop, outlet(), hung=lambda: os._exit(HUNG))

"""`bedrijfsbureau worker`: timers, outbox and nightly review."""

import signal
import threading
from datetime import UTC, datetime

import click

from bedrijfsbureau import worker as working
from bedrijfsbureau.cli.delivery import outlet
from bedrijfsbureau.cli.installation import Installation, with_installation


def now() -> datetime:
    return datetime.now(UTC)


@click.command()
@with_installation
def worker(installation: Installation) -> None:
    """Doe wat op tijd moet gebeuren: termijnen, berichten, nachtelijke herbeoordeling. Stop met Ctrl-C."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    click.echo("De worker draait. Stop met Ctrl-C.")
    with installation.database() as database:
        working.run(database, now, working.deliver_to(installation.folder / "outbox"), stop, outlet())

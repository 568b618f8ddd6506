"""`bedrijfsbureau demo`: everything on one machine, with invented dossiers and a way in for every role."""

import threading
import time
import webbrowser
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy import select

from bedrijfsbureau import worker
from bedrijfsbureau.actions import people
from bedrijfsbureau.cli import sample, schema
from bedrijfsbureau.cli.delivery import kept_in
from bedrijfsbureau.cli.installation import Installation, installation
from bedrijfsbureau.cli.serve import listen
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Database, hurry, transaction
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.model import SYSTEM, Medewerker
from bedrijfsbureau.web import Config

LINK_VALID_FOR = timedelta(hours=12)
FOLDER = Path("var/demo")
NOTICE = "Alle gegevens zijn verzonnen voorbeelden."


@click.command()
@click.option("--port", default=8080, type=click.IntRange(1, 65535), help="Poort om op te luisteren.")
@click.option("--data", type=click.Path(path_type=Path), help="Map voor de gegevens van de demo (standaard var/demo).")
@click.option("--database-url", envvar="BEDRIJFSBUREAU_DATABASE_URL", help="Database (standaard SQLite in die map).")
@click.option("--no-browser", is_flag=True, help="Open geen browser.")
def demo(port: int, data: Path | None, database_url: str | None, no_browser: bool) -> None:
    """Start web en worker op deze machine, met verzonnen dossiers en voor elke rol een inloglink."""
    began = time.monotonic()
    place = installation(data or FOLDER, database_url)
    database = place.open()
    schema.upgrade(database.engine)
    server = _listen(database, port)
    _load_sample(place)
    stop = threading.Event()
    working = threading.Thread(target=_work, args=(place, database, stop), name="worker")
    working.start()
    address = f"http://127.0.0.1:{port}"
    links = _links(database, address)
    click.secho(f"\nKlaar in {time.monotonic() - began:.1f} s: {address}/   (stop met Ctrl-C)\n", bold=True)
    for name, link in links.items():
        click.echo(f"  {name:<48} {link}")
    click.echo("\nElke link werkt één keer. Start de demo opnieuw voor nieuwe links; de dossiers blijven.")
    if not no_browser:
        webbrowser.open(next(iter(links.values())))
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("De demo stopt.")
    finally:
        stop.set()
        working.join()
        database.dispose()


def _listen(database: Database, port: int):  # type: ignore[no-untyped-def]  # waitress has no types
    try:
        return listen(database, Config(https=False, notice=NOTICE), "127.0.0.1", port)
    except OSError as error:
        message = f"Poort {port} is bezet. Kies een andere poort: --port {port + 1}"
        raise InvalidInput({"port": [message]}, message) from error


def _load_sample(place: Installation) -> None:
    """Through a connection of its own that does not wait for the disk: a sample can be made again."""
    database = place.open()
    hurry(database.engine)
    sample.load(database, now())
    database.dispose()


def _work(place: Installation, database: Database, stop: threading.Event) -> None:
    worker.run(database, now, worker.deliver_to(place.folder / "outbox"), stop, kept_in(place.folder / "rappels"))


def _links(database: Database, address: str) -> dict[str, str]:
    """A fresh one-time link for every account of the sample."""
    with transaction(database, SYSTEM, now()) as tx:
        accounts = tx.session.scalars(select(Medewerker).where(Medewerker.active).order_by(Medewerker.id)).all()
        shown = [account for account in accounts if account.username in sample.USERNAMES]
        return {
            f"{account.name}, {account.role}": f"{address}/inloggen/"
            + people.create_login_link(tx, account.id, LINK_VALID_FOR)
            for account in shown
        }

"""`bedrijfsbureau rappel`: what partijen are asked, what goes with the next message, and sending it now."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click

from bedrijfsbureau import worker
from bedrijfsbureau.actions import rappels
from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.cli.delivery import outlet
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Tx, reading
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.model import SYSTEM, Rappel, RappelState
from bedrijfsbureau.queries import rappel as queries
from bedrijfsbureau.queries.rappel_previews import Preview, previews

DAY = click.DateTime(["%Y-%m-%d", "%d-%m-%Y"])


@click.group()
def rappel() -> None:
    """Partijen vragen en herinneren: één bericht per partij per dag."""


@rappel.command("list")
@click.option("--partij", help="Alleen deze partij.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def list_(installation: Installation, partij: str | None, as_json: bool) -> None:
    """Toon per partij wat openstaat, sinds wanneer, en wat met het volgende bericht meegaat."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        lines = [line for line in queries.partijen(tx) if partij in (None, line.partij)]
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, default=str))
        return
    for line in lines:
        last = f"laatste bericht {line.last_day:%d-%m-%Y} ({line.last_state})" if line.last_day else "nog geen bericht"
        click.secho(f"{line.partij}: {line.open} open, oudste van {line.oldest:%d-%m-%Y}", bold=True)
        click.echo(f"    {line.waiting} in het volgende bericht; {last}")
    click.echo(f"{_counted(len(lines), 'partij', 'partijen')}.")


@rappel.command()
@click.option("--partij", help="Alleen deze partij.")
@click.option("--date", "day", type=DAY, help="De dag die in het bericht staat (standaard vandaag).")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def preview(installation: Installation, partij: str | None, day: datetime | None, as_json: bool) -> None:
    """Toon de berichten zoals ze nu zouden uitgaan. Er verandert niets."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        found = previews(tx, _day(day), partij)
    if as_json:
        click.echo(json.dumps([_preview(each) for each in found], ensure_ascii=False, default=str))
        return
    for each in found:
        click.secho(f"{each.partij}{f', {each.locatie}' if each.locatie else ''} ({_way(each)})", bold=True)
        click.echo(f"{each.subject}\n\n{each.body}")
    click.echo(f"{_messages(len(found))}.")


@rappel.command()
@click.option("--partij", help="Alleen deze partij.")
@click.option("--date", "day", type=DAY, help="De dag waarvoor het bericht geldt: vandaag of eerder.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def send(installation: Installation, partij: str | None, day: datetime | None, as_json: bool) -> None:
    """Stel de berichten nu samen en verstuur ze. Een partij krijgt er hoogstens één per dag; lijsten staan klaar om af
    te geven."""
    wanted = _day(day)
    if wanted > now().astimezone(AMSTERDAM).date():
        raise InvalidInput({}, "Kies vandaag of een eerdere dag.")
    with installation.database() as database:
        made = perform(database, SYSTEM, now(), rappels.bundle, wanted, partij)
        for rappel_id in made:
            worker.deliver_now(database, now, outlet(), rappel_id)
        with reading(database, SYSTEM, now()) as tx:
            rows = [_row(tx, rappel_id) for rappel_id in made]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, default=str))
    else:
        for row in rows:
            asked = _counted(row["items"], "vraag", "vragen")
            click.echo(f"{row['partij']}: {asked}, {row['state']}{_because(row['error'])}")
        click.echo(f"{_messages(len(rows))}." if rows else "Er was niets te versturen, of het ging vandaag al.")
    if any(row["state"] == RappelState.FAILED for row in rows):
        raise SystemExit(1)


def _day(given: datetime | None) -> date:
    return given.date() if given else now().astimezone(AMSTERDAM).date()


def _way(each: Preview) -> str:
    return f"{each.channel}: {each.address}" if each.address else "lijst om af te geven"


def _preview(each: Preview) -> dict[str, Any]:
    return {**asdict(each), "items": [asdict(item.point) for item in each.items]}


def _row(tx: Tx, rappel_id: int) -> dict[str, Any]:
    line = queries.find(tx, rappel_id)
    row: Rappel = line.row
    return {
        "id": row.id, "partij": row.partij, "locatie": line.locatie, "date": row.day, "channel": row.channel.value,
        "state": row.state.value, "items": line.items, "message_id": row.message_id, "error": row.error,
    }  # fmt: skip


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _messages(number: int) -> str:
    return _counted(number, "bericht", "berichten")


def _because(error: str | None) -> str:
    return f" ({error})" if error else ""

"""`bedrijfsbureau incident`: what went wrong, and having the worker try it again."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import click

from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.work.retrying import retry_incident
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Tx, reading
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.model import SYSTEM, IncidentKind
from bedrijfsbureau.queries import incidents
from bedrijfsbureau.queries.incidents import Filter

KINDS = click.Choice([kind.value for kind in IncidentKind])


@click.group()
def incident() -> None:
    """Storingen bekijken en opnieuw proberen."""


@incident.command("list")
@click.option("--resolved", is_flag=True, help="De opgeloste in plaats van de open storingen.")
@click.option("--kind", type=KINDS, help="Alleen deze soort.")
@click.option("--element", default="", help="Alleen van dit element of deze controle.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def list_(installation: Installation, resolved: bool, kind: str | None, element: str, as_json: bool) -> None:
    """Toon wat er misging, het nieuwste eerst (ten hoogste 100)."""
    wanted = Filter(is_open=not resolved, kind=IncidentKind(kind) if kind else None, element=element)
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        lines = incidents.listed(tx, wanted)
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, default=str))
        return
    for line in lines:
        attempts = f", {line.attempts} pogingen" if line.attempts else ""
        where = f"{line.number or 'zonder dossier'}  {line.element}  ({line.kind}{attempts})"
        click.secho(f"{line.id}  {line.opened_at.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}  {where}", bold=True)
        click.echo(f"    {line.cause}")
    click.echo(_count(len(lines)))


@incident.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="Alle open storingen.")
@with_installation
def retry(installation: Installation, ids: tuple[int, ...], everything: bool) -> None:
    """Laat de worker het opnieuw proberen; wat lukt, is daarmee opgelost."""
    if bool(ids) == everything:
        raise InvalidInput({}, "Noem de nummers van de storingen, of gebruik --all.")
    with installation.database() as database:
        if everything:
            with reading(database, SYSTEM, now()) as tx:
                ids = tuple(_open(tx))
        for incident_id in ids:
            perform(database, SYSTEM, now(), retry_incident, incident_id)
    click.echo(f"{_count(len(ids))} De worker probeert het opnieuw.")


def _open(tx: Tx) -> Iterator[int]:
    """Ids of all, newest first."""
    before: int | None = None
    while lines := incidents.listed(tx, Filter(), before):
        yield from (line.id for line in lines)
        before = lines[-1].id


def _count(number: int) -> str:
    return "1 storing." if number == 1 else f"{number} storingen."

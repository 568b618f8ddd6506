"""`bedrijfsbureau leren`: which checks let through what came back, and which are let go often."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import reading
from bedrijfsbureau.model import SYSTEM
from bedrijfsbureau.queries.learning import MINIMUM, Period, Row, Tally, last_year, rows, soorten

DAY = click.DateTime(["%Y-%m-%d", "%d-%m-%Y"])


@click.command()
@click.option("--soort", help="Alleen deze dossiersoort.")
@click.option("--policy", "version", type=int, help="Alleen onder deze versie van het beleid.")
@click.option("--since", type=DAY, help="Vrijgaven vanaf deze dag (standaard een jaar).")
@click.option("--until", type=DAY, help="Vrijgaven tot en met deze dag (standaard vandaag).")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def leren(
    installation: Installation, soort: str | None, version: int | None, since: datetime | None, until: datetime | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Toon per punt wat groen was en toch terugkwam, en hoe vaak het is vrijgesteld."""
    period = _period(now().astimezone(AMSTERDAM).date(), since, until)
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        found = [row for name in ([soort] if soort else soorten(tx)) for row in rows(tx, name, period, version)]
    if as_json:
        click.echo(json.dumps([_as_json(row) for row in found], ensure_ascii=False))
        return
    table = Table("punt", "", "gold in", "gemist", "vrijgesteld", "redenen")
    for row in found:
        if row.total.returned or row.total.waived:
            missed, waived = _part(row.total.missed, row.total), _part(row.total.waived, row.total)
            reasons = ", ".join(f"{reason} {number}" for reason, number in row.reasons.items())
            table.add_row(row.code, row.title, str(row.total.applied), missed, waived, reasons)
    Console().print(table)
    click.echo(f"{table.row_count} van {len(found)} punten kwamen terug of zijn vrijgesteld.")
    click.echo(f"Onder {MINIMUM} vrijgaven staat er geen percentage: te weinig gegevens.")


def _period(today: date, since: datetime | None, until: datetime | None) -> Period:
    usual = last_year(today)
    return Period(since.date() if since else usual.first, until.date() if until else usual.last)


def _part(number: int, total: Tally) -> str:
    return f"{number} ({100 * number / total.applied:.0f} %)" if total.applied >= MINIMUM else f"{number}"


def _as_json(row: Row) -> dict[str, Any]:
    shares = {"missed_share": row.total.missed_share, "waived_share": row.total.waived_share}
    return {**asdict(row), "total": {**asdict(row.total), **shares}}

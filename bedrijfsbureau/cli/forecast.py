"""`bedrijfsbureau forecast`: when dossiers become behandelklaar, and how good that forecast is."""

import json
from dataclasses import asdict
from datetime import date

import click
from sqlalchemy import select

from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.work import measuring
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Tx, reading
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import SYSTEM, Dossier
from bedrijfsbureau.queries import dossier as dossiers
from bedrijfsbureau.queries import forecasts, measurements, termijnen
from bedrijfsbureau.queries.forecasts import Expected
from bedrijfsbureau.queries.measurements import Measured

LATER = "later dan gemeten is"


@click.group()
def forecast() -> None:
    """Wanneer dossiers behandelklaar zijn, en hoe goed die prognose is."""


@forecast.command()
@with_installation
def measure(installation: Installation) -> None:
    """Meet opnieuw hoe lang punten open staan. De worker doet dit elke nacht."""
    with installation.database() as database:
        with reading(database, SYSTEM, now()) as tx:
            found = measuring.learn_all(tx)
        perform(database, SYSTEM, now(), measuring.keep, found)
        with reading(database, SYSTEM, now()) as tx:
            _show_scores(measurements.every_last(tx))


@forecast.command()
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def score(installation: Installation, as_json: bool) -> None:
    """Toon hoe dicht de prognose bij de werkelijkheid kwam, op dossiers die bij het meten apart waren gehouden."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        found = measurements.every_last(tx)
    if not as_json:
        _show_scores(found)
        return
    click.echo(json.dumps([
        {"dossiersoort": each.dossiersoort, "measured_at": each.at.isoformat(), "dossiers": each.dossiers,
         "score": asdict(each.learnt.score) if each.learnt.score else None}
        for each in found
    ]))  # fmt: skip


@forecast.command()
@click.argument("nummer")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def show(installation: Installation, nummer: str, as_json: bool) -> None:
    """Toon wanneer dossier NUMMER behandelklaar zal zijn, en de kans dat het op tijd is."""
    with installation.database() as database, reading(database, SYSTEM, now()) as tx:
        found = _expected(tx, nummer)
    if as_json:
        click.echo(json.dumps(_as_json(found)))
    elif found is None:
        click.echo("Er blokkeert niets, of er is nog niets gemeten (bedrijfsbureau forecast measure).")
    elif found.silent:
        click.echo(f"Te weinig gegevens over {', '.join(found.silent)}.")
    else:
        click.echo(f"Behandelklaar: {_day(found.half)} (50 %), {_day(found.most)} (85 %).")
        for target, chance in found.chances:
            click.echo(f"{target.name} {target.on:%d-%m-%Y}: op tijd met een kans van {chance:.0%}.")
        for code, day in found.slowest:
            click.echo(f"  {code}: in orde op {_day(day)} (85 %)")


def _expected(tx: Tx, number: str) -> Expected | None:
    dossier_id = tx.session.scalar(select(Dossier.id).where(Dossier.number == number))
    if dossier_id is None:
        raise NotFound(f"Dossier {number} bestaat niet.")
    head = dossiers.head(tx, dossier_id)
    return forecasts.of_dossier(tx, head, termijnen.of_dossier(tx, dossier_id))


def _as_json(found: Expected | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "half": found.half and found.half.isoformat(),
        "most": found.most and found.most.isoformat(),
        "chances": [{"name": each.name, "on": each.on.isoformat(), "chance": chance} for each, chance in found.chances],
        "slowest": [{"code": code, "most": day and day.isoformat()} for code, day in found.slowest],
        "too_little_known": list(found.silent),
    }


def _day(day: date | None) -> str:
    return LATER if day is None else f"{day:%d-%m-%Y}"


def _show_scores(found: tuple[Measured, ...]) -> None:
    if not found:
        click.echo("Er is nog niets gemeten. Voer uit: bedrijfsbureau forecast measure")
    for each in found:
        score = each.learnt.score
        click.secho(f"{each.dossiersoort}, gemeten op {each.at:%d-%m-%Y} aan {each.dossiers} dossiers", bold=True)
        if score is None:
            click.echo("  Te weinig gegevens om te zeggen hoe goed de prognose is.")
            continue
        click.echo(
            f"  Gemiddeld {score.error:.1f} dagen ernaast; wie altijd het gemiddelde zegt {score.naive_error:.1f}.\n"
            f"  Van wat met 50 % werd gezegd kwam {score.covers_50:.0%} uit, van 85 % {score.covers_85:.0%}.\n"
            f"  {score.forecasts} prognoses op achtergehouden momenten; bij {score.silent} te weinig gegevens."
        )

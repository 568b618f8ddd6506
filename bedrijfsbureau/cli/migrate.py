"""`bedrijfsbureau model migrate`: running dossiers go on in another version of their process."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import yaml
from rich.console import Console
from rich.progress import track
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bedrijfsbureau.actions.moving import migrating
from bedrijfsbureau.actions.moving.migrating import Outcome
from bedrijfsbureau.actions.moving.plans import Plan, Route, plan_from, route_of
from bedrijfsbureau.cli.files import read_at_most
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, Actor, Medewerker

LARGEST_PLAN = 1_000_000  # bytes
MOST_SHOWN = 20  # dossiers that stay, unless as JSON


@click.command()
@click.argument("soort")
@click.option("--from", "source", type=int, help="Nummer van de versie waarop de dossiers lopen.")
@click.option("--to", "target", type=int, help="Nummer van de versie waarop zij verdergaan.")
@click.option("--plan", "file", type=click.Path(path_type=Path), help="Plan (YAML of JSON); wat ontbreekt, past zelf.")
@click.option("--propose", is_flag=True, help="Schrijf het plan om het aan te passen; er verandert niets.")
@click.option("--dry-run", is_flag=True, help="Zeg per dossier of het kan, en zo niet waarom; er verandert niets.")
@click.option("--undo", is_flag=True, help="Zet terug wat met dit plan is verhuisd.")
@click.option(
    "--by", "username", help="Gebruikersnaam van de proceseigenaar die dit opdraagt; die staat in het verloop."
)
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def migrate(
    installation: Installation, soort: str, source: int | None, target: int | None, file: Path | None,
    propose: bool, dry_run: bool, undo: bool, username: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Laat lopende dossiers verdergaan in een andere gepubliceerde versie van hun proces.

    Elk dossier verhuist in zijn geheel of niet; taken houden hun behandelaar en concept, termijnen hun datum. Ctrl-C
    pauzeert: dezelfde opdracht gaat verder waar zij was. Status 1 als er dossiers achterblijven.
    """
    if propose + dry_run + undo > 1:
        raise InvalidInput({}, "Kies één van --propose, --dry-run en --undo.")
    plan = _plan(soort, source, target, file)
    with installation.database() as database:
        actor = _actor(database, username)
        with reading(database, actor, now()) as tx:
            route = route_of(tx, plan)
        if propose:
            _print_plan(route, as_json)
            return
        outcome = _run(database, actor, route, dry_run, undo, quiet=as_json)
    if as_json:
        click.echo(json.dumps(outcome, ensure_ascii=False))
    else:
        _print(outcome, "Kan verhuizen" if dry_run else "Teruggezet" if undo else "Verhuisd")
    sys.exit(1 if outcome["stayed"] or outcome["paused"] else 0)


def _actor(database: Database, username: str | None) -> Actor:
    """Who orders it; the system when nobody is named. Raises NotFound."""
    if username is None:
        return SYSTEM
    named = select(Medewerker).where(Medewerker.username == username, Medewerker.active)
    with reading(database, SYSTEM, now()) as tx:
        found = tx.session.scalar(named.options(selectinload(Medewerker.teams)))
        if found is None:
            raise NotFound(f"Er is geen medewerker met gebruikersnaam '{username}'.")
        return found.as_actor()


def _plan(soort: str, source: int | None, target: int | None, file: Path | None) -> Plan:
    given = {"dossiersoort": soort, "from": source, "to": target}
    content: Any = {}
    if file is not None:
        try:
            content = yaml.load(read_at_most(file, LARGEST_PLAN), yaml.CSafeLoader)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            raise InvalidInput({}, f"{file} is geen geldige YAML of JSON: {error}.") from error
    if not isinstance(content, dict):
        raise InvalidInput({}, f"{file} is geen plan. Maak er een met --propose.")
    for name, value in given.items():
        if value is not None and content.setdefault(name, value) != value:
            raise InvalidInput({}, f"In het plan staat bij {name} iets anders dan {value}. Maak ze gelijk.")
    return plan_from(content)


def _run(database: Database, actor: Actor, route: Route, dry_run: bool, undo: bool, quiet: bool) -> dict[str, Any]:
    """{dossiersoort, from, to, moved, stayed: [{number, reasons}], paused}; of a dry run `moved` is how many would."""
    moved, stayed, paused = 0, [], False
    with reading(database, SYSTEM, now()) as tx:
        dossiers = (migrating.to_undo if undo else migrating.to_move)(tx, route)
    outcomes = _foretold(database, route, dossiers) if dry_run else _done(database, actor, route, dossiers, undo)
    label = "Nagaan" if dry_run else "Terugzetten" if undo else "Verhuizen"
    hidden = quiet or not sys.stderr.isatty()
    shown = track(outcomes, label, total=len(dossiers), disable=hidden, console=Console(stderr=True))
    try:
        for outcome in shown:
            if outcome.reasons:
                stayed.append({"number": outcome.number, "reasons": list(outcome.reasons)})
            else:
                moved += 1
    except KeyboardInterrupt:  # the dossier at hand stays as it was
        paused = True
    about = {"dossiersoort": route.plan.soort, "from": route.plan.source, "to": route.plan.target}
    return {**about, "moved": moved, "stayed": stayed, "paused": paused}


def _foretold(database: Database, route: Route, dossiers: Iterable[int]) -> Iterator[Outcome]:
    with reading(database, SYSTEM, now()) as tx:
        yield from migrating.dry_run(tx, route, dossiers)


def _done(database: Database, actor: Actor, route: Route, dossiers: Mapping[int, str], undo: bool) -> Iterator[Outcome]:
    action = migrating.undo if undo else migrating.move
    return migrating.each(database, actor, now, action, route, dossiers)


def _print_plan(route: Route, as_json: bool) -> None:
    content = replace(route.plan, mapping=route.mapping).to_json()
    if as_json:
        click.echo(json.dumps(content, ensure_ascii=False))
        return
    click.echo("# Per element van de oude versie zijn id in de nieuwe; null: het heeft daar geen tegenhanger.")
    click.echo(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), nl=False)


def _print(outcome: dict[str, Any], what: str) -> None:
    """`what` came of those that did not stay."""
    for one in outcome["stayed"][:MOST_SHOWN]:
        click.secho(f"{one['number']} blijft waar het is", bold=True)
        for reason in one["reasons"]:
            click.echo(f"  {reason}")
    if (more := len(outcome["stayed"]) - MOST_SHOWN) > 0:
        click.echo(f"... en nog {more} (--json toont ze allemaal).")
    click.echo(f"{what}: {outcome['moved']}; blijft: {len(outcome['stayed'])}.")
    if outcome["paused"]:
        click.echo("Gepauzeerd. Geef dezelfde opdracht om verder te gaan.")

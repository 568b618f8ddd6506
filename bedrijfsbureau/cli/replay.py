"""`bedrijfsbureau replay`: play a real event log on the process that was made after it, and count what fits."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from sqlalchemy import ColumnElement, func, select

from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.cli import receipt_log, schema
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.playing import DEVIATION, play, set_scene, source_key
from bedrijfsbureau.cli.receipt_log import Trace
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Event


@dataclass(frozen=True)
class Outcome:
    """What the database holds of the log, from this run and from earlier ones."""

    dossiers: int
    events: int
    completed_tasks: int
    deviations: int
    finished: int
    seconds: float

    def to_json(self) -> dict[str, float]:
        """In the words of event logs: a dossier is a case there."""
        return {("cases" if name == "dossiers" else name): count for name, count in asdict(self).items()}


@click.command()
@click.argument("log", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--soort", default="ontvangst-omgevingsvergunning", show_default=True, help="Dossiersoort.")
@click.option("--limit", type=click.IntRange(min=1), help="Alleen de eerste zoveel dossiers uit het logboek.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def replay(installation: Installation, log: Path, soort: str, limit: int | None, as_json: bool) -> None:
    """Speel een logboek (CSV) na: elke gebeurtenis rondt haar taak af, of staat als afwijking in het verloop.

    Wat al is nagespeeld, blijft zoals het is.
    """
    if not log.exists():
        click.echo(f"Het logboek {log} is er niet. Er is niets nagespeeld.", err=as_json)
        return
    traces = receipt_log.read(log)[:limit]
    with installation.database() as database:
        schema.upgrade(database.engine)
        if as_json:
            click.echo(json.dumps(play_all(database, soort, traces).to_json()))
        else:
            with click.progressbar(length=len(traces), label="Naspelen") as bar:
                outcome = play_all(database, soort, traces, lambda: bar.update(1))
            _print(outcome, list(_deviations(database, soort, traces)))


def play_all(
    database: Database, soort: str, traces: Sequence[Trace], one_done: Callable[[], None] = lambda: None
) -> Outcome:
    """Play what was not played before. Each trace is one transaction: it is there whole or not at all."""
    begin = time.monotonic()
    scene = perform(database, SYSTEM, now(), set_scene, soort, traces)
    for trace in traces:
        with transaction(database, SYSTEM, trace.events[0].at) as tx:
            play(tx, scene, trace)
        one_done()
    with reading(database, SYSTEM, now()) as tx:
        mine = _of_traces(soort, traces)
        by_kind = select(Event.kind, func.count()).join(Dossier, Dossier.id == Event.dossier_id).where(mine)
        counts = dict(tx.session.execute(by_kind.group_by(Event.kind)).all())
        finished = tx.session.scalar(select(func.count(Dossier.id)).where(mine, Dossier.closed_at.is_not(None)))
    return Outcome(
        dossiers=len(traces),
        events=sum(len(trace.events) for trace in traces),
        completed_tasks=counts.get("taak_afgerond", 0),
        deviations=counts.get(DEVIATION, 0),
        finished=finished or 0,
        seconds=round(time.monotonic() - begin, 1),
    )


def _of_traces(soort: str, traces: Sequence[Trace]) -> ColumnElement[bool]:
    return Dossier.source_key.in_([source_key(soort, trace) for trace in traces])


def _deviations(database: Database, soort: str, traces: Sequence[Trace]) -> Iterator[str]:
    found = select(Dossier.number, Event).join(Event, Event.dossier_id == Dossier.id).order_by(Event.at, Event.number)
    with reading(database, SYSTEM, now()) as tx:
        mine = _of_traces(soort, traces)
        for number, event in tx.session.execute(found.where(mine, Event.kind == DEVIATION)):
            ready = ", ".join(event.data["open"]) or "geen"
            yield f"{number}, {event.at:%d-%m-%Y}: geen open taak voor '{event.data['activity']}' (open: {ready})."


def _print(outcome: Outcome, deviations: Sequence[str]) -> None:
    share = f"{100 * outcome.completed_tasks / outcome.events:.2f}".replace(".", ",") if outcome.events else "0"
    click.echo(f"{outcome.dossiers} dossiers met {outcome.events} gebeurtenissen in {outcome.seconds:.0f} seconden.")
    click.echo(f"{outcome.completed_tasks} taken afgerond ({share} %); {outcome.finished} dossiers zijn klaar.")
    click.echo(f"Afwijkingen: {outcome.deviations}.")
    for line in deviations:
        click.echo(f"  {line}")

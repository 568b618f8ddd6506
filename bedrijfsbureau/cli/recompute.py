"""`bedrijfsbureau termijn recompute`: a rule changed, so the term of every open dossier is computed again."""

import json
import sys
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.recompute import recompute_runs
from bedrijfsbureau.actions.recompute.recompute_runs import Preview
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.sentence import bad_input_is_status_2
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.model import SYSTEM, RunStatus, TermijnRun


@click.command()
@click.argument("rule_key", metavar="RULE")
@click.option("--dry-run", is_flag=True, help="Zeg hoeveel dossiers veranderen en hoeveel; er verandert niets.")
@click.option("--undo", "undo", type=int, metavar="ID", help="Draai herberekening ID van deze regel terug.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
@bad_input_is_status_2
def recompute(installation: Installation, rule_key: str, dry_run: bool, undo: int | None, as_json: bool) -> None:
    """Herbereken een termijn voor alle open dossiers met de nieuwste versie van zijn regel.

    Gaat in delen; elk dossier krijgt een regel in zijn verloop. Ctrl-C pauzeert: dezelfde opdracht gaat verder waar zij
    was. Status 1 als de herberekening niet af is.
    """
    if dry_run and undo is not None:
        raise InvalidInput({}, "Kies --dry-run of --undo, niet allebei.")
    with installation.database() as database:
        if dry_run:
            with reading(database, SYSTEM, now()) as tx:
                foretold = _foretold(recompute_runs.preview(tx, rule_key))
            _print(foretold, as_json, _as_preview)
            return
        run, paused = _run(database, rule_key, undo, quiet=as_json)
    outcome = {
        "rule": run.rule, "run": run.id, "version": run.rule_version, "undo_of": run.undo_of, "total": run.total,
        "seen": run.seen, "changed": run.changed, "paused": paused,
    }  # fmt: skip
    _print(outcome, as_json, _as_run)
    sys.exit(1 if paused else 0)


def _run(database: Database, key: str, undo: int | None, quiet: bool) -> tuple[TermijnRun, bool]:
    if undo is None:
        run = perform(database, SYSTEM, now(), recompute_runs.start, key, by_worker=False)
    else:
        run = perform(database, SYSTEM, now(), recompute_runs.undo, undo, by_worker=False, of_rule=key)
    known: dict[object, object] = {}
    with Progress(console=Console(stderr=True), disable=quiet or not sys.stderr.isatty()) as progress:
        bar = progress.add_task("Herberekenen", total=run.total, completed=run.seen)
        try:
            while run.status is RunStatus.RUNNING:
                run = perform(database, SYSTEM, now(), recompute_runs.do_page, run.id, known=known)
                progress.update(bar, completed=run.seen)
        except KeyboardInterrupt:  # the page at hand stays as it was
            run = perform(database, SYSTEM, now(), recompute_runs.pause, run.id)
    return run, run.status is not RunStatus.DONE


def _foretold(made: Preview) -> dict[str, Any]:
    return {
        "rule": made.rule, "total": made.total, "changed": made.changed, "earlier": made.earlier, "later": made.later,
        "usual_shift_days": made.usual_shift, "overdue": made.overdue,
        "locaties": [
            {"name": name, "changed": each.changed, "overdue": each.overdue} for name, each in made.locaties.items()
        ],
    }  # fmt: skip


def _as_preview(made: dict[str, Any]) -> str:
    head = (
        f"{made['changed']} van {made['total']} dossiers krijgen een andere datum: {made['earlier']} eerder, "
        f"{made['later']} later (gewoonlijk {made['usual_shift_days']:+d} dagen). Te laat worden er {made['overdue']}."
    )
    lines = (f"  {each['name']}: {each['changed']}, te laat {each['overdue']}" for each in made["locaties"])
    return "\n".join([head, *lines])


def _as_run(made: dict[str, Any]) -> str:
    if made["paused"]:
        return f"Gepauzeerd na {made['seen']} van {made['total']}. Geef dezelfde opdracht om verder te gaan."
    done = f"Klaar: {made['changed']} van {made['total']} dossiers gewijzigd (herberekening {made['run']})."
    return done if made["undo_of"] else f"{done} Terugdraaien: --undo {made['run']}."


def _print(made: dict[str, Any], as_json: bool, shown: Any) -> None:
    click.echo(json.dumps(made, ensure_ascii=False) if as_json else shown(made))

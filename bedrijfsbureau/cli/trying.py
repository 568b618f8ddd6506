"""`bedrijfsbureau policy preview`: a policy on all running dossiers, in two processes, nothing written to them."""

import gc
import json
import os
import signal
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bedrijfsbureau.actions.drafting import policy_drafts
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.previewing import preview_work, previews
from bedrijfsbureau.actions.previewing.previews import Part
from bedrijfsbureau.cli.installation import Installation, with_installation
from bedrijfsbureau.cli.policies import draft_of, read_policy
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Preview, Transition
from bedrijfsbureau.queries import previews as queries

DONE, FAILED = "done", "failed"
RULES = [rule.value for rule in Transition]


@click.command("preview")
@click.argument("soort")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--processes", default=2, type=click.IntRange(1, 32), help="Processen naast elkaar.")
@click.option("--transition", type=click.Choice(RULES), help="Regel voor lopende dossiers.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
@with_installation
def try_out(
    installation: Installation, soort: str, file: Path | None, processes: int, transition: str | None, as_json: bool
) -> None:
    """Probeer het concept, of een bestand, op alle lopende dossiers: wat zou er veranderen? Aan de dossiers verandert
    niets. Ctrl-C stopt."""
    with installation.database() as database:
        preview_id, parts = _begin(database, soort, file, transition, processes)
        stopped = carry_out(installation, database, preview_id, parts, quiet=as_json or not sys.stderr.isatty())
        with reading(database, SYSTEM, now()) as tx:
            found = queries.summary(tx, queries.preview(tx, preview_id))
    click.echo(json.dumps(_rows(found), ensure_ascii=False)) if as_json else _print(found)
    sys.exit(1 if stopped else 0)


def carry_out(
    installation: Installation, database: Database, preview_id: int, parts: list[Part], quiet: bool = True
) -> bool:
    """Each part by a process of its own. Whether it was stopped, or could not go on."""
    with reading(database, SYSTEM, now()) as tx:
        total = queries.preview(tx, preview_id).total
    database.engine.dispose()  # each process has connections of its own
    telling = [_started(installation, preview_id, part) for part in parts]
    stopped = False
    with Progress(console=Console(stderr=True), disable=quiet) as progress:
        bar = progress.add_task("Proberen", total=total)
        while telling:
            try:
                done, ended = _heard(telling)
            except KeyboardInterrupt:
                done, ended = 0, False
            else:
                progress.advance(bar, done)
            if ended is False:
                perform(database, SYSTEM, now(), previews.stop, preview_id)
                stopped = True
    return stopped


def _heard(telling: list[Connection]) -> tuple[int, bool | None]:
    """How many dossiers were done since, and whether a process that ended had done its part; None when none ended."""
    done, ended = 0, None
    for reader in wait(telling):
        assert isinstance(reader, Connection)
        try:
            page = reader.recv()
        except EOFError:  # it died
            page = FAILED
        if page in (DONE, FAILED):
            telling.remove(reader)
            reader.close()
            ended = page == DONE and ended is not False
        else:
            done += page
    return done, ended


def _started(installation: Installation, preview_id: int, part: Part) -> Connection:
    """Where a process says how many dossiers each page had, and that it is done."""
    context = get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    context.Process(target=_work, args=(installation, preview_id, part, writer), daemon=True).start()
    writer.close()
    return reader


def _begin(
    database: Database, soort: str, file: Path | None, transition: str | None, processes: int
) -> tuple[int, list[Part]]:
    with reading(database, SYSTEM, now()) as tx:
        draft = None if file else draft_of(tx, soort)
        day = policy_drafts.today(tx)
    if draft is None:
        assert file is not None
        content, begins, rule = read_policy(file), day, Transition.ALL
    else:
        content, begins, rule = draft.policy, draft.valid_from, draft.transition
    chosen = Transition(transition) if transition else rule
    with transaction(database, SYSTEM, now()) as tx:
        preview: Preview = previews.begin(tx, soort, content, begins, chosen)
        return preview.id, previews.parts(tx, preview, processes)


def _work(installation: Installation, preview_id: int, part: Part, told: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asked says when to stop
    gc.freeze()  # what the parent made is not looked through for garbage
    with installation.database() as database:
        for done in preview_work.carry_out(database, SYSTEM, now, preview_id, part):
            told.send(done)
    told.send(DONE)
    told.close()
    os._exit(0)  # nothing of the parent's is this process's to close


def _rows(found: queries.Summary) -> dict[str, Any]:
    preview = found.preview
    return {
        "preview": preview.id, "status": preview.status.value, "total": preview.total, "done": preview.done,
        "stay": preview.stay, "dossiers": found.dossiers,
        "changes": [
            {"kind": c.kind.value, "code": c.code, "old": c.old, "new": c.new, "count": c.count} for c in found.changes
        ],
        "locaties": [
            {"locatie": line.locatie, "kind": line.kind.value, "count": line.count} for line in found.locaties
        ],
    }  # fmt: skip


def _print(found: queries.Summary) -> None:
    preview = found.preview
    if preview.done < preview.total:
        click.echo(f"Gestopt na {preview.done} van {preview.total} dossiers.")
    click.echo(f"{found.dossiers} van {preview.done} dossiers veranderen; {preview.stay} houden hun beleid.")
    shown = Table("wat", "punt of taak", "nu", "wordt", "dossiers")
    for change in found.changes:
        shown.add_row(change.kind.value, change.code, change.old or "-", change.new or "-", str(change.count))
    Console().print(shown)

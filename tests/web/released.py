"""A real dossier of asiel-aa with everything in it: behandelklaar, and one step further released to the gehoor."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

import bedrijfsbureau
from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import dossiers, tasks
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.model import SYSTEM, Dossier, Locatie, Stuk, StukState, Task, TaskStatus

SOORT = "asiel-aa"
COMPLETE = "D-2026-06000"
RELEASING = "t_vrijgeven"
REMARK = "Let op: de tolk komt om 10 uur."
OPENED = date(2026, 3, 1)  # what lies before it stays, so that the old law holds; later dates move to about today


@cache
def shipped() -> dossiersoort.Dossiersoort:
    return dossiersoort.read(Path(bedrijfsbureau.__file__).parents[1] / "bpmn" / SOORT)


def add_complete(database: Database, now: datetime, locatie: str = "Ter Apel", number: str = COMPLETE) -> int:
    """Behandelklaar: only vrijgeven is left. Answers its id."""
    soort = shipped()
    perform(database, SYSTEM, now, processes.publish_dossiersoort, soort)
    with reading(database, SYSTEM, now) as tx:
        locatie_id = tx.session.scalars(select(Locatie.id).where(Locatie.name == locatie)).one()
    assert soort.basisdossier is not None
    complete = _moved(soort.basisdossier, now.date())
    gegevens = {group: fields for group, fields in complete["gegevens"].items() if group != "vrijgave"}
    gegevens["persoon"] = {**gegevens["persoon"], "naam": "Ada <b>Tesfai</b>", "v_nummer": "2912345699"}
    dossier = perform(
        database, SYSTEM, now, dossiers.open_dossier,
        soort=SOORT, locatie_id=locatie_id, gegevens=gegevens, stukken=_stukken(complete), number=number,
    )  # fmt: skip
    _complete(database, now, dossier.id, until=RELEASING)
    return dossier.id


def release(database: Database, now: datetime, dossier_id: int) -> None:
    _complete(database, now, dossier_id, until="")


def dossier_id(database: Database, now: datetime, number: str = COMPLETE) -> int:
    with reading(database, SYSTEM, now) as tx:
        return tx.session.scalars(select(Dossier.id).where(Dossier.number == number)).one()


def stored(database: Database, now: datetime, dossier_id: int) -> Dossier:
    with reading(database, SYSTEM, now) as tx:
        return tx.session.get_one(Dossier, dossier_id)


def _moved(basis: Any, today: date) -> Any:
    """The complete dossier with its dates from OPENED on moved by whole weeks to about today."""
    moved_by = (today - date.fromisoformat(str(basis["vandaag"]))) // timedelta(weeks=1) * timedelta(weeks=1)

    def move(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: move(item) for key, item in value.items()}
        if isinstance(value, list):
            return [move(item) for item in value]
        try:
            day = date.fromisoformat(value)
        except (TypeError, ValueError):
            return value
        return value if day < OPENED else (day + moved_by).isoformat()

    return move(dict(basis))


def _stukken(complete: Any) -> list[Stuk]:
    return [
        Stuk(
            soort=each["soort"], state=StukState.AANWEZIG, source=each.get("van") or "wij", in_use=False,
            received_on=date.fromisoformat(each["ontvangen_op"]) if each.get("ontvangen_op") else date(2026, 11, 2),
            gegevens=each.get("gegevens") or {}, versions=[],
        )
        for each in complete["stukken"]
    ]  # fmt: skip


def _complete(database: Database, now: datetime, dossier_id: int, until: str) -> None:
    """Do the open tasks with what is known, and say yes to vrijgeven; stop before task `until`."""
    for _ in range(40):
        with reading(database, SYSTEM, now) as tx:
            dossier = tx.session.get_one(Dossier, dossier_id)
            kind = load_kind(tx, dossier.process_version_id, dossier.policy_version_id)
            mine = select(Task).where(Task.dossier_id == dossier_id, Task.status == TaskStatus.OPEN)
            task = next((each for each in tx.session.scalars(mine) if each.element != until), None)
        if task is None:
            return
        form = kind.forms[task.form] if task.form else None
        paths = [field.path for field in form.fields if not field.computed] if form else []
        known = {path: dossier.gegevens.get(path.split(".")[0], {}).get(path.split(".")[-1]) for path in paths}
        if task.element == RELEASING:
            known = {"vrijgave.opmerking": REMARK}
        perform(database, SYSTEM, now, tasks.complete, task.id, {k: v for k, v in known.items() if v is not None})

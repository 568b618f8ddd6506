"""Handing messages over to the world outside."""

import json
from datetime import datetime
from pathlib import Path

from bedrijfsbureau.actions import rappels
from bedrijfsbureau.database import Database
from bedrijfsbureau.errors import NotDelivered
from bedrijfsbureau.model import DueWork
from bedrijfsbureau.rappel import Outlet
from bedrijfsbureau.worker.job import Send, act


def deliver_to(folder: Path) -> Send:
    """The delivery of an installation without mail: one JSON file per message, for someone or something to pick up."""

    def send(work: DueWork) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{work.id:08}.json"
        unfinished = target.with_suffix(".tmp")
        unfinished.write_text(json.dumps(work.payload, ensure_ascii=False, indent=1), encoding="utf-8")
        unfinished.replace(target)

    return send


def deliver(database: Database, now: datetime, outlet: Outlet, rappel_id: int) -> None:
    """Give it to the partij. Dying between the sending and its mark, or an error that leaves open whether it arrived,
    is followed by another attempt with the same content under the same id.

    Raises NotDelivered when it certainly did not arrive, else whatever error the delivery ended in.
    """
    letter = act(database, now, rappels.prepare, rappel_id)
    if letter is None:
        return
    try:
        outlet.deliver(letter)
    except NotDelivered as error:
        act(database, now, rappels.refused, rappel_id, str(error))
        raise
    act(database, now, rappels.sent, rappel_id)

"""The history of a dossier: one row per change, each chained to the one before it.

A row's hash is SHA-256 over the canonical JSON of the row and the hash of its predecessor, so that an edited, deleted,
swapped or inserted row breaks the chain; the head lies on the dossier, so that a cut-off tail shows as well.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Event


def record(tx: Tx, dossier: Dossier, kind: str, **data: Any) -> Event:
    """Add what happened to the end of the dossier's history."""
    event = next_event(tx, dossier, kind, data)
    tx.session.add(event)
    return event


def next_event(tx: Tx, dossier: Dossier, kind: str, data: dict[str, Any]) -> Event:
    """The row that comes after the last one, chained to it; the caller writes it."""
    event = Event(
        dossier_id=dossier.id,
        number=dossier.event_count + 1,
        at=tx.now,
        actor_id=tx.actor.id,
        actor=tx.actor.name,
        kind=kind,
        data=data,
    )
    event.hash = _hash(event, dossier.event_hash)
    dossier.event_count, dossier.event_hash = event.number, event.hash
    return event


def is_unbroken(dossier: Dossier, events: Iterable[Event]) -> bool:
    """Whether `events`, in order, are the whole history that `dossier` points at."""
    count, head = 0, ""
    for event in events:
        count, head = count + 1, _hash(event, head)
        if (event.number, event.hash) != (count, head):
            return False
    return (count, head) == (dossier.event_count, dossier.event_hash)


def _hash(event: Event, previous: str) -> str:
    row = [
        previous,
        event.dossier_id,
        event.number,
        event.at.timestamp(),
        event.actor_id,
        event.actor,
        event.kind,
        event.data,
    ]
    return hashlib.sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()

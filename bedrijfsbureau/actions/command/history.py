"""The history of a dossier: one row per change, each chained to the one before it.

A row's hash is SHA-256 over the canonical JSON of the row and the hash of its predecessor, so that an edited, deleted,
swapped or inserted row breaks the chain; the head lies on the dossier, so that a cut-off tail shows as well.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import orjson

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Event


def record(tx: Tx, dossier: Dossier, kind: str, **data: Any) -> None:
    """Add what happened to the end of the dossier's history."""
    tx.session.add(Event(**next_event(tx, dossier, kind, data)))


def next_event(tx: Tx, dossier: Dossier, kind: str, data: dict[str, Any]) -> dict[str, Any]:
    """The row that comes after the last one, chained to it; the caller writes it."""
    number, actor = dossier.event_count + 1, tx.actor
    seal = _hash(dossier.event_hash, dossier.id, number, tx.now, actor.id, actor.name, kind, data)
    dossier.event_count, dossier.event_hash = number, seal
    who = {"actor_id": actor.id, "actor": actor.name}
    return {"dossier_id": dossier.id, "number": number, "at": tx.now, **who, "kind": kind, "data": data, "hash": seal}


def is_unbroken(dossier: Dossier, events: Iterable[Event]) -> bool:
    """Whether `events`, in order, are the whole history that `dossier` points at."""
    count, head = 0, ""
    for e in events:
        count, head = count + 1, _hash(head, e.dossier_id, e.number, e.at, e.actor_id, e.actor, e.kind, e.data)
        if (e.number, e.hash) != (count, head):
            return False
    return (count, head) == (dossier.event_count, dossier.event_hash)


def _hash(previous: str, dossier_id: int, number: int, at: datetime, *rest: Any) -> str:
    row = [previous, dossier_id, number, at.timestamp(), *rest]
    return hashlib.sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()

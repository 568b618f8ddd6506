"""Keeping who looked at which dossier, in a transaction of its own: a page that can't be logged is not shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import insert

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Viewing


@dataclass(frozen=True)
class Look:
    """`part`: the page; `about`: of a stuk its kind and version."""

    dossier_id: int
    part: str
    about: str = ""


def keep(tx: Tx, looks: Iterable[Look]) -> None:
    """Only what people look at: the system reads dossiers all the time."""
    who = {"medewerker_id": tx.actor.id, "name": tx.actor.name, "role": str(tx.actor.role), "at": tx.now}
    rows = [
        {"dossier_id": look.dossier_id, "part": look.part, "about": look.about, **who}
        for look in looks
        if tx.actor.id is not None
    ]
    if rows:
        tx.write_later(lambda connection: connection.execute(insert(Viewing).inline(), rows))

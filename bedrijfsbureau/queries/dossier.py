"""One dossier, as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Dossier, Json, Locatie
from bedrijfsbureau.queries.access import dossiers_visible_to


@dataclass(frozen=True)
class Head:
    id: int
    number: str
    heading: str
    dossiersoort: str
    stage: str
    locatie: str
    gehoor_op: date | None
    beslistermijn: date | None
    verdicts: Mapping[str, Json]


def head(tx: Tx, dossier_id: int) -> Head:
    """Raises NotFound when there is no such dossier that the actor may see. One statement."""
    query = (
        select(
            Dossier.id, Dossier.number, Dossier.heading, Dossier.dossiersoort, Dossier.stage, Locatie.name,
            Dossier.gehoor_op, Dossier.beslistermijn, Dossier.verdicts,
        )
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(Dossier.id == dossier_id, dossiers_visible_to(tx.actor))
    )  # fmt: skip
    found = tx.session.execute(query).one_or_none()
    if found is None:
        raise NotFound("Dit dossier bestaat niet, of hoort bij een andere locatie.")
    return Head(*found)

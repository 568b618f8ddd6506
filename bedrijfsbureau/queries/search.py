"""Finding a dossier by its number or by the V-nummer of its person. Exact: an index answers, nobody browses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Locatie, Stage
from bedrijfsbureau.queries.access import dossiers_visible_to

YEARS_BACK = 4  # "4711" is looked for in the numbers of this year and the years before it
MOST = 20


@dataclass(frozen=True)
class Found:
    id: int
    number: str
    heading: str
    stage: Stage
    locatie: str
    verdicts: Mapping[str, Mapping[str, Any]]


def dossiers(tx: Tx, question: str, year: int) -> tuple[Found, ...]:
    """What the actor may see of dossiers with this number or V-nummer. One statement; none for an empty question."""
    if not question:
        return ()
    query = (
        select(Dossier.id, Dossier.number, Dossier.heading, Dossier.stage, Locatie.name, Dossier.verdicts)
        .join(Locatie, Locatie.id == Dossier.locatie_id)
        .where(or_(Dossier.number.in_(_numbers(question, year)), Dossier.v_nummer == _digits(question)))
        .where(dossiers_visible_to(tx.actor))
        .order_by(Dossier.number.desc())
        .limit(MOST)
    )
    return tuple(Found(*row) for row in tx.session.execute(query))


def _numbers(question: str, year: int) -> list[str]:
    """The dossier numbers someone can mean: the whole number, "2026-4711", or only "4711"."""
    asked = question.upper()
    if parts := re.fullmatch(r"(?:D-)?(\d{4})-(\d{1,6})", asked):
        return [f"D-{parts[1]}-{int(parts[2]):05d}"]
    if re.fullmatch(r"\d{1,5}", asked):
        return [f"D-{year - back}-{int(asked):05d}" for back in range(YEARS_BACK)]
    return [asked]


def _digits(question: str) -> str:
    """A V-nummer as it is kept, however it was typed: "V 012.345.6789" is "0123456789"."""
    return re.sub(r"[^0-9]", "", question) or question

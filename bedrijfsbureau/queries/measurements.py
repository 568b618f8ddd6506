"""What was measured last of a dossiersoort, kept as JSON."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import func, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Json, Measurement
from bedrijfsbureau.planning import ENOUGH, Calibration, Curve, Learnt, Score, Waits


@dataclass(frozen=True)
class Measured:
    id: int
    dossiersoort: str
    at: datetime
    dossiers: int
    learnt: Learnt


@dataclass(frozen=True)
class Wait:
    """How long a check of a partij stays open, in days: half of them, and 85 %, are in order within; None is longer
    than anything measured."""

    code: str
    partij: str
    ended: int
    half: float | None
    most: float | None


def waits(measured: Measured) -> tuple[Wait, ...]:
    """Of every check that was measured often enough, wherever it was, the slowest first."""
    found = [
        Wait(key[0], key[1], curve.ended, curve.within(0.5), curve.within(0.85))
        for key, curve in measured.learnt.waits.curves.items()
        if len(key) == 2 and curve.ended >= ENOUGH
    ]
    return tuple(sorted(found, key=lambda wait: (-(float("inf") if wait.half is None else wait.half), wait.code)))


def last(tx: Tx, dossiersoort: str) -> Measured | None:
    """What counts now. One statement, and one more when it is not known in this process yet."""
    query = select(func.max(Measurement.id)).where(Measurement.dossiersoort == dossiersoort)
    return _of(tx, found) if (found := tx.session.scalar(query)) is not None else None


def every_last(tx: Tx) -> tuple[Measured, ...]:
    """Of each dossiersoort."""
    ids = tx.session.scalars(select(func.max(Measurement.id)).group_by(Measurement.dossiersoort)).all()
    return tuple(sorted((_of(tx, each) for each in ids), key=lambda measured: measured.dossiersoort))


def _of(tx: Tx, measurement_id: int) -> Measured:
    kept = cast(dict[int, Measured], tx.database.measured)
    if measurement_id not in kept:
        row = tx.session.get_one(Measurement, measurement_id)
        for older in [each for each, known in kept.items() if known.dossiersoort == row.dossiersoort]:
            kept.pop(older, None)  # nobody asks for it again
        kept[measurement_id] = Measured(row.id, row.dossiersoort, row.measured_at, row.dossiers, _read(row.content))
    return kept[measurement_id]


def as_json(learnt: Learnt) -> Json:
    return {
        "curves": [{"key": list(key), **asdict(curve)} for key, curve in learnt.waits.curves.items()],
        "calibration": asdict(learnt.calibration),
        "score": asdict(learnt.score) if learnt.score else None,
    }


def _read(content: Json) -> Learnt:
    curves = {
        tuple(each["key"]): Curve(
            tuple(each["days"]), tuple(each["left"]), tuple(each["at_risk"]), each["until"], each["ended"]
        )
        for each in content["curves"]
    }
    calibration = Calibration(tuple(content["calibration"]["said"]), tuple(content["calibration"]["came"]))
    return Learnt(Waits(curves), calibration, Score(**content["score"]) if content["score"] else None)

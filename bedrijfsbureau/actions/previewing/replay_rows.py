"""Running dossiers read in bulk, a page at a time and without a lock: only what checks look at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, literal, null, select
from sqlalchemy.orm import aliased

from bedrijfsbureau.actions.command.at_hand import RELEASE
from bedrijfsbureau.actions.command.policy_moves import RELEASED
from bedrijfsbureau.actions.kinds.view import stuk_of, verzoek_of, vrijstelling_of
from bedrijfsbureau.actions.previewing.replaying import Seen
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Locatie, OpenPoint, Relatie, Stuk, Verzoek, Vrijgave, Vrijstelling

OTHER = aliased(Dossier)


class Wanted(NamedTuple):
    """What is read beside the record."""

    stukken: bool = True
    relaties: bool = True


def running(soort: str, after: int = 0, until: int | None = None) -> ColumnElement[bool]:
    """A condition on Dossier. `until` is included."""
    wanted = (Dossier.dossiersoort == soort) & Dossier.closed_at.is_(None) & (Dossier.id > after)
    return wanted if until is None else wanted & (Dossier.id <= until)


def read_rows(tx: Tx, where: ColumnElement[bool], most: int, results: bool = False) -> Sequence[Any]:
    """The first dossiers for which this holds, by id. Without their verdicts, which with all their sentences would be
    most of what is read: the open ones have rows."""
    vrijgave = select(literal(1)).where(
        Vrijgave.dossier_id == Dossier.id, Vrijgave.withdrawn_at.is_(None), Vrijgave.returned_at.is_(None),
        Vrijgave.accepted_at.is_(None),
    )  # fmt: skip
    query = select(
        Dossier.id, Dossier.locatie_id, Dossier.dossiersoort, Dossier.regime, Dossier.stage, Dossier.gegevens,
        Dossier.reopened, Dossier.judged, Dossier.process_version_id, Dossier.policy_version_id,
        (Dossier.results if results else null()).label("results"), vrijgave.exists().label("released"),
    )  # fmt: skip
    return tx.connection.execute(query.where(where).order_by(Dossier.id).limit(most)).all()


def see(tx: Tx, rows: Sequence[Any], today: date, wanted: Wanted) -> list[Seen]:
    """These dossiers with what belongs to them. Five statements at most, however many dossiers. One whose verdicts are
    not of today is judged whole, so everything is read then."""
    if not rows:
        return []
    if not all(_is_fresh(row, today) for row in rows):
        wanted = Wanted()
    about = _Parts(tx, rows[0].id, rows[-1].id, wanted)
    return [_seen(row, about, today) for row in rows]


class _Parts:
    """The rows beside the dossiers of a page, by dossier."""

    def __init__(self, tx: Tx, first: int, last: int, wanted: Wanted) -> None:
        def rows(of: Any, *columns: Any) -> Mapping[int, list[Any]]:
            query = select(of, *columns).where(of.between(first, last)).order_by(of.class_.id)
            return _by_first(tx.connection.execute(query))

        points = select(OpenPoint.dossier_id, OpenPoint.code, OpenPoint.state)
        self.open = _by_first(tx.connection.execute(points.where(OpenPoint.dossier_id.between(first, last))))
        self.verzoeken = rows(
            Verzoek.dossier_id, Verzoek.code, Verzoek.partij, Verzoek.asked_on, Verzoek.reminded_on,
            Verzoek.reminders, Verzoek.is_open,
        )  # fmt: skip
        given = rows(
            Vrijstelling.dossier_id, Vrijstelling.code, Vrijstelling.ground, Vrijstelling.reason,
            Vrijstelling.granted_by, Vrijstelling.granted_at, Vrijstelling.valid_until, Vrijstelling.withdrawn_at,
            Vrijstelling.needs_second, Vrijstelling.confirmed_by, Vrijstelling.confirmed_at,
        )  # fmt: skip
        self.vrijstellingen = {of: [row for row in mine if _counts(row)] for of, mine in given.items()}
        self.stukken = rows(
            Stuk.dossier_id, Stuk.soort, Stuk.state, Stuk.received_on, Stuk.source, Stuk.valid_until, Stuk.in_use,
            Stuk.gegevens,
        ) if wanted.stukken else {}  # fmt: skip
        self.relaties = _relaties(tx, first, last) if wanted.relaties else {}


def _counts(row: Any) -> bool:
    """As `Vrijstelling.counts` says."""
    return row.withdrawn_at is None and not (row.needs_second and row.confirmed_at is None)


def _relaties(tx: Tx, first: int, last: int) -> Mapping[int, list[Any]]:
    query = select(
        Relatie.dossier_id, Relatie.kind.label("soort"), OTHER.number.label("dossier"), OTHER.gehoor_op,
        Locatie.name.label("locatie"),
    )  # fmt: skip
    query = query.join(OTHER, OTHER.id == Relatie.other_id).join(Locatie, Locatie.id == OTHER.locatie_id)
    return _by_first(tx.connection.execute(query.where(Relatie.dossier_id.between(first, last)).order_by(Relatie.id)))


def _by_first(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _is_fresh(row: Any, today: date) -> bool:
    """Whether its verdicts were reached today, under the policy that it has."""
    return bool(row.judged == f"{today} {row.policy_version_id} {RELEASE}")


def _seen(row: Any, about: _Parts, today: date) -> Seen:
    return Seen(
        id=row.id,
        locatie_id=row.locatie_id,
        dossiersoort=row.dossiersoort,
        regime=row.regime,
        gegevens=row.gegevens,
        open={point.code: point.state for point in about.open.get(row.id, ())} if _is_fresh(row, today) else None,
        reopened=row.reopened,
        released=bool(row.released) or row.stage in RELEASED,
        stukken=[stuk_of(stuk) for stuk in about.stukken.get(row.id, ())],
        verzoeken=[verzoek_of(verzoek) for verzoek in about.verzoeken.get(row.id, ())],
        relaties=[
            {"soort": r.soort, "dossier": r.dossier, "gehoor_op": r.gehoor_op, "locatie": r.locatie}
            for r in about.relaties.get(row.id, ())
        ],
        vrijstellingen=[vrijstelling_of(each) for each in about.vrijstellingen.get(row.id, ())],
    )

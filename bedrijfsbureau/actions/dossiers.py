"""Opening a dossier, and changing its record outside a task."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from bedrijfsbureau import engine
from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.command.at_hand import AMSTERDAM, AtHand
from bedrijfsbureau.actions.command.host import Host
from bedrijfsbureau.actions.command.settle import handling, settle
from bedrijfsbureau.actions.command.unwritten import Unwritten
from bedrijfsbureau.actions.kinds.expiring import dates_in, look_after
from bedrijfsbureau.actions.kinds.in_force import newest_process, policy_on
from bedrijfsbureau.actions.kinds.kind import Kind, load_kind
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, InvalidInput
from bedrijfsbureau.model import Dossier, Json, Role, Stage, Stuk

NORMAL = 3
NUMBERS = 0x6262  # the advisory lock on numbers of dossiers


def open_dossier(
    tx: Tx,
    *,
    soort: str,
    locatie_id: int,
    gegevens: Json,
    stukken: Sequence[Stuk] = (),
    source_key: str | None = None,
    number: str | None = None,
) -> Dossier:
    """Start a dossier of this dossiersoort under the process and policy in force; its first tasks are open afterwards.

    Raises InvalidInput when `gegevens` does not fit the record, NotFound for an unknown dossiersoort.
    """
    require_role(tx, Role.MEDEWERKER, Role.PLANNER, Role.BEHEERDER)
    today = tx.now.astimezone(AMSTERDAM).date()
    process, policy = newest_process(tx, soort), policy_on(tx, soort, today, gegevens)
    kind = load_kind(tx, process.id, policy.id)
    if faults := kind.soort.record.check(gegevens):
        raise InvalidInput(faults)
    dossier = Dossier(
        number=number or _next_number(tx, today.year),
        source_key=source_key,
        dossiersoort=soort,
        regime=kind.soort.regime,
        process_version_id=process.id,
        policy_version_id=policy.id,
        locatie_id=locatie_id,
        gegevens=gegevens,
        stukken=list(stukken),
        **_nothing_yet(tx.now),
    )
    tx.session.add(dossier)
    tx.session.flush()  # it has an id now; from here on it is a row like any other that a command has in hand
    tx.session.expunge(dossier)
    at_hand = AtHand(tx, dossier, kind, Unwritten([dossier, *_watched(tx, dossier, kind)]))
    at_hand.record("geopend", soort=soort, process=process.number, policy=policy.number, gegevens=gegevens)
    at_hand.instance = engine.start(kind.model, Host(at_hand))
    settle(at_hand)
    return dossier


def change_gegevens(
    tx: Tx, dossier_id: int, changes: Mapping[str, Any], expected_version: int | None = None
) -> Dossier:
    """Correct fields of the record (path -> JSON value). Raises InvalidInput, or Conflict naming who was first."""
    with handling(tx, dossier_id) as at_hand:
        dossier = at_hand.dossier
        if expected_version is not None and dossier.version != expected_version:
            raise Conflict(
                "Dit dossier is gewijzigd sinds u het opende. Ververs de pagina en vul uw wijziging opnieuw in."
            )
        changed = {
            group: dict(fields) if isinstance(fields, dict) else fields for group, fields in dossier.gegevens.items()
        }
        for path, value in changes.items():
            group, _, field = path.partition(".")
            if field:
                changed.setdefault(group, {})[field] = value
            else:
                changed[group] = value
        if faults := at_hand.kind.soort.record.check(changed):
            raise InvalidInput(faults)
        at_hand.write(changes)
    return at_hand.dossier


def _watched(tx: Tx, dossier: Dossier, kind: Kind) -> list[Stuk]:
    """Its stukken; what goes out of date later, they or dates of the record, is looked at then."""
    days = {stuk.valid_until for stuk in dossier.stukken if stuk.valid_until is not None}
    for path in kind.lapsing:
        group, _, name = path.partition(".")
        content = dossier.gegevens.get(group)
        days |= set(dates_in(content.get(name) if name and isinstance(content, dict) else content))
    for day in sorted(days):
        look_after(tx, dossier.id, day)
    return dossier.stukken


def _nothing_yet(now: datetime) -> Json:
    """What the first look at a dossier fills in."""
    texts = {"heading": "", "event_hash": "", "judged": ""}
    objects: Json = {name: {} for name in ("verdicts", "results", "reopened", "active")}
    rows: Json = {name: [] for name in ("verzoeken", "vrijstellingen", "tasks")}
    moments = {"opened_at": now, "changed_at": now}
    return {"stage": Stage.VOORBEREIDING, "priority": NORMAL, "event_count": 0, **moments, **texts, **objects, **rows}


def _next_number(tx: Tx, year: int) -> str:
    """D-2026-00001, counted per year. Who comes at the same time waits for the end of our transaction; the column is
    unique all the same."""
    prefix = f"D-{year}-"
    if tx.connection.dialect.name == "postgresql":  # on SQLite writers wait for each other anyway
        tx.connection.execute(select(func.pg_advisory_xact_lock(NUMBERS, year)))
    last = tx.session.scalar(select(func.max(Dossier.number)).where(Dossier.number.like(f"{prefix}%")))
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05}"

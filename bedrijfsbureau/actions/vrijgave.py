"""The vrijgave: evaluated, sealed and recorded in one transaction; withdrawn, accepted or returned later."""

import hashlib
import hmac
from typing import Any

import orjson
from sqlalchemy import func, select

from bedrijfsbureau.actions.at_hand import AtHand
from bedrijfsbureau.errors import NotReady
from bedrijfsbureau.model import Dossier, Incident, Json, StukState, Vrijgave


def standing_vrijgave(at_hand: AtHand) -> Vrijgave | None:
    """The vrijgave that counts now: not withdrawn, not returned, not accepted."""
    return at_hand.tx.session.scalar(
        select(Vrijgave).where(
            Vrijgave.dossier_id == at_hand.dossier.id,
            Vrijgave.withdrawn_at.is_(None),
            Vrijgave.returned_at.is_(None),
            Vrijgave.accepted_at.is_(None),
        )
    )


def release(at_hand: AtHand) -> Vrijgave:
    """Evaluate everything again, and seal what was found. Raises NotReady when anything blocks."""
    at_hand.changed()
    blocking = [verdict.title for verdict in at_hand.verdicts if verdict.blocks]
    if blocking or has_open_incident(at_hand):
        raise NotReady("Nog niet behandelklaar: " + ("; ".join(blocking) or "er is een open storing") + ".")
    tx, dossier = at_hand.tx, at_hand.dossier
    earlier = tx.session.scalar(select(func.max(Vrijgave.number)).where(Vrijgave.dossier_id == dossier.id)) or 0
    content = _content(at_hand, earlier + 1)
    vrijgave = Vrijgave(
        dossier_id=dossier.id,
        number=earlier + 1,
        at=tx.now,
        by_id=tx.actor.id,
        by=tx.actor.name,
        policy_version_id=dossier.policy_version_id,
        content=content,
        seal=seal(content, tx.database.secret),
    )
    tx.session.add(vrijgave)
    tx.session.flush()
    at_hand.record("vrijgegeven", number=vrijgave.number, seal=vrijgave.seal)
    return vrijgave


def withdraw_vrijgave(at_hand: AtHand, vrijgave: Vrijgave, reason: str) -> None:
    vrijgave.withdrawn_at, vrijgave.withdrawn_reason = at_hand.tx.now, reason
    at_hand.tx.session.flush()
    at_hand.record("vrijgave_ingetrokken", number=vrijgave.number, reason=reason)


def has_open_incident(at_hand: AtHand) -> bool:
    is_open = select(Incident.id).where(Incident.dossier_id == at_hand.dossier.id, Incident.resolved_at.is_(None))
    return at_hand.tx.session.scalar(is_open.limit(1)) is not None


def seal(content: Json, secret: bytes) -> str:
    """HMAC-SHA256 over the canonical JSON: a record that was edited afterwards no longer fits its seal."""
    return hmac.new(secret, orjson.dumps(content, option=orjson.OPT_SORT_KEYS), hashlib.sha256).hexdigest()


def is_sealed(vrijgave: Vrijgave, secret: bytes) -> bool:
    return hmac.compare_digest(seal(vrijgave.content, secret), vrijgave.seal)


def _content(at_hand: AtHand, number: int) -> dict[str, Any]:
    """Everything needed to evaluate the checks again and get the same answer."""
    dossier = at_hand.dossier
    return {
        "dossier": dossier.number,
        "number": number,
        "at": at_hand.tx.now.isoformat(),
        "today": at_hand.today.isoformat(),
        "by": at_hand.tx.actor.name,
        "process_version": at_hand.kind.process_number,
        "policy_version": at_hand.kind.policy_number,
        "regime": dossier.regime,
        "gegevens": dossier.gegevens,
        "verdicts": [
            {"code": v.code, "title": v.title, "state": v.state.value, "message": v.message} for v in at_hand.verdicts
        ],
        "stukken": _evidence(dossier),
        "vrijstellingen": [
            {"code": v.code, "reason": v.reason, "by": v.granted_by, "valid_until": v.valid_until.isoformat()}
            for v in dossier.vrijstellingen
            if v.withdrawn_at is None
        ],
    }


def _evidence(dossier: Dossier) -> list[Json]:
    return [
        {
            "id": stuk.id,
            "soort": stuk.soort,
            "received_on": stuk.received_on.isoformat(),
            "source": stuk.source,
            "gegevens": stuk.gegevens,
            "versions": [{"number": v.number, "sha256": v.sha256, "filename": v.filename} for v in stuk.versions],
        }
        for stuk in dossier.stukken
        if stuk.state == StukState.AANWEZIG
    ]

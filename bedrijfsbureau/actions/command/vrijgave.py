"""The vrijgave: evaluated, sealed and recorded in one transaction; withdrawn, accepted or returned later."""

import hashlib
import hmac
from datetime import date
from typing import Any

import orjson
from sqlalchemy import func, select

from bedrijfsbureau import checks, feel
from bedrijfsbureau.actions.command.at_hand import RELEASE, AtHand
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.actions.kinds.view import shown_by
from bedrijfsbureau.database import Tx
from bedrijfsbureau.dossiersoort import Record
from bedrijfsbureau.errors import NotReady
from bedrijfsbureau.model import Dossier, Incident, Json, StukState, Vrijgave


def release(at_hand: AtHand) -> Vrijgave:
    """Evaluate everything again, and seal what was found. Raises NotReady when anything blocks."""
    at_hand.changed()
    blocking = [verdict.title for verdict in at_hand.blocking]
    if blocking or has_open_incident(at_hand):
        raise NotReady("Nog niet behandelklaar: " + ("; ".join(blocking) or "er is een open storing") + ".")
    tx, dossier = at_hand.tx, at_hand.dossier
    tx.session.flush()
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
    at_hand.vrijgave = vrijgave
    at_hand.record("vrijgegeven", number=vrijgave.number, seal=vrijgave.seal)
    return vrijgave


def withdraw_vrijgave(at_hand: AtHand, vrijgave: Vrijgave, reason: str) -> None:
    vrijgave.withdrawn_at, vrijgave.withdrawn_reason = at_hand.tx.now, reason
    at_hand.vrijgave = None
    at_hand.record("vrijgave_ingetrokken", number=vrijgave.number, reason=reason)


def has_open_incident(at_hand: AtHand) -> bool:
    is_open = select(Incident.id).where(Incident.dossier_id == at_hand.dossier.id, Incident.resolved_at.is_(None))
    return at_hand.tx.session.scalar(is_open.limit(1)) is not None


def seal(content: Json, secret: bytes) -> str:
    """HMAC-SHA256 over the canonical JSON: a record that was edited afterwards no longer fits its seal."""
    return hmac.new(secret, orjson.dumps(content, option=orjson.OPT_SORT_KEYS), hashlib.sha256).hexdigest()


def is_sealed(vrijgave: Vrijgave, secret: bytes) -> bool:
    return hmac.compare_digest(seal(vrijgave.content, secret), vrijgave.seal)


def reevaluate(tx: Tx, vrijgave: Vrijgave) -> tuple[checks.Verdict, ...]:
    """The verdicts that the sealed content gives under the policy it was released with: the same as then."""
    dossier = tx.session.get_one(Dossier, vrijgave.dossier_id)
    kind = load_kind(tx, dossier.process_version_id, vrijgave.policy_version_id)
    view = sealed_view(vrijgave.content, dossier.dossiersoort, kind.soort.record, kind.policy)
    return checks.evaluate(kind.policy, view, shown_by(kind.soort.record))


def sealed_view(content: Json, soort: str, record: Record, policy: checks.Policy) -> checks.DossierView:
    """The dossier as the checks saw it when it was sealed."""
    seen = content["seen"]
    return checks.DossierView(
        dossiersoort=soort,
        regime=content["regime"],
        today=date.fromisoformat(content["today"]),
        gegevens=record.parse(content["gegevens"]),
        stukken=_with_dates(seen["stukken"], "ontvangen_op", "geldig_tot"),
        verzoeken=_with_dates(seen["verzoeken"], "verzonden_op"),
        relaties=_with_dates(seen["relaties"], "gehoor_op"),
        instellingen=policy.instellingen,
        vrijstellingen=tuple(
            checks.Vrijstelling(
                row["code"], row["by"], row["reason"], date.fromisoformat(row["granted_on"]),
                date.fromisoformat(row["valid_until"]),
            )
            for row in content["vrijstellingen"]
        ),
        terugzendingen=seen["terugzendingen"],
    )  # fmt: skip


def _with_dates(rows: list[Json], *names: str) -> tuple[Json, ...]:
    return tuple({**row, **{name: row[name] and date.fromisoformat(row[name]) for name in names}} for row in rows)


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
            {
                "code": v.code,
                "reason": v.reason,
                "by": v.granted_by,
                "granted_on": v.granted_on.isoformat(),
                "valid_until": v.valid_until.isoformat(),
            }
            for v in at_hand.view.vrijstellingen
        ],
        "seen": {
            "stukken": feel.to_json(list(at_hand.view.stukken)),
            "verzoeken": feel.to_json(list(at_hand.view.verzoeken)),
            "relaties": feel.to_json(list(at_hand.view.relaties)),
            "terugzendingen": dict(at_hand.view.terugzendingen),
        },
        "rules": _rules(at_hand),
        "program": _program(at_hand),
    }


def _rules(at_hand: AtHand) -> Json:
    """The record and the policy, whole but for examples: what is needed to judge again without any other table."""
    content = at_hand.kind.soort.content
    policy = {**content["policy"], "punten": [bare(row) for row in content["policy"]["punten"]]}
    return {"soort": content["soort"], "record": content["record"], "policy": policy}


def bare(row: Json) -> Json:
    """A row of the policy without what plays no part in a verdict."""
    return {key: value for key, value in row.items() if key not in ("voorbeelden", "uitleg")}


def _program(at_hand: AtHand) -> Json:
    """Which code judged: of checks in Python the record can't hold more than where they came from."""
    origins, codes = checks.origins(), [rule.check.code for rule in at_hand.kind.policy.rules]
    used = {code: origins[code]._asdict() for code in codes if code in origins}
    return {"version": RELEASE, "checks": used}


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

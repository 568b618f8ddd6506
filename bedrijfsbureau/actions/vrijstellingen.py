"""Letting a check go, with a reason and until a date."""

from datetime import date

from bedrijfsbureau.actions.settle import handling
from bedrijfsbureau.checks import Verdict
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import Actor, Competence, Dossier, Role, Vrijstelling


def grant(tx: Tx, dossier_id: int, code: str, reason: str, valid_until: date) -> Dossier:
    """Raises InvalidInput without reason or with a past date, Forbidden when the policy does not let the actor."""
    with handling(tx, dossier_id) as at_hand:
        verdict = next((v for v in at_hand.verdicts if v.code == code), None)
        if verdict is None:
            raise NotFound(f"Punt {code} geldt niet voor dit dossier.")
        _check_may_waive(tx.actor, verdict)
        _check_input(reason, valid_until, at_hand.today)
        assert tx.actor.id is not None
        vrijstelling = Vrijstelling(
            dossier_id=dossier_id,
            code=code,
            reason=reason.strip(),
            valid_until=valid_until,
            granted_by=tx.actor.name,
            granted_by_id=tx.actor.id,
            granted_at=tx.now,
        )
        tx.session.add(vrijstelling)
        at_hand.dossier.vrijstellingen.append(vrijstelling)
        at_hand.record("vrijgesteld", code=code, reason=reason.strip(), until=valid_until.isoformat())
        at_hand.changed()
    return at_hand.dossier


def withdraw(tx: Tx, dossier_id: int, vrijstelling_id: int) -> Dossier:
    """The check counts again. Raises NotFound."""
    with handling(tx, dossier_id) as at_hand:
        found = next((v for v in at_hand.dossier.vrijstellingen if v.id == vrijstelling_id), None)
        if found is None or found.withdrawn_at is not None:
            raise NotFound("Deze vrijstelling bestaat niet of is al ingetrokken.")
        found.withdrawn_at = tx.now
        at_hand.record("vrijstelling_ingetrokken", code=found.code)
        at_hand.changed()
    return at_hand.dossier


def may_waive(actor: Actor, waiver: str | None) -> bool:
    """Whether the policy's column "ontheffing" allows this actor: nee, medewerker, senior or verdeelstation."""
    senior = {Competence.SENIOR, Competence.TEAMLEIDER} & actor.competences
    return {
        "medewerker": actor.role in (Role.MEDEWERKER, Role.MANAGER),
        "senior": actor.role == Role.MANAGER or (actor.role == Role.MEDEWERKER and bool(senior)),
        "verdeelstation": actor.role == Role.PLANNER,
    }.get(waiver or "", False)


def _check_may_waive(actor: Actor, verdict: Verdict) -> None:
    if not may_waive(actor, verdict.waiver):
        who = {"senior": "een senior", "medewerker": "een medewerker", "verdeelstation": "het verdeelstation"}
        allowed = who.get(verdict.waiver or "")
        raise Forbidden(
            f"Alleen {allowed} mag dit punt vrijstellen."
            if allowed
            else f"Punt {verdict.code} is niet vrij te stellen."
        )


def _check_input(reason: str, valid_until: date, today: date) -> None:
    faults = {}
    if not reason.strip():
        faults["reason"] = ["Vul in waarom dit punt niet nodig is."]
    if valid_until < today:
        faults["valid_until"] = ["Kies een datum vanaf vandaag."]
    if faults:
        raise InvalidInput(faults)

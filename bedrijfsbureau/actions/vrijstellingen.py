"""Letting a check go, on a ground, with a reason and until a date; where the policy asks it, two people do that."""

from collections.abc import Sequence
from datetime import date

from bedrijfsbureau import checks
from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.actions.kinds.expiring import look_after
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import Actor, Competence, Dossier, Role, Vrijstelling

GROUNDS = "vrijstelling_gronden"  # the instelling that lists them; empty: a reason in words is enough
WHO = {
    "medewerker": "een medewerker",
    "senior": "een senior",
    "verdeelstation": "het verdeelstation",
    "teamleider": "een teamleider",
}
SENIOR = frozenset({Competence.SENIOR, Competence.TEAMLEIDER})


def grant(tx: Tx, dossier_id: int, code: str, reason: str, valid_until: date, ground: str = "") -> Dossier:
    """Let it go, or ask a second person to agree where the policy wants one: until then the check stays open.

    Raises InvalidInput without reason or ground or with a past date, Forbidden when the policy does not let the actor,
    Conflict when one was given or asked already.
    """
    with handling(tx, dossier_id) as at_hand:
        rule = _rule_for(at_hand, code)
        _check_input(grounds(at_hand.kind.policy), ground, reason, valid_until, at_hand.today)
        _check_single(at_hand, code)
        given = _new(at_hand, code, ground, reason, valid_until, rule.four_eyes)
        said = _said(given)
        if given.needs_second:
            at_hand.record("vrijstelling_aangevraagd", **said)
        else:
            at_hand.record("vrijgesteld", **said)
            _now_counts(at_hand, given)
    return at_hand.dossier


def confirm(tx: Tx, dossier_id: int, vrijstelling_id: int) -> Dossier:
    """The second pair of eyes: from now on it counts. Raises Forbidden for who asked it and for who may not waive,
    InvalidInput when its last day is over, NotFound."""
    with handling(tx, dossier_id) as at_hand:
        asked = _find(at_hand, vrijstelling_id)
        if not asked.is_asked:
            raise Conflict("Deze vrijstelling is al bevestigd. Ververs de pagina.")
        _rule_for(at_hand, asked.code)
        if asked.granted_by_id == tx.actor.id:
            raise Forbidden("U hebt deze vrijstelling zelf aangevraagd. Een ander moet haar bevestigen.")
        if asked.valid_until < at_hand.today:
            raise InvalidInput({"valid_until": ["De laatste dag van deze vrijstelling is voorbij. Wijs haar af."]})
        asked.confirmed_by, asked.confirmed_by_id, asked.confirmed_at = tx.actor.name, tx.actor.id, tx.now
        at_hand.record("vrijgesteld", **_said(asked), asked_by=asked.granted_by)
        _now_counts(at_hand, asked)
    return at_hand.dossier


def withdraw(tx: Tx, dossier_id: int, vrijstelling_id: int, reason: str) -> Dossier:
    """Take it back, or turn down one that waits for a second person: the check counts again. Whoever may give it or
    gave it may do this. Raises NotFound, Forbidden, InvalidInput without a reason."""
    if not reason.strip():
        raise InvalidInput({"withdraw_reason": ["Vul in waarom de vrijstelling niet (meer) nodig of juist is."]})
    with handling(tx, dossier_id) as at_hand:
        found = _find(at_hand, vrijstelling_id)
        if found.granted_by_id != tx.actor.id:
            _rule_for(at_hand, found.code)
        kind = "vrijstelling_afgewezen" if found.is_asked else "vrijstelling_ingetrokken"
        found.withdrawn_at, found.withdrawn_by, found.withdrawn_reason = tx.now, tx.actor.name, reason.strip()
        at_hand.record(kind, code=found.code, reason=reason.strip())
        at_hand.cause = f"de vrijstelling is ingetrokken ({reason.strip(' .')})"
        at_hand.changed(codes=[found.code])
    return at_hand.dossier


def may_waive(actor: Actor, waiver: str | None) -> bool:
    """Whether the policy's column "ontheffing" allows this actor: nee, medewerker, senior, verdeelstation, teamleider;
    one who manages may do what a senior or teamleider may."""
    is_medewerker, competences = actor.role == Role.MEDEWERKER, actor.competences
    return {
        "medewerker": actor.role in (Role.MEDEWERKER, Role.MANAGER),
        "senior": actor.role == Role.MANAGER or (is_medewerker and bool(SENIOR & competences)),
        "teamleider": actor.role == Role.MANAGER or (is_medewerker and Competence.TEAMLEIDER in competences),
        "verdeelstation": actor.role == Role.PLANNER,
    }.get(waiver or "", False)


def grounds(policy: checks.Policy) -> Sequence[str]:
    """From which one must be chosen; none when the policy lists none."""
    return [str(each) for each in policy.instellingen.get(GROUNDS) or ()]


def _rule_for(at_hand: AtHand, code: str) -> checks.Rule:
    rule = next((v.rule for v in at_hand.verdicts if v.code == code), None)
    if rule is None:
        raise NotFound(f"Punt {code} geldt niet voor dit dossier.")
    if not may_waive(at_hand.tx.actor, rule.waiver):
        who = WHO.get(rule.waiver or "")
        raise Forbidden(f"Alleen {who} mag dit punt vrijstellen." if who else f"Punt {code} is niet vrij te stellen.")
    return rule


def _check_input(listed: Sequence[str], ground: str, reason: str, valid_until: date, today: date) -> None:
    faults = {}
    if listed and ground not in listed:
        faults["ground"] = ["Kies een grond uit de lijst."]
    if not reason.strip():
        faults["reason"] = ["Vul in waarom dit punt niet nodig is."]
    if valid_until < today:
        faults["valid_until"] = ["Kies een datum vanaf vandaag."]
    if faults:
        raise InvalidInput(faults)


def _check_single(at_hand: AtHand, code: str) -> None:
    today = at_hand.today
    for other in at_hand.dossier.vrijstellingen:
        if other.code == code and other.withdrawn_at is None and other.valid_until >= today:
            state = "wacht op een tweede collega" if other.is_asked else "geldt al"
            raise Conflict(f"Er is al een vrijstelling van {other.granted_by} die {state}. Ververs de pagina.")


def _new(at_hand: AtHand, code: str, ground: str, reason: str, valid_until: date, needs_second: bool) -> Vrijstelling:
    actor, now = at_hand.tx.actor, at_hand.tx.now
    assert actor.id is not None
    vrijstelling = Vrijstelling(
        dossier_id=at_hand.dossier.id, code=code, ground=ground, reason=reason.strip(), valid_until=valid_until,
        granted_by=actor.name, granted_by_id=actor.id, granted_at=now, needs_second=needs_second,
    )  # fmt: skip
    at_hand.tx.session.add(vrijstelling)
    at_hand.dossier.vrijstellingen.append(vrijstelling)
    return vrijstelling


def _now_counts(at_hand: AtHand, given: Vrijstelling) -> None:
    look_after(at_hand.tx, at_hand.dossier.id, given.valid_until)
    at_hand.changed(codes=[given.code])


def _find(at_hand: AtHand, vrijstelling_id: int) -> Vrijstelling:
    found = next((v for v in at_hand.dossier.vrijstellingen if v.id == vrijstelling_id), None)
    if found is None or found.withdrawn_at is not None:
        raise NotFound("Deze vrijstelling bestaat niet of is al ingetrokken.")
    return found


def _said(given: Vrijstelling) -> dict[str, str]:
    said = {"code": given.code, "reason": given.reason, "until": given.valid_until.isoformat()}
    return {**said, "ground": given.ground} if given.ground else said

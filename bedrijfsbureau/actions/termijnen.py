"""What happens to a term of one dossier: it stands still, is made longer, a court sets a date, someone gives notice.

Each is a fact with its ground and the decision it rests on. Nothing is overwritten: ending or correcting a fact makes
a new one that replaces it, and what was taken back says by whom and why. The dates follow in the same transaction.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.actions.command.terms import TO_DECIDE, TO_HEAR, new_term
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import Dossier, Termijn
from bedrijfsbureau.termijnen import Fact, FactKind, Rule, counting, fact_from, in_force, parse_length
from bedrijfsbureau.termijnen.facts import refused, said, too_long
from bedrijfsbureau.termijnen.on_record import work_out

COURT_FIELD, COURT_MESSAGE = "planning.rechter_datum", "rechter_bepaalt"
RECORDED = {
    FactKind.SUSPENSION: "termijn_opgeschort",
    FactKind.EXTENSION: "termijn_verlengd",
    FactKind.COURT_DATE: "rechter_bepaalde",
    FactKind.NOTICE: "in_gebreke_gesteld",
}
GONE = "Dit gegeven bestaat niet, of is al ingetrokken of vervangen. Ververs de pagina."


def suspend(
    tx: Tx, dossier_id: int, term: str, ground: str, begin: date, end: date | None, decision: str, reason: str = ""
) -> Dossier:
    """The term stands still from `begin` until `end`, when it runs again; None: until `resume`. Raises InvalidInput."""
    return _add(tx, dossier_id, term, FactKind.SUSPENSION, decision, reason, ground=ground, begin=begin, end=end)


def extend(
    tx: Tx, dossier_id: int, term: str, ground: str, length: str, decision: str, reason: str = ""
) -> Dossier:  # fmt: skip
    """`length`: "9 maanden". Raises InvalidInput, also when the ground allows no more."""
    return _add(tx, dossier_id, term, FactKind.EXTENSION, decision, reason, ground=ground, length=length)


def give_notice(tx: Tx, dossier_id: int, term: str, received_on: date, decision: str, reason: str = "") -> Dossier:
    """A notice of default (ingebrekestelling) came in; `decision`: where it can be found. Raises InvalidInput."""
    return _add(tx, dossier_id, term, FactKind.NOTICE, decision, reason, on=received_on)


def set_court_date(
    tx: Tx, dossier_id: int, to_decide: bool, on: date, decision: str, reason: str = "", per_day: int = 0,
    most: int = 0, runs_from: date | None = None,
) -> Dossier:  # fmt: skip
    """A court set the last day for the gehoor, or for the decision, and perhaps a penalty: euros a day, the most, its
    first day. Raises InvalidInput."""
    term = in_force()[TO_DECIDE if to_decide else TO_HEAR].term
    dwangsom: dict[str, Any] = {"per_day": per_day, "most": most, "runs_from": runs_from}
    return _add(tx, dossier_id, term, FactKind.COURT_DATE, decision, reason, on=on, **dwangsom)


def resume(tx: Tx, dossier_id: int, term: str, number: int, end: date) -> Dossier:
    """An open suspension ends: from `end` on the term runs again. Raises InvalidInput, NotFound."""
    with handling(tx, dossier_id) as at_hand:
        row, old = _fact(at_hand, term, number)
        if old.kind is not FactKind.SUSPENSION or old.end is not None:
            raise NotFound("Deze opschorting is al beëindigd. Corrigeer haar als de datum niet klopt.")
        _replace(at_hand, row, old, replace(old, end=end), "beëindigd", "opschorting_beeindigd")
    return at_hand.dossier


def correct(tx: Tx, dossier_id: int, term: str, number: int, why: str, **changes: Any) -> Dossier:
    """The fact was written down wrong: `changes` are fields of a Fact. Raises InvalidInput, NotFound."""
    with handling(tx, dossier_id) as at_hand:
        row, old = _fact(at_hand, term, number)
        _need_reason(why)
        _replace(at_hand, row, old, replace(old, **changes), why.strip(), "termijnfeit_gecorrigeerd")
    return at_hand.dossier


def withdraw(tx: Tx, dossier_id: int, term: str, number: int, why: str) -> Dossier:
    """The fact no longer counts. Raises InvalidInput without a reason, NotFound."""
    with handling(tx, dossier_id) as at_hand:
        row, old = _fact(at_hand, term, number)
        _need_reason(why)
        row.facts = [_gone(at_hand, each, why.strip()) if each["number"] == number else each for each in row.facts]
        at_hand.record("termijnfeit_ingetrokken", term=term, number=number, what=_said(row, old), reason=why.strip())
        _follow(at_hand, row, old.kind)
    return at_hand.dossier


def _add(
    tx: Tx, dossier_id: int, term: str, kind: FactKind, decision: str, reason: str, **fields: Any
) -> Dossier:  # fmt: skip
    with handling(tx, dossier_id) as at_hand:
        row = _row(at_hand, term, kind)
        recorded = _recorded(at_hand)
        fact = Fact(len(row.facts) + 1, kind, decision.strip(), recorded, reason=reason.strip(), **fields)
        fact = _checked(at_hand, row, fact)
        row.facts = [*row.facts, fact.to_json()]
        at_hand.record(RECORDED[kind], term=term, number=fact.number, what=_said(row, fact), decision=fact.decision)
        _follow(at_hand, row, kind, is_new=True)
    return at_hand.dossier


def _replace(at_hand: AtHand, row: Termijn, old: Fact, new: Fact, why: str, event: str) -> None:
    row.facts = [_gone(at_hand, each, why) if each["number"] == old.number else each for each in row.facts]
    new = replace(new, number=len(row.facts) + 1, replaces=old.number, recorded=_recorded(at_hand))
    new = _checked(at_hand, row, new)
    row.facts = [*row.facts, new.to_json()]
    at_hand.record(event, term=row.kind, number=new.number, old=_said(row, old), what=_said(row, new), reason=why)
    _follow(at_hand, row, old.kind)


def _row(at_hand: AtHand, term: str, kind: FactKind) -> Termijn:
    """Raises NotFound when this dossier has no such term."""
    if "termijnen" not in at_hand.kind.decisions:
        raise NotFound("Deze dossiersoort heeft geen termijnen.")
    row = at_hand.termijnen.get(term)
    if row is None and kind is FactKind.COURT_DATE:
        row = new_term(at_hand, term)
    if row is None:
        raise NotFound(f"Dit dossier heeft geen termijn '{term[:40]}'.")
    return row


def _fact(at_hand: AtHand, term: str, number: int) -> tuple[Termijn, Fact]:
    row = at_hand.termijnen.get(term)
    facts = row.facts if row else []
    found = next((each for each in facts if each["number"] == number and not each.get("gone")), None)
    if row is None or found is None:
        raise NotFound(GONE)
    return row, fact_from(found)


def _checked(at_hand: AtHand, row: Termijn, fact: Fact) -> Fact:
    """The fact as it will be kept. Raises InvalidInput that names the field."""
    if not fact.decision:
        raise refused(decision="Vul in waar dit uit blijkt: het besluit, het zaaknummer of het kenmerk.")
    match fact.kind:
        case FactKind.SUSPENSION:
            _check_suspension(_rule(row).suspensions, fact)
        case FactKind.EXTENSION:
            fact = _check_extension(at_hand, row, _rule(row), fact)
        case FactKind.NOTICE:
            _check_notice(at_hand, _rule(row), fact)
        case FactKind.COURT_DATE:
            _check_court_date(fact)
    return fact


def _check_suspension(grounds: Any, fact: Fact) -> None:
    if fact.ground not in grounds:
        raise refused(ground="Kies een grond waarop deze termijn kan worden opgeschort.")
    if fact.begin is None:
        raise refused(begin="Vul in vanaf welke dag de termijn stilstaat.")
    if fact.end is not None and fact.end <= fact.begin:
        raise refused(end="De dag waarop de termijn weer loopt, ligt na het begin van de opschorting.")


def _check_extension(at_hand: AtHand, row: Termijn, rule: Rule, fact: Fact) -> Fact:
    ground = rule.extensions.get(fact.ground)
    if ground is None:
        raise refused(ground="Kies een grond waarop deze termijn kan worden verlengd.")
    try:
        length = parse_length(fact.length)
    except InvalidInput as error:
        raise refused(length=str(error)) from error
    fact = replace(fact, length=str(length))
    counted = list(counting(row.facts, FactKind.EXTENSION))
    version = rule.version(row.rule_version) if row.rule_version else None
    if why := too_long(rule, version, ground, counted, length):
        raise refused(length=why)
    if ground.most_after_start:
        _check_latest(at_hand, row, rule, fact)
    return fact


def _check_latest(at_hand: AtHand, row: Termijn, rule: Rule, fact: Fact) -> None:
    """Not beyond what the ground allows after the start (Vw 43, art. 35 Vo. 2024/1348)."""
    most = rule.extensions[fact.ground].most_after_start
    facts = [*(each.to_json() for each in counting(row.facts, *FactKind)), fact.to_json()]
    settings = at_hand.kind.policy.instellingen
    wanted = work_out(rule, at_hand.dossier.gegevens, settings, facts, row.rule_version)
    limit_rule = replace(rule, versions=tuple(replace(each, length=str(most), extended=None) for each in rule.versions))
    limit = work_out(limit_rule, at_hand.dossier.gegevens, settings, (), row.rule_version)
    last, latest = (each.computed.due_on if each else None for each in (wanted, limit))
    if last and latest and last > latest:
        raise refused(length=f"Op deze grond eindigt de termijn hoogstens {most} na het begin.")


def _check_court_date(fact: Fact) -> None:
    if fact.on is None:
        raise refused(on="Vul de datum in die de rechter bepaalde.")
    if (fact.most or fact.runs_from) and not fact.per_day:
        raise refused(per_day="Vul in hoeveel de dwangsom per dag is, of maak de andere velden van de dwangsom leeg.")
    if fact.most and fact.most < fact.per_day:
        raise refused(most="Het maximum van de dwangsom is minder dan het bedrag van één dag.")
    if fact.runs_from and fact.runs_from <= fact.on:
        raise refused(runs_from="De dwangsom begint na de laatste dag die de rechter bepaalde.")


def _check_notice(at_hand: AtHand, rule: Rule, fact: Fact) -> None:
    if not rule.notice:
        raise refused(on="Bij deze termijn hoort geen ingebrekestelling.")
    if fact.on is None or fact.on > at_hand.today:
        raise refused(on="Vul in wanneer de ingebrekestelling binnenkwam: vandaag of eerder.")


def _follow(at_hand: AtHand, row: Termijn, kind: FactKind, *, is_new: bool = False) -> None:
    """Work the dates out again; what a court said about the gehoor goes into the record, where the process sees it."""
    at_hand.undecided.add("termijnen")
    if kind is not FactKind.COURT_DATE or row.kind != in_force()[TO_HEAR].term:
        return
    facts = list(counting(row.facts, FactKind.COURT_DATE))
    on = facts[-1].on.isoformat() if facts and facts[-1].on else None
    if is_new and at_hand.is_awaited(COURT_MESSAGE):
        at_hand.deliver(COURT_MESSAGE, None, {"datum": on})
    else:
        at_hand.write({COURT_FIELD: on}, because="rechter_bepaalt")


def _rule(row: Termijn) -> Rule:
    """Raises NotFound for a term that the law does not know."""
    rule = in_force().get(row.rule or "")
    if rule is None:
        raise NotFound("Deze termijn heeft geen termijnregel; er is niets aan op te schorten of te verlengen.")
    return rule


def _said(row: Termijn, fact: Fact) -> str:
    return said(fact, in_force().get(row.rule or ""))


def _recorded(at_hand: AtHand) -> dict[str, str]:
    return {"by": at_hand.tx.actor.name, "at": at_hand.tx.now.isoformat()}


def _gone(at_hand: AtHand, fact: dict[str, Any], why: str) -> dict[str, Any]:
    return {**fact, "gone": {**_recorded(at_hand), "reason": why}}


def _need_reason(why: str) -> None:
    if not why.strip():
        raise refused(why="Vul in waarom dit niet klopt.")



"""A dossier that is no longer as far as it was: it says why, and the people of its gehoor are told.

Nothing here opens or closes a task: that follows from the verdicts (`conclusions.py`), so only the checks that turned
open have theirs again.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import update

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.outbox import send
from bedrijfsbureau.actions.command.stuk_rows import name_of
from bedrijfsbureau.checks import State, Verdict
from bedrijfsbureau.model import Json, Notice, Role, Stage, StukState
from bedrijfsbureau.termijnen import short_date

STEPS = (Stage.VOORBEREIDING, Stage.PLANNING, Stage.BEHANDELKLAAR, Stage.VRIJGEGEVEN)
IN_ORDER = frozenset({State.VOLDAAN, State.NIET_VAN_TOEPASSING, State.VRIJGESTELD})
CONCERNED = {Role.HOORMEDEWERKER: "horen en beslissen", Role.PLANNER: "verdeelstation"}
CHANGED = "de gegevens zijn gewijzigd"


def note_setback(at_hand: AtHand, before: Stage, were: Mapping[str, Json]) -> None:
    """Compare with how the dossier stood before this command: its stage, and its verdicts as they were kept."""
    dossier = at_hand.dossier
    if before in STEPS and dossier.stage in STEPS:
        if _fell(at_hand, before):
            _fall(at_hand, before, were)
        elif dossier.setback is not None and _is_as_far(dossier.stage, Stage(dossier.setback["was"])):
            _over(at_hand)
    elif dossier.setback is not None:  # the preparation ended
        _over(at_hand)


def _fell(at_hand: AtHand, before: Stage) -> bool:
    """Before the dossier was ready the way down is news only when a gehoor is planned on it."""
    mattered = STEPS.index(before) >= STEPS.index(Stage.BEHANDELKLAAR) or at_hand.dossier.gehoor_op is not None
    return mattered and bool(at_hand.blocking) and not _is_as_far(at_hand.dossier.stage, before)


def _is_as_far(stage: Stage, once: Stage) -> bool:
    """A vrijgave is given again by a person: to be ready for it is as far as the dossier comes by itself."""
    return STEPS.index(stage) >= min(STEPS.index(once), STEPS.index(Stage.BEHANDELKLAAR))


def _fall(at_hand: AtHand, before: Stage, were: Mapping[str, Json]) -> None:
    dossier, tx = at_hand.dossier, at_hand.tx
    lost = [v for v in at_hand.blocking if v.returned or were.get(v.code, {}).get("state") in IN_ORDER]
    lost = lost or list(at_hand.blocking)
    sentence, codes = _sentence(at_hand, lost, were), [verdict.code for verdict in lost]
    was = Stage(dossier.setback["was"]) if dossier.setback else before
    furthest = max(before, was, key=STEPS.index)
    dossier.setback = {"at": tx.now.isoformat(), "was": furthest.value, "sentence": sentence, "codes": codes}
    at_hand.record("niet_meer_gereed", was=before.value, codes=codes, sentence=sentence)
    if dossier.gehoor_op is None and before is not Stage.VRIJGEGEVEN:
        return
    _end_notices(at_hand)
    row = {
        "dossier_id": dossier.id, "at": tx.now, "sentence": sentence, "codes": codes, "gehoor_op": dossier.gehoor_op,
        "over_at": None,
    }  # fmt: skip
    for role in CONCERNED:
        at_hand.unwritten.add_values(Notice, {**row, "role": role, **_seen(at_hand, role)})
    if not at_hand.told:
        _send(at_hand, lost)


def _over(at_hand: AtHand) -> None:
    dossier = at_hand.dossier
    dossier.setback = None
    if dossier.stage in STEPS:
        at_hand.record("weer_gereed", stage=dossier.stage.value)
    _end_notices(at_hand)


def _end_notices(at_hand: AtHand) -> None:
    mine = update(Notice).where(Notice.dossier_id == at_hand.dossier.id, Notice.over_at.is_(None))
    over = mine.values(over_at=at_hand.tx.now)
    at_hand.tx.write_later(lambda connection: connection.execute(over))


def _seen(at_hand: AtHand, role: Role) -> Json:
    """Who did it themselves, as the hearing officer who sends a dossier back, need not be told."""
    actor = at_hand.tx.actor
    if actor.role is not role or actor.id is None:
        return {"seen_at": None, "seen_by": None, "seen_by_id": None}
    return {"seen_at": at_hand.tx.now, "seen_by": actor.name, "seen_by_id": actor.id}


def _send(at_hand: AtHand, lost: list[Verdict]) -> None:
    """Codes only: what is written in a reason stays inside."""
    number, gehoor = at_hand.dossier.number, at_hand.dossier.gehoor_op
    planned = f" Het gehoor staat op {short_date(gehoor)}." if gehoor else ""
    text = f"Dossier {number} is niet meer behandelklaar: {', '.join(v.code for v in lost)}.{planned}"
    for team in CONCERNED.values():
        subject = f"{number} niet meer behandelklaar"
        send(at_hand, f"niet_meer_gereed:{team}", to=team, subject=subject, text=text)


def _sentence(at_hand: AtHand, lost: list[Verdict], were: Mapping[str, Json]) -> str:
    """One sentence: what happened, and which checks are open because of it."""
    cause = at_hand.cause or _lapsed(at_hand, lost, were) or _says(lost) or CHANGED
    if at_hand.cause and all(verdict.state is State.TEGENSTRIJDIG and not verdict.returned for verdict in lost):
        cause += " en spreekt iets anders tegen"
    titles = " en ".join(f"'{verdict.title}'" for verdict in lost[:3])
    more = f" en nog {len(lost) - 3} punten" if len(lost) > 3 else ""
    verb = "is" if len(lost) == 1 else "zijn"
    return f"{cause[:1].upper()}{cause[1:]}; daardoor {verb} {titles}{more} weer open."


def _lapsed(at_hand: AtHand, lost: list[Verdict], were: Mapping[str, Json]) -> str:
    """What went out of date by itself, "" when nothing did."""
    today, dossier, codes = at_hand.today, at_hand.dossier, {verdict.code for verdict in lost}
    for each in dossier.vrijstellingen:
        was_waived = were.get(each.code, {}).get("state") == State.VRIJGESTELD
        if each.code in codes and was_waived and each.counts and each.valid_until < today:
            return f"de vrijstelling gold tot en met {short_date(each.valid_until)}"
    named = " ".join(verdict.rule.check.evidence for verdict in lost)
    for stuk in dossier.stukken:
        is_past = stuk.valid_until is not None and stuk.valid_until < today and stuk.state is StukState.AANWEZIG
        if is_past and stuk.soort in named:
            return f"het stuk {name_of(at_hand, stuk.soort)} was geldig tot en met {short_date(_day(stuk.valid_until))}"
    return ""


def _says(lost: list[Verdict]) -> str:
    """The kind of trouble, when all that was lost has the same."""
    match {verdict.state for verdict in lost}.pop() if len({v.state for v in lost}) == 1 else None:
        case State.TEGENSTRIJDIG:
            return "gegevens of stukken spreken elkaar tegen"
        case State.VERLOPEN:
            return "een datum is voorbij"
        case State.FOUT:
            return "een controle werkte niet"
    return ""


def _day(value: date | None) -> date:
    assert value is not None
    return value

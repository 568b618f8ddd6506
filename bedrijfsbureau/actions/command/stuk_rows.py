"""Rows of stukken as they are taken back; used by actions and by what the process does itself."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.checks import Check, State
from bedrijfsbureau.model import Stuk, StukState

WORD = re.compile(r"\w+")
STUK_NAME = re.compile(r"(?<![.\w])(\w+)(?![.\w\[])")  # a word, but not a part of a path such as "dublin.eurodac"


def mark_withdrawn(at_hand: AtHand, stuk: Stuk, reason: str) -> None:
    if stuk.state == StukState.INGETROKKEN:
        return
    stuk.in_use = stuk.state == StukState.AANWEZIG and stuk.soort in evidence_in_use(at_hand)
    stuk.state, stuk.reason = StukState.INGETROKKEN, reason
    at_hand.cause = f"het stuk {name_of(at_hand, stuk.soort)} is ingetrokken ({reason.strip(' .')})"
    at_hand.record("stuk_ingetrokken", soort=stuk.soort, stuk=stuk.id, reason=reason)
    at_hand.changed()


def name_of(at_hand: AtHand, soort: str) -> str:
    """As people read it, between quotes."""
    known = at_hand.kind.soort.stukken.get(soort)
    return f"'{known.name if known else soort}'"


def evidence_in_use(at_hand: AtHand) -> set[str]:
    """Kinds of stukken that the evidence of a check names which is voldaan now."""
    satisfied = {v.code for v in at_hand.verdicts if v.state == State.VOLDAAN}
    return {kind for kind in at_hand.kind.soort.stukken if satisfied & checks_on(at_hand, kind)}


def checks_on(at_hand: AtHand, kind: str) -> set[str]:
    """Codes of the checks whose evidence names this kind of stuk."""
    return {rule.check.code for rule in at_hand.kind.policy.rules if kind in WORD.findall(rule.check.evidence)}


def named_kinds(check: Check, kinds: Iterable[str]) -> list[str]:
    """The kinds of stuk in the evidence of a check, in the order of its text."""
    known = set(kinds)
    return [name for name in dict.fromkeys(STUK_NAME.findall(check.evidence)) if name in known]


def wrong_in(taken_over: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with values taken over from a stuk, by name: a date that checks compare must be one."""
    born = taken_over.get("geboortedatum")
    try:
        if born is not None:
            date.fromisoformat(born)
    except (TypeError, ValueError):
        return {"geboortedatum": ["Dit is geen datum. Schrijf jjjj-mm-dd."]}
    return {}

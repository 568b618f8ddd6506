"""What becomes true if a stuk arrives today, or if a check is in order: asked of the real checks, and nothing is kept.

Only the checks that look at stukken are asked again, as they would be when one arrives.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bedrijfsbureau import checks
from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.stuk_rows import named_kinds
from bedrijfsbureau.actions.kinds.view import shown_by
from bedrijfsbureau.checks import DossierView, Readiness, State, Verdict
from bedrijfsbureau.model import Json

STUKKEN = ("stukken", "aanwezig")  # names under which a check sees them


@dataclass(frozen=True)
class Outcome:
    """How the dossier would stand. `open_now`: how many checks block now; `settles`: codes that come in order by it;
    `opens`: codes that would open; `still_missing`: for a check that stays open, the paths to look at."""

    readiness: Readiness
    open_now: int
    settles: tuple[str, ...]
    opens: tuple[str, ...]
    still_missing: Mapping[str, tuple[str, ...]]

    @property
    def open_then(self) -> int:
        return len(self.readiness.open_p) + len(self.readiness.open_b)

    @property
    def changes(self) -> bool:
        return bool(self.settles or self.opens)


@dataclass(frozen=True)
class Arrival:
    """A kind of stuk that is not there and that an open check looks at."""

    stuk: str
    name: str
    party: str
    codes: tuple[str, ...]  # the open checks that look at it
    outcome: Outcome


@dataclass(frozen=True)
class WhatIf:
    """arrivals: what helps most first. items: for every open check, how it stands once that one is in order."""

    verdicts: tuple[Verdict, ...]  # as they are today
    readiness: Readiness
    arrivals: tuple[Arrival, ...]
    items: Mapping[str, Outcome]

    def arrivals_for(self, code: str) -> Sequence[Arrival]:
        return [arrival for arrival in self.arrivals if code in arrival.codes]


def what_if(at_hand: AtHand) -> WhatIf:
    """Loaded in `reading`: nothing is written."""
    verdicts = at_hand.verdicts
    is_open = [verdict for verdict in verdicts if verdict.is_open]
    kinds = at_hand.kind.soort.stukken
    waiting: dict[str, list[str]] = {}
    for verdict in is_open:
        for kind in named_kinds(verdict.rule.check, kinds):
            if kind not in at_hand.view.aanwezig:
                waiting.setdefault(kind, []).append(verdict.code)
    arrivals = [
        Arrival(kind, kinds[kind].name, kinds[kind].party, tuple(codes), _arrives(at_hand, kind, codes))
        for kind, codes in waiting.items()
    ]
    return WhatIf(
        verdicts,
        at_hand.readiness,
        tuple(sorted(arrivals, key=lambda arrival: (arrival.outcome.open_then, -len(arrival.outcome.settles)))),
        {verdict.code: _settled(verdicts, verdict.code) for verdict in is_open},
    )


def _arrives(at_hand: AtHand, kind: str, codes: Iterable[str]) -> Outcome:
    """`kind` comes in today: what was taken back of it is no longer in use, as when it really comes."""
    view, policy = at_hand.view, at_hand.kind.policy
    there = [{**stuk, "in_gebruik": False} if _is_taken_back(stuk, kind) else stuk for stuk in view.stukken]
    new: Json = {
        "soort": kind, "staat": "aanwezig", "ontvangen_op": view.today, "van": at_hand.kind.soort.stukken[kind].party,
        "geldig_tot": None, "in_gebruik": False, "gegevens": {},
    }  # fmt: skip
    then = _judged(policy, replace(view, stukken=(*there, new)), at_hand)
    return _compared(at_hand.verdicts, then, codes)


def _judged(policy: checks.Policy, view: DossierView, at_hand: AtHand) -> tuple[Verdict, ...]:
    looking, show = at_hand.kind.checking.of(STUKKEN), shown_by(at_hand.kind.soort.record)
    return tuple(
        checks.judge(rule, view, show) if number in looking else at_hand.verdicts[number]
        for number, rule in enumerate(policy.rules)
    )


def _settled(verdicts: Sequence[Verdict], code: str) -> Outcome:
    then = tuple(v._replace(state=State.VOLDAAN, returned=False) if v.code == code else v for v in verdicts)
    return _compared(verdicts, then, ())


def _compared(now: Sequence[Verdict], then: Sequence[Verdict], codes: Iterable[str]) -> Outcome:
    pairs = list(zip(now, then, strict=True))
    about = set(codes)
    return Outcome(
        readiness=checks.readiness(then),
        open_now=sum(verdict.blocks for verdict in now),
        settles=tuple(was.code for was, is_ in pairs if was.is_open and not is_.is_open),
        opens=tuple(was.code for was, is_ in pairs if is_.is_open and not was.is_open),
        still_missing={is_.code: is_.missing for is_ in then if is_.is_open and is_.code in about},
    )


def _is_taken_back(stuk: Mapping[str, object], kind: str) -> bool:
    return stuk["soort"] == kind and stuk["staat"] == "ingetrokken"


NOTHING = "dan verandert er nog niets"
READY = "dan is het dossier behandelklaar"
PLANBAAR = "dan is het dossier planbaar; voor behandelklaar blokkeert nog %(num)s punt"
PLANBAAR_MORE = "dan is het dossier planbaar; voor behandelklaar blokkeren nog %(num)s punten"
LEFT = "dan blokkeert nog %(num)s punt"
LEFT_MORE = "dan blokkeren nog %(num)s punten"
SAME = "dan blokkeert er nog evenveel: dit punt adviseert alleen"
SAYINGS = (NOTHING, READY, PLANBAAR, PLANBAAR_MORE, LEFT, LEFT_MORE, SAME)


def says(now: Readiness, outcome: Outcome) -> tuple[str, int]:
    """What follows in words, one of SAYINGS, and the number in it."""
    then, count = outcome.readiness, outcome.open_then
    if not outcome.changes:
        return NOTHING, 0
    if then.behandelklaar and not now.behandelklaar:
        return READY, 0
    if then.planbaar and not now.planbaar:
        return (PLANBAAR if count == 1 else PLANBAAR_MORE), count
    if count == outcome.open_now:
        return SAME, 0
    return (LEFT if count == 1 else LEFT_MORE), count

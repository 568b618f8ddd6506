"""What a dossier would be like under another policy: only the rules that differ are asked again.

A verdict depends on the rule, the dossier and the day; a rule that says the same in both policies, and can see no
difference in their instellingen or records, gives the same verdict. So the verdicts that a dossier keeps stand for the
rest, provided that they were reached today under the policy that it has.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from bedrijfsbureau import checks
from bedrijfsbureau.checks import DossierView, Policy, Rule, State
from bedrijfsbureau.dossiersoort import Record
from bedrijfsbureau.model import ChangeKind, Json

NEVER = date.max
UNSEEN = frozenset({"stukken", "aanwezig", "verzoeken", "relaties"})
"""Names that a dossier's own gegevens have nothing to do with."""


class Change(NamedTuple):
    """As a PreviewChange keeps it."""

    kind: ChangeKind
    code: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A dossier as it was read in bulk. open: check's code -> state of what is not in order; None when its verdicts are
    not of today. The rows are as `DossierView` takes them."""

    id: int
    locatie_id: int
    dossiersoort: str
    regime: str | None
    gegevens: Json
    open: Mapping[str, str] | None
    reopened: Mapping[str, str]
    released: bool
    stukken: Sequence[Json] = ()
    verzoeken: Sequence[Json] = ()
    relaties: Sequence[Json] = ()
    vrijstellingen: Sequence[checks.Vrijstelling] = ()


@dataclass(frozen=True)
class Side:
    """A policy with the record it reads."""

    policy: Policy
    record: Record
    rows: Mapping[str, Mapping[str, Any]]  # code -> what the policy says, to tell two rules apart


class Pair(NamedTuple):
    """A check in both policies; None where it is not in one. same_state: only what its verdict means can differ.
    same_reach: it applies to the same dossiers."""

    code: str
    old: Rule | None
    new: Rule | None
    same_state: bool
    same_reach: bool


class Standing(NamedTuple):
    """What one rule means for a dossier."""

    state: State
    blocks: bool = False
    for_planning: bool = False
    tasks: tuple[str, ...] = ()  # that would help; none when it is in order


IN_ORDER = {state: Standing(state) for state in State if state not in checks.OPEN_STATES}


class Replay:
    """`old` against `new` on one day. effective: the day on which `new` takes effect, for rules with days of their own.
    thorough: ask everything, to prove that asking less is the same."""

    def __init__(self, old: Side, new: Side, today: date, effective: date, thorough: bool = False) -> None:
        self.old, self.new, self.today, self.thorough = old, new, today, thorough
        self.before = {rule.check.code: rule for rule in old.policy.rules}
        self.asked = tuple(_pairs(old, new, effective, thorough))
        judged = [rule for pair in self.asked if not pair.same_state for rule in pair[1:3] if rule is not None]
        groups = None if thorough else groups_of(judged)
        self.records = [side.record if groups is None else side.record.only(groups) for side in (old, new)]
        self.is_narrow = groups is not None
        self.stukken = groups is None or reads_any(judged, "stukken", "aanwezig")
        self.relaties = groups is None or reads_any(judged, "relaties")
        self.looks_the_same = old.record == new.record and old.policy.instellingen == new.policy.instellingen

    def changes(self, seen: Seen, results: Json) -> list[Change]:
        """What would be different; verdicts in the order of the new policy. `results`: of decisions, which no policy
        changes."""
        looking = _Looking(self, seen)
        states = looking.states()
        differing = []
        for pair in self.asked:
            if (found := looking.both(pair, states)) is not None and found[0] != found[1]:
                differing.append((pair.code, *found))
        if not differing:
            return []
        told_of = [(code, told(old), told(new)) for code, old, new in differing]
        verdicts = [Change(ChangeKind.VERDICT, code, old, new) for code, old, new in told_of if old != new]
        codes = {code for code, _, _ in differing}
        kept = [
            looking.standing(self.before[code], state, False)
            for code, state in states.items()
            if code not in codes and state in checks.OPEN_STATES and code in self.before
        ]
        before = kept + [old for _, old, _ in differing if old is not None]
        after = kept + [new for _, _, new in differing if new is not None]
        return verdicts + list(consequences(before, after, seen.released))


class _Looking:
    """One dossier seen through both policies; its views are made when they are needed."""

    def __init__(self, replay: Replay, seen: Seen) -> None:
        self._replay, self._seen = replay, seen
        self._is_known = seen.open is not None and not replay.thorough
        self._views: dict[tuple[bool, bool], DossierView] = {}

    def states(self) -> Mapping[str, State]:
        """Code -> state under the old policy: of all that is open, or of everything."""
        if self._is_known and self._seen.open is not None:
            return {code: State(state) for code, state in self._seen.open.items()}
        view = self._view(False)
        return {code: checks.state_of(rule, view) for code, rule in self._replay.before.items()}

    def both(self, pair: Pair, states: Mapping[str, State]) -> tuple[Standing | None, Standing | None] | None:
        """Under the old and the new policy; None when it is in order in both."""
        known = states.get(pair.code)
        if pair.same_state:
            if known is None or known in IN_ORDER:
                return None
            assert pair.old is not None and pair.new is not None
            return self.standing(pair.old, known, False), self.standing(pair.new, known, True)
        new = None if pair.new is None else self._asked(pair.new, True)
        if pair.old is not None and known is None:
            known = self._in_order(pair, new) or self._asked(pair.old, False)
            if known is new:
                return None
        old = None if pair.old is None or known is None else self.standing(pair.old, known, False)
        return old, None if pair.new is None or new is None else self.standing(pair.new, new, True)

    def _in_order(self, pair: Pair, new: State | None) -> State | None:
        """Of a check that is in order under the old policy: what it is, as far as the new policy tells."""
        if not pair.same_reach or any(given.code == pair.code for given in self._seen.vrijstellingen):
            return None
        return State.NIET_VAN_TOEPASSING if new is State.NIET_VAN_TOEPASSING else State.VOLDAAN

    def standing(self, rule: Rule, state: State, is_new: bool) -> Standing:
        if state in IN_ORDER:
            return IN_ORDER[state]
        blocks = rule.blocking or state is State.FOUT or rule.check.code in self._seen.reopened
        if len(rule.tasks) == 1:
            return Standing(state, blocks, rule.phase == "P", (rule.task,))
        missing = rule.check.missing(self._view(is_new, whole=True))
        return Standing(state, blocks, rule.phase == "P", rule.tasks_for(missing))

    def _asked(self, rule: Rule, is_new: bool) -> State:
        return checks.state_of(rule, self._view(is_new))

    def _view(self, is_new: bool, whole: bool = False) -> DossierView:
        """With the groups of the record that are asked for, or with all of them."""
        replay, seen = self._replay, self._seen
        is_new = is_new and not replay.looks_the_same
        key = is_new, whole or not self._is_known or not replay.is_narrow
        if key not in self._views:
            side = replay.new if is_new else replay.old
            record = side.record if key[1] else replay.records[is_new]
            self._views[key] = DossierView(
                seen.dossiersoort, seen.regime, replay.today, record.read(seen.gegevens), seen.stukken, seen.verzoeken,
                seen.relaties, side.policy.instellingen, seen.vrijstellingen, seen.reopened,
            )  # fmt: skip
        return self._views[key]


def told(standing: Standing | None) -> str:
    """ "ontbreekt, blokkeert"; "" for a check that is not in the policy."""
    if standing is None:
        return ""
    if standing.state not in checks.OPEN_STATES:
        return standing.state.value
    return f"{standing.state}, {'blokkeert' if standing.blocks else 'adviseert'}"


def groups_of(rules: Collection[Rule]) -> frozenset[str] | None:
    """The groups of the record that these rules look at; None when a check can't be seen into."""
    if any(not rule.check.expressions for rule in rules):
        return None
    return frozenset(path[0] for rule in rules for path in rule.check.reads) - UNSEEN


def reads_any(rules: Collection[Rule], *names: str) -> bool:
    return any(path[0] in names for rule in rules for path in rule.check.reads)


def consequences(before: Sequence[Standing], after: Sequence[Standing], released: bool) -> Iterator[Change]:
    """For the tasks and the vrijgave."""
    were, are = ([task for standing in standings for task in standing.tasks] for standings in (before, after))
    for task in dict.fromkeys(are):
        if task not in were:
            yield Change(ChangeKind.TASK, task, "", "open")
    for task in dict.fromkeys(were):
        if task not in are:
            yield Change(ChangeKind.TASK, task, "open", "")
    was, becomes = _readiness(before), _readiness(after)
    for name, is_now, will_be in zip(("planbaar", "behandelklaar"), was, becomes, strict=True):
        if is_now != will_be:
            yield Change(ChangeKind.READY, name, "ja" if is_now else "nee", "ja" if will_be else "nee")
    if released and not becomes[1]:
        yield Change(ChangeKind.VRIJGAVE, "", "vrijgegeven", "ingetrokken")


def _readiness(standings: Sequence[Standing]) -> tuple[bool, bool]:
    """Planbaar and behandelklaar."""
    blocking = [standing for standing in standings if standing.blocks]
    return not any(standing.for_planning for standing in blocking), not blocking


def _pairs(old: Side, new: Side, effective: date, thorough: bool) -> Iterator[Pair]:
    """The checks whose verdict, or what it means, can differ; in the order of the new policy, what is gone last."""
    before = {rule.check.code: rule for rule in old.policy.rules}
    after = {rule.check.code: _on_its_day(rule, effective) for rule in new.policy.rules}
    settings = changed_settings(old.policy.instellingen, new.policy.instellingen)
    for code in [*after, *(code for code in before if code not in after)]:
        was, becomes = before.get(code), after.get(code)
        same_state = same_reach = False
        if was is not None and becomes is not None and old.record == new.record and not thorough:
            same_settings = not (settings and _may_read(becomes, settings))
            same_reach = same_settings and all(old.rows[code].get(key) == new.rows[code].get(key) for key in REACH)
            same_state = same_settings and _without(MEANING, old.rows[code]) == _without(MEANING, new.rows[code])
            if same_state and _without(WORDS, old.rows[code]) == _without(WORDS, new.rows[code]):
                continue
        yield Pair(code, was, becomes, same_state, same_reach)


def _on_its_day(rule: Rule, effective: date) -> Rule:
    """A rule that will hold on the day the policy takes effect is tried as if that were today."""
    if rule.valid_from is None and rule.valid_until is None:
        return rule
    return replace(rule, valid_from=None if rule.holds_on(effective) else NEVER, valid_until=None)


WORDS = frozenset({"titel", "thema", "meldingen", "bewijs", "basis", "uitleg", "voorbeelden", "partij", "vier_ogen"})
"""Keys of a row that change neither a state nor what opens or blocks by it."""
MEANING = WORDS | {"blokkeert", "taak", "fase"}
"""Keys that change what a state means, and not the state."""
REACH = ("geldt_als", "geldig_vanaf", "geldig_tot_en_met")
"""Keys that say to which dossiers a check applies, and when."""


def _without(keys: Collection[str], row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}


def changed_settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def _may_read(rule: Rule | None, settings: Collection[str]) -> bool:
    if rule is None or not rule.check.expressions:
        return True
    return any(path[0] == "instellingen" and (len(path) < 2 or path[1] in settings) for path in rule.check.reads)

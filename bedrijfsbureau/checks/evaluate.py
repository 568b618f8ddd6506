"""From a policy and a dossier to verdicts, and from verdicts to readiness."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bedrijfsbureau.checks.check import OPEN_STATES, State
from bedrijfsbureau.checks.message import Show, fout, message_of, outside, show, teruggezonden, vrijgesteld
from bedrijfsbureau.checks.policy import Phase, Policy, Rule
from bedrijfsbureau.checks.view import DossierView


class Verdict(NamedTuple):
    """What one check says of one dossier.

    missing: record paths to look at. returned: sent back by the hearing officer, so it blocks whatever the policy says.
    error: what a check that crashed raised, for the log; it may hold values of the dossier and is never shown.
    """

    rule: Rule
    state: State
    message: str
    missing: tuple[str, ...] = ()
    returned: bool = False
    error: str | None = None

    @property
    def code(self) -> str:
        return self.rule.check.code

    @property
    def title(self) -> str:
        return self.rule.check.title

    @property
    def theme(self) -> str:
        return self.rule.check.theme

    @property
    def basis(self) -> str:
        return self.rule.check.basis

    @property
    def partij(self) -> str:
        return self.rule.partij

    @property
    def phase(self) -> Phase:
        return self.rule.phase

    @property
    def waiver(self) -> str | None:
        return self.rule.waiver

    @property
    def tasks(self) -> tuple[str, ...]:
        """All tasks that help."""
        return self.rule.tasks_for(self.missing)

    @property
    def task(self) -> str:
        return self.rule.only_task or self.tasks[0]

    @property
    def blocking(self) -> bool:
        return self.rule.blocking

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def blocks(self) -> bool:
        """A crash blocks always: nobody knows what the check would have said."""
        return self.state in OPEN_STATES and (self.rule.blocking or self.returned or self.state is State.FOUT)


@dataclass(frozen=True)
class Readiness:
    """planbaar: nothing of phase P blocks; behandelklaar: nothing blocks. The codes that do, by phase."""

    planbaar: bool
    behandelklaar: bool
    open_p: tuple[str, ...]
    open_b: tuple[str, ...]


def evaluate(policy: Policy, view: DossierView, show: Show = show) -> tuple[Verdict, ...]:
    """Every rule of the policy, in its order. Never raises: a check that crashes gives the state fout."""
    return tuple(judge(rule, view, show) for rule in policy.rules)


def judge(rule: Rule, view: DossierView, show: Show = show) -> Verdict:
    """The verdict of one rule. What a check raises becomes the state fout: one bad check must not hide the others."""
    returned = rule.check.code in view.terugzendingen
    try:
        state, message = _judge(rule, view, show)
        missing = rule.check.missing(view) if state in OPEN_STATES else ()
    except Exception as error:
        return Verdict(rule, State.FOUT, fout(error), (), returned, repr(error))
    return Verdict(rule, state, message, missing, returned)


def readiness(verdicts: Sequence[Verdict]) -> Readiness:
    blocking = [verdict.rule for verdict in verdicts if verdict.blocks]
    open_p = tuple(rule.check.code for rule in blocking if rule.phase == "P")
    open_b = tuple(rule.check.code for rule in blocking if rule.phase == "B")
    return Readiness(not open_p, not open_p and not open_b, open_p, open_b)


def open_tasks(verdicts: Sequence[Verdict]) -> list[str]:
    """The tasks of which at least one check is open, advisory ones included, each once, in the order of the policy."""
    return list(dict.fromkeys(task for v in verdicts if v.state in OPEN_STATES for task in v.tasks))


def state_of(rule: Rule, view: DossierView) -> State:
    """The state that `judge` finds, without its sentence: for who asks this of many dossiers."""
    try:
        return _state(rule, view)
    except Exception:  # judged one by one such a check says what happened
        return State.FOUT


def _judge(rule: Rule, view: DossierView, show: Show) -> tuple[State, str]:
    check, state = rule.check, _state(rule, view)
    if state is State.VRIJGESTELD and (given := view.vrijstelling(check.code)):
        return state, vrijgesteld(given)
    if not rule.holds_on(view.today):
        return state, outside(rule.valid_from, rule.valid_until, view.today)
    returned = view.terugzendingen.get(check.code)
    if state is State.ONTBREEKT and returned is not None and check.satisfied(view) is True:
        return state, teruggezonden(returned)
    return state, message_of(check, state, view, rule.partij, show)


def _state(rule: Rule, view: DossierView) -> State:
    """Not applicable, voldaan, vrijgesteld, tegenstrijdig, verlopen, wacht op, ontbreekt: the first that holds.

    A check that was sent back is not voldaan or vrijgesteld until someone has judged it again.
    """
    check = rule.check
    is_returned = check.code in view.terugzendingen
    if not rule.holds_on(view.today) or check.applies(view) is False:
        return State.NIET_VAN_TOEPASSING
    satisfied = check.satisfied(view) is True
    if satisfied and not is_returned:
        return State.VOLDAAN
    if rule.waiver and not is_returned and view.vrijstelling(check.code):
        return State.VRIJGESTELD
    if not satisfied and check.contradictory(view) is True:
        return State.TEGENSTRIJDIG
    if not satisfied and check.expired(view) is True:
        return State.VERLOPEN
    return State.ONTBREEKT if view.open_verzoek(check.code) is None else State.WACHT_OP

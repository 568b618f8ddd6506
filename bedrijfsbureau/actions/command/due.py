"""Until when a task may take: the law, else the norm that was set, and never later than the day before the gehoor or,
once there is a warning for it, the last day of a term that steers."""

from datetime import date, datetime

from bedrijfsbureau import engine
from bedrijfsbureau.actions.command.at_hand import AMSTERDAM, AtHand
from bedrijfsbureau.actions.kinds.expressions import evaluate
from bedrijfsbureau.model import NO_DUE
from bedrijfsbureau.termijnen import atw

BEFORE_GEHOOR = "de werkdag vóór het gehoor"


Due = tuple[date, str | None]


def at_the_latest(at_hand: AtHand) -> Due:
    """The day that no task of the dossier goes beyond, and why; NO_DUE and None when there is none."""
    latest: Due = NO_DUE, None
    gehoor_op = at_hand.view.gegevens.get("planning", {}).get("gehoor_op")
    if gehoor_op is not None and gehoor_op > at_hand.today:
        latest = atw.add_working_days(gehoor_op, -1), BEFORE_GEHOOR
    for term in at_hand.termijnen.values():
        warns = term.steers and term.met_on is None and term.warn_on is not None and term.warn_on <= at_hand.today
        if warns and term.due_on is not None and term.due_on < latest[0]:
            latest = term.due_on, f"de termijn: {term.title}"
    return latest


def due_of(at_hand: AtHand, task: engine.ReadyTask, opened_at: datetime, latest: Due) -> Due:
    """The due date of a task and why; NO_DUE and None when no norm was set ("norm niet ingesteld")."""
    own = _by_model(at_hand, task) or _by_norm(at_hand, task, opened_at) or (NO_DUE, None)
    return latest if latest[0] < own[0] else own


def _by_model(at_hand: AtHand, task: engine.ReadyTask) -> tuple[date, str] | None:
    if not task.element.due:
        return None
    due_on = evaluate(task.element.due, {**at_hand.context, **task.local})
    return (due_on, "de termijn van deze taak") if isinstance(due_on, date) else None


def _by_norm(at_hand: AtHand, task: engine.ReadyTask, opened_at: datetime) -> tuple[date, str] | None:
    """`norm_<task>`: a number of working days after the task opened; not delivered, so empty until someone sets it."""
    days = at_hand.kind.policy.instellingen.get(f"norm_{task.element.id}")
    if days is None:
        return None
    opened_on = opened_at.astimezone(AMSTERDAM).date()
    return atw.add_working_days(opened_on, int(days)), f"norm van {days} werkdagen (te bevestigen)"

"""What an event listens for, and what is noted of it when a token starts to wait, so that nothing is reckoned again
after the state is restored.

SpiffWorkflow's event definitions are not used: its timers ask the clock, its conditions are looked at once, its message
correlation is per workflow instead of per token, and an event-based gateway cannot tell two keys apart.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bedrijfsbureau.engine import due
from bedrijfsbureau.engine.specs.step import Task

Note = Any
"""JSON. Of a message its correlation key; of a timer when it is due, or {cycle, from, number, due}; of a condition
whether it was true already; else null."""


@dataclass(frozen=True)
class Catches:
    """`kind`: message, timer, conditional, signal, error or escalation."""

    kind: str
    reference: str | None = None  # name or code; an error or escalation without a code is any of them
    expression: Any = None  # compiled FEEL: correlation key, moment or condition
    interrupting: bool = True  # else it fires again and again, and the rest goes on
    cyclic: bool = False  # a timer that repeats

    def arrive(self, task: Task) -> Note:
        """What to remember when a token starts waiting."""
        workflow = task.workflow.top_workflow
        if self.expression is None or self.kind == "conditional":
            return None
        value = workflow.script_engine.environment.evaluate(self.expression, task.data)
        if value is None:
            return None
        if self.kind != "timer":
            return str(value)
        if not self.cyclic:
            return due.to_text(due.due_at(value, workflow.host.now))
        now, first = workflow.host.now, due.read_cycle(value).first(workflow.host.now)
        return _nth(value if isinstance(value, str) else f"R/{value}", first, now.isoformat())

    def again(self, note: Note) -> Note:
        """What to remember after it fired without interrupting."""
        if self.kind == "timer":
            return _nth(note["cycle"], note["number"] + 1, note["from"]) if self.cyclic else None
        return True if self.kind == "conditional" else note

    def takes(self, reference: str | None) -> bool:
        """Whether an error, escalation or signal that is thrown with this code or name is caught here."""
        return self.reference in (None, reference)


def _nth(cycle: str, number: int, arrived: str) -> Note:
    at = due.read_cycle(cycle).nth(number, datetime.fromisoformat(arrived))
    return None if at is None else {"cycle": cycle, "number": number, "from": arrived, "due": due.to_text(at)}


def due_of(note: Note) -> datetime | None:
    """When a timer is due; None is never."""
    return due.from_text(note["due"] if isinstance(note, dict) else note)

"""Activities that are done more than once. The activity with a loop marker is a scope with nothing in it but the
activity itself; every instance is a token there. So a task, a subprocess and a call activity repeat in the same way,
each instance waits with its own data, and what happens on the border happens to all of them together."""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from bedrijfsbureau import feel
from bedrijfsbureau.engine.model import Element
from bedrijfsbureau.engine.specs.scopes import SubProcess
from bedrijfsbureau.engine.specs.step import Task, cancel_all, place

MAX_INSTANCES = 1_000


class NotThatMany(Exception):
    """The number of instances is none, or too large. The message is Dutch."""


class Loop(SubProcess):
    """What the two kinds share. Each instance knows its `loopCounter`, from 1."""

    def __init__(self, wf_spec: Any, name: str, element: Element, scope: str) -> None:
        super().__init__(wf_spec, name, element, scope)
        self.bpmn_id = None  # on the drawing it is the instances that are there

    def _open(self, my_task: Task) -> Any:
        inside = self.enter(my_task)
        inside.task_tree._set_state(TaskState.COMPLETED)  # instances are begun here, not by its start
        return inside

    def _begin(self, my_task: Task, inside: Any, number: int, item: dict[str, Any]) -> None:
        spec = self.activity(inside)
        instance = place(inside.task_tree, spec, {**my_task.data, **item, "loopCounter": number})
        spec._update(instance)

    def activity(self, inside: Any) -> Any:
        return inside.spec.start.outputs[0]

    def _evaluate(self, my_task: Task, formula: Any, **names: Any) -> Any:
        return my_task.workflow.script_engine.environment.evaluate(formula, {**my_task.data, **names})

    def _holds(self, my_task: Task, formula: Any, **names: Any) -> bool:
        return bool(my_task.workflow.script_engine.environment.holds(formula, {**my_task.data, **names}))


@dataclass(frozen=True)
class Many:
    """Compiled FEEL: either a list, whose items get a name, or a number."""

    sequential: bool
    collection: Any = None
    item: str = "item"
    cardinality: Any = None
    completion: Any = None


class MultiInstance(Loop):
    """One instance per item, all at once or one after another. How many is settled when the token arrives; null and an
    empty list are none. In the task: {left: items still to begin, begun, done, many}."""

    def __init__(self, wf_spec: Any, name: str, element: Element, scope: str, many: Many) -> None:
        super().__init__(wf_spec, name, element, scope)
        self.many = many

    def _run_hook(self, my_task: Task) -> bool | None:
        items = self._items(my_task)
        if not items:
            return True
        my_task.internal_data = {"left": items, "begun": 0, "done": 0, "many": len(items)}
        inside = self._open(my_task)
        for _ in items[:1] if self.many.sequential else list(items):
            self._next(my_task, inside)
        return None

    def is_over(self, my_task: Task, inside: Any, after: Task) -> bool:
        if after.has_state(TaskState.COMPLETED):
            my_task.internal_data["done"] += 1
            if self._is_enough(my_task):
                cancel_all(inside)
                return True
            if inside.empty and my_task.internal_data["left"]:
                self._next(my_task, inside)
        return bool(inside.empty)

    def _next(self, my_task: Task, inside: Any) -> None:
        counts = my_task.internal_data
        counts["begun"] += 1
        self._begin(my_task, inside, counts["begun"], counts["left"].pop(0))

    def _items(self, my_task: Task) -> list[dict[str, Any]]:
        """The token-local data of each instance."""
        if self.many.collection is None:
            return [{} for _ in range(self._number(my_task))]
        value = self._evaluate(my_task, self.many.collection)
        items = [] if value is None else value if isinstance(value, list) else [value]
        if len(items) > MAX_INSTANCES:
            raise NotThatMany(
                f"de lijst heeft {len(items)} onderdelen; er kunnen er hoogstens {MAX_INSTANCES} tegelijk"
            )
        return [{self.many.item: feel.to_json(item)} for item in items]

    def _number(self, my_task: Task) -> int:
        value = self._evaluate(my_task, self.many.cardinality)
        try:
            number = int(value or 0)
        except (TypeError, ValueError, OverflowError):
            number = -1
        if isinstance(value, (str, bool)) or not 0 <= number <= MAX_INSTANCES or number != (value or 0):
            raise NotThatMany(f"'{value}' is geen heel aantal van 0 tot en met {MAX_INSTANCES}")
        return number

    def _is_enough(self, my_task: Task) -> bool:
        """The completion condition, which may ask how many there are (BPMN 2.0, table 10.30)."""
        counts = my_task.internal_data
        return self.many.completion is not None and self._holds(
            my_task,
            self.many.completion,
            numberOfInstances=counts["many"],
            numberOfCompletedInstances=counts["done"],
            numberOfActiveInstances=counts["begun"] - counts["done"],
            numberOfTerminatedInstances=0,
        )


@dataclass(frozen=True)
class While:
    """`condition`: compiled FEEL, or None for always."""

    condition: Any
    test_before: bool
    maximum: int | None


class StandardLoop(Loop):
    """Again and again, as long as the condition holds. In the task: {round}."""

    def __init__(self, wf_spec: Any, name: str, element: Element, scope: str, rounds: While) -> None:
        super().__init__(wf_spec, name, element, scope)
        self.rounds = rounds

    def _run_hook(self, my_task: Task) -> bool | None:
        if self.rounds.test_before and not self._goes_on(my_task, 0):
            return True
        self._round(my_task, self._open(my_task), 1)
        return None

    def is_over(self, my_task: Task, inside: Any, after: Task) -> bool:
        if inside.empty and self._goes_on(my_task, my_task.internal_data["round"]):
            self._round(my_task, inside, my_task.internal_data["round"] + 1)
        return bool(inside.empty)

    def _round(self, my_task: Task, inside: Any, number: int) -> None:
        my_task.internal_data["round"] = number
        self._begin(my_task, inside, number, {})

    def _goes_on(self, my_task: Task, done: int) -> bool:
        if self.rounds.maximum is not None and done >= self.rounds.maximum:
            return False
        return self.rounds.condition is None or self._holds(my_task, self.rounds.condition, loopCounter=done)

"""The choke point: the only place where anything in a model is evaluated, and it evaluates compiled FEEL only.

SpiffWorkflow reaches `eval` and `exec` from more places than its script engine (correlation, ad hoc conditions and
service calls go to the environment directly), so it is the environment that is replaced and not the engine.
"""

# SpiffWorkflow has no types, so its classes are Any to mypy.
# mypy: allow-subclassing-any

from collections.abc import Mapping
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from bedrijfsbureau.engine.expressions import Formula
from bedrijfsbureau.engine.host import Host
from bedrijfsbureau.feel.run import MAX_STEPS, Run

MAX_WORK = 2_000_000  # steps of FEEL in one command: some seconds
_EACH = 20  # steps that an expression costs at least


class TooMuchWork(Exception):
    """The expressions of one command cost too much together. The message is Dutch."""

    def __init__(self) -> None:
        super().__init__("de uitdrukkingen kosten samen te veel rekenwerk; maak ze eenvoudiger, of de lus korter")


class NotAnAnswer(Exception):
    """A condition gave something else than yes, no or null."""


class FeelEnvironment(BasePythonScriptEngineEnvironment):
    def __init__(self, host: Host) -> None:
        super().__init__({})
        self.host = host
        self.work = MAX_WORK  # what is left of it in this command

    def evaluate(self, expression: Any, context: Mapping[str, Any], external_context: object = None) -> Any:
        if not isinstance(expression, Formula):
            raise TypeError("only compiled FEEL is evaluated")
        run = Run(getattr(self.host, "functions", {}), self.host.now)
        value = expression.code.evaluate_in(self.host.context(dict(context)), run)
        self.work -= MAX_STEPS - run.steps + _EACH
        if self.work < 0:
            raise TooMuchWork
        return value

    def holds(self, expression: Any, context: Mapping[str, Any]) -> bool:
        """Whether a condition is true; null is not true."""
        value = self.evaluate(expression, context)
        if value is None or isinstance(value, bool):
            return value is True
        raise NotAnAnswer(f"de voorwaarde '{expression.text}' geeft geen ja of nee")

    def execute(self, script: object, context: object, external_context: object = None) -> NoReturn:
        raise TypeError("no script is ever executed")

    def call_service(self, context: object, **kwargs: object) -> NoReturn:
        raise TypeError("service tasks go to the host")


class FeelEngine(PythonScriptEngine):
    """As SpiffWorkflow's engine, but `validate` does not parse Python and errors arrive unwrapped."""

    def __init__(self, host: Host) -> None:
        super().__init__(FeelEnvironment(host))

    def validate(self, expression: object) -> None:
        if not isinstance(expression, Formula):
            raise TypeError("only compiled FEEL is evaluated")

    def evaluate(self, task: Any, expression: Any, external_context: object = None) -> Any:
        return self.environment.evaluate(expression, task.data)

    def execute(self, task: object, script: object, external_context: object = None) -> NoReturn:
        raise TypeError("no script is ever executed")

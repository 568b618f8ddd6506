"""What a running instance asks of the outside world, and how the outside world says that a step failed on purpose."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from bedrijfsbureau.engine.model import Element

Local = Mapping[str, Any]
"""Token-local data: small JSON that a token carries, such as {"punt": "MED02"}. Dossier data never enters it."""


class Host(Protocol):
    """Implemented by the caller; one object per command.

    It may also carry `functions`, a mapping of FEEL functions by name for all expressions (`werkdagen` and the like).
    """

    now: datetime  # aware, UTC

    def context(self, local: Local) -> Mapping[str, Any]:
        """The FEEL context for an expression of a token that carries `local`."""

    def handle(self, handler: str, element: Element, local: Local) -> None:
        """Run a service task. Raise BpmnError for an error the model handles with an error boundary event."""

    def decide(self, element: Element, local: Local) -> None:
        """Run a business rule task: evaluate `element.decision` and store `element.result` and `element.writes`."""

    def send(self, message: str, element: Element, local: Local, key: str | None) -> None:
        """A message leaves the process: to who is meant by it, or to this process itself once the command is over."""

    def signal(self, signal: str, element: Element, local: Local) -> None:
        """A signal was thrown, and has gone through this instance: see to it that the others get it too."""


class BpmnError(Exception):
    """A service task or business rule task ends in the BPMN error with this code."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.code = code

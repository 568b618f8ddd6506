"""What one evaluation carries along: the variables in scope, the budget that bounds the work, and the warnings."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from bedrijfsbureau.feel.errors import FeelLimitError
from bedrijfsbureau.feel.types import Known, unknown
from bedrijfsbureau.feel.values import Function, Value

MAX_STEPS = 40_000  # parts evaluated in loops, list items and blocks of text touched; a microsecond each at most
TEXT_BLOCK = 64  # characters of text that cost one step
MAX_CALLS = 100  # functions of the expression calling each other, deep
MAX_LIST = 50_000
MAX_STRING = 1_000_000
MAX_WARNINGS = 50


class Warning(NamedTuple):
    """Why something became null. `position` in the text of the expression; the message is Dutch."""

    position: int
    message: str


class Run:
    __slots__ = ("depth", "functions", "now", "steps", "types", "warnings")

    def __init__(self, functions: Mapping[str, Function], now: datetime | None, types: Known = unknown) -> None:
        self.steps = MAX_STEPS
        self.depth = 0
        self.warnings: list[Warning] = []
        self.functions = functions
        self.now = now
        self.types = types

    def spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise FeelLimitError(f"meer dan {MAX_STEPS} stappen")

    def warn(self, position: int, message: str) -> None:
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(Warning(position, message))

    def enter(self) -> None:
        """A call of a function of the expression; paired with leaving: depth -= 1."""
        self.spend(1)
        self.depth += 1
        if self.depth > MAX_CALLS:
            raise FeelLimitError(f"functies roepen elkaar meer dan {MAX_CALLS} keer aan")


class Frame:
    """One scope. Names are looked up from here to the outermost frame, which holds the context given by the caller."""

    __slots__ = ("parent", "run", "variables")

    def __init__(self, variables: Mapping[str, Value], parent: "Frame | None", run: Run) -> None:
        self.variables = variables
        self.parent = parent
        self.run = run


def check_text(text: str) -> str:
    if len(text) > MAX_STRING:
        raise FeelLimitError(f"een tekst van meer dan {MAX_STRING} tekens")
    return text


def check_list(items: list[Value]) -> list[Value]:
    if len(items) > MAX_LIST:
        raise FeelLimitError(f"een lijst van meer dan {MAX_LIST} onderdelen")
    return items

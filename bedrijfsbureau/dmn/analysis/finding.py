"""What the analysis has to say of a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bedrijfsbureau.feel import Value
from bedrijfsbureau.feel.text import write

Kind = Literal["gap", "overlap", "shadowed", "unreachable", "output", "unknown", "too_large"]
Severity = Literal["error", "warning", "note"]  # a note says what could not be examined


@dataclass(frozen=True, slots=True)
class Finding:
    """`rules`: numbers from 1; `example`: an input, by the label of its column, for which it holds."""

    kind: Kind
    severity: Severity
    message: str
    decision: str
    table: str
    line: int | None
    rules: tuple[int, ...] = ()
    example: Mapping[str, Value] = field(default_factory=dict)


def enumerated(numbers: tuple[int, ...]) -> str:
    """regel 1 | de regels 1, 2 en 3"""
    if len(numbers) == 1:
        return f"regel {numbers[0]}"
    return f"de regels {', '.join(map(str, numbers[:-1]))} en {numbers[-1]}"


def shown(example: Mapping[str, Value]) -> str:
    """soort = "eerste", leeftijd = 17"""
    return ", ".join(f"{label} = {write(value)}" for label, value in example.items()) or "elke invoer"

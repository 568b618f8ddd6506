"""FEEL types as written in `instance of`, function parameters and DMN typeRefs, and whether a value conforms."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bedrijfsbureau.feel.values import Function, Range, Value, kind

SIMPLE = frozenset(
    {
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
    | {"context", "list", "range", "function", "Any", "Null"}
)
OLD_NAMES = {"day and time duration": "days and time duration", "year and month duration": "years and months duration"}


@dataclass(frozen=True, slots=True)
class Type:
    """`element` of list<..> and range<..>; `fields` of context<..>; `parameters` and `result` of function<..>->.. ."""

    name: str
    element: "Type | None" = None
    fields: tuple[tuple[str, "Type"], ...] = ()
    parameters: "tuple[Type, ...] | None" = None
    result: "Type | None" = field(default=None)


Known = Callable[[Value, str], bool | None]
Spend = Callable[[int], None]


def unlimited(steps: int) -> None:
    """The budget of what happens outside an evaluation."""


def unknown(value: Value, name: str) -> bool | None:
    """The answer for a named type outside a DMN model."""
    return None


def conforms(value: Value, wanted: Type, known: Known = unknown, spend: Spend = unlimited) -> bool | None:
    """Whether a value is of a type; None for a type nobody knows. null is only of type Null. `known` judges named
    types; `spend` is told the items looked at, because lists may share items."""
    name = OLD_NAMES.get(wanted.name, wanted.name)
    if name not in SIMPLE:
        return known(value, name)
    if name == "Any":
        return value is not None
    if name == "Null":
        return value is None
    if kind(value) != name or value is None:
        return False
    if wanted.element is not None:
        return conforms_element(value, wanted.element, known, spend)
    if name == "context":
        spend(3 * len(wanted.fields))
        return all(key in value and accepts(value[key], field_type, known, spend) for key, field_type in wanted.fields)
    if name == "function" and wanted.parameters is not None:
        return isinstance(value, Function) and len(value.parameters) == len(wanted.parameters)
    return True


def conforms_element(value: Value, element: Type, known: Known, spend: Spend) -> bool:
    if isinstance(value, Range):
        return all(conforms(end, element, known, spend) is True for end in (value.low, value.high) if end is not None)
    spend(3 * len(value))
    return all(accepts(item, element, known, spend) for item in value)


def accepts(value: Value, wanted: Type, known: Known = unknown, spend: Spend = unlimited) -> bool:
    """As conforms, but null is allowed: it belongs to every type (DMN 1.5, 10.3.2.9.4)."""
    return value is None or conforms(value, wanted, known, spend) is True

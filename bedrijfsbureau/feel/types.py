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


def unknown(value: Value, name: str) -> bool | None:
    """The answer for a named type outside a DMN model."""
    return None


def conforms(value: Value, wanted: Type, known: Known = unknown) -> bool | None:
    """Whether a value is of a type; None for a type nobody knows. null is only of type Null. `known` judges named
    types."""
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
        return conforms_element(value, wanted.element, known)
    if name == "context":
        return all(key in value and accepts(value[key], field_type, known) for key, field_type in wanted.fields)
    if name == "function" and wanted.parameters is not None:
        return isinstance(value, Function) and conforms_function(value, wanted.parameters)
    return True


def conforms_element(value: Value, element: Type, known: Known) -> bool:
    if isinstance(value, Range):
        return all(conforms(end, element, known) is True for end in (value.low, value.high) if end is not None)
    return all(accepts(item, element, known) for item in value)


def conforms_function(value: Function, parameters: tuple[Type, ...]) -> bool:
    return len(value.parameters) == len(parameters)


def accepts(value: Value, wanted: Type, known: Known = unknown) -> bool:
    """As conforms, but null is allowed: it belongs to every type (DMN 1.5, 10.3.2.9.4)."""
    return value is None or conforms(value, wanted, known) is True

"""The parts of a form, as its definition says; independent of any dossier."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from re import Pattern
from typing import Any, TypeAlias

from bedrijfsbureau import feel
from bedrijfsbureau.dossiersoort import Field, Json
from bedrijfsbureau.termijnen import functions

Context: TypeAlias = Mapping[str, Any]
Allowed: TypeAlias = Callable[[Field], bool]


class Kind(StrEnum):
    """How a part is drawn."""

    TEXT = "text"
    AREA = "area"
    NUMBER = "number"
    DATE = "date"
    SELECT = "select"
    RADIO = "radio"
    CHECKLIST = "checklist"
    LIST = "list"
    ITEM = "item"
    GROUP = "group"
    NOTE = "note"
    SPACER = "spacer"


@dataclass(frozen=True)
class Limits:
    """What a form asks on top of the record. `pattern` looks at text of at most 200 characters."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    shortest: int | None = None
    longest: int | None = None
    pattern: Pattern[str] | None = None


@dataclass(frozen=True, eq=False)
class Component:
    """One part, equal only to itself, so that what is made from it can be kept beside it.

    `name`: the record path, which is the name in HTML; in a row of a list the name of the field; "" without a value.

    `hide` and `required` are FEEL: hidden only when true, required only when true.
    """

    kind: Kind
    name: str
    label: str
    field: Field | None = None
    hint: str = ""
    required: feel.Expression | None = None
    hide: feel.Expression | None = None
    choices: tuple[tuple[str | int, str], ...] = ()
    limits: Limits = Limits()
    readonly: bool = False
    growing: bool = True
    components: tuple["Component", ...] = ()

    @cached_property
    def allowed(self) -> frozenset[str | int]:
        """The values of `choices`."""
        return frozenset(choice for choice, _ in self.choices)

    def is_hidden(self, context: Context) -> bool:
        return self.hide is not None and self.hide.evaluate(context, functions) is True

    def is_required(self, context: Context) -> bool:
        return self.required is not None and self.required.evaluate(context, functions) is True


def everything(field: Field) -> bool:
    """Every field is allowed."""
    return True


def is_allowed(component: Component, allowed: Allowed) -> bool:
    """A list is allowed as soon as one of its fields on this form is; the others of its fields are then left alone."""
    if component.kind is Kind.LIST:
        return any(is_allowed(each, allowed) for each in with_value(component.components))
    return component.field is not None and allowed(component.field)


def visible(components: tuple[Component, ...], context: Context) -> Iterator[Component]:
    """The parts with a value that are not hidden, also those inside groups; rows of a list are its own affair."""
    for component in components:
        if component.is_hidden(context):
            continue
        if component.kind is Kind.GROUP:
            yield from visible(component.components, context)
        elif component.field is not None:
            yield component


def with_value(components: tuple[Component, ...]) -> Iterator[Component]:
    """Every part with a value, hidden or not."""
    for component in components:
        if component.kind is Kind.GROUP:
            yield from with_value(component.components)
        elif component.field is not None:
            yield component


def row_context(context: Context, row: Mapping[str, Json]) -> Context:
    """What expressions inside a row see: the fields of the row as well, and the row itself as `this`."""
    return {**context, **row, "this": row}

"""Types of a DMN model: built-in ones, item definitions with components and allowed values, and fitting a value to
one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bedrijfsbureau.feel import DateTime, Function, UnaryTests, Value, to_feel
from bedrijfsbureau.feel.dates import AnyDate
from bedrijfsbureau.feel.types import SIMPLE, Spend, Type, conforms, unlimited

OLD_NAMES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "day and time duration": "days and time duration",
    "year and month duration": "years and months duration",
}


@dataclass(frozen=True, slots=True)
class FunctionItem:
    parameters: tuple[str, ...]
    result: str | None


@dataclass(slots=True)
class ItemType:
    """An item definition. `base` names another type; `fields` are its components."""

    name: str
    base: str | None = None
    is_list: bool = False
    allowed: UnaryTests | None = None
    constraint: UnaryTests | None = None  # typeConstraint: of the value as a whole, also when it is a list
    fields: dict[str, "ItemType"] = field(default_factory=dict)
    function: FunctionItem | None = None


@dataclass(frozen=True, slots=True)
class Types:
    """All types of a model, by name; names of imported types carry the prefix of the import."""

    items: Mapping[str, ItemType]
    ignore_allowed: bool = False
    spend: Spend = unlimited

    def fit(self, value: Value, name: str | None, spend: Spend = unlimited) -> Value:
        """The value as the type wants it: a list of one may give its item, an item may become a list of one. `spend` is
        told the items looked at: lists may share items, so that they hold far more than was ever made.

        Raises ValueError with a Dutch reason when it does not fit. null fits every type."""
        if name is None or value is None:
            return value
        if spend is not unlimited:
            return replace(self, spend=spend).fit(value, name)
        item = self.items.get(name) or ItemType(name, base=name)
        for candidate in candidates(value, self.is_moment(item)):
            if self.problem(candidate, item, set()) is None:
                return candidate
        raise ValueError(self.problem(value, item, set()))

    def conforms(self, value: Value, name: str) -> bool | None:
        """As `instance of`: nothing is converted, null is of no type, and allowed values do not count (DMN TCK 0070).
        None for a type the model does not have."""
        item = self.items.get(name)
        if item is None:
            return None
        return value is not None and replace(self, ignore_allowed=True).problem(value, item, set()) is None

    def problem(self, value: Value, item: ItemType, seen: set[str]) -> str | None:
        """Why a value is not of a type, or None when it is."""
        if not item.is_list:
            problem = self.problem_of_one(value, item, seen)
        elif not isinstance(value, list):
            return f"de waarde is geen lijst van {item.name}"
        else:
            self.spend(len(value))
            problems = (self.problem_of_one(each, item, seen) for each in value)
            problem = next((problem for problem in problems if problem), None)
        if problem is None and not self.ignore_allowed and item.constraint is not None and value is not None:
            return self.outside(value, item.constraint, item)
        return problem

    def outside(self, value: Value, tests: UnaryTests, item: ItemType) -> str | None:
        if tests.matches(value, {}) is True:
            return None
        return f"de waarde hoort niet bij de toegestane waarden van {item.name}: {tests.text}"

    def problem_of_one(self, value: Value, item: ItemType, seen: set[str]) -> str | None:
        if value is None:
            return None
        if item.fields:
            problem = self.problem_of_fields(value, item, seen)
        elif item.function is not None:
            problem = None if takes(value, item.function) else f"de waarde is geen functie zoals {item.name}"
        else:
            problem = self.problem_of_base(value, item, seen)
        if problem is not None or item.allowed is None or self.ignore_allowed:
            return problem
        return self.outside(value, item.allowed, item)

    def problem_of_base(self, value: Value, item: ItemType, seen: set[str]) -> str | None:
        base = OLD_NAMES.get(item.base or "", item.base)
        if base is None or base == "Any":
            return None
        if base in SIMPLE:
            return None if conforms(value, Type(base)) else f"de waarde is niet van het type {base}"
        if base in seen or base not in self.items:
            return f"het type {base} bestaat niet"
        return self.problem(value, self.items[base], seen | {base})

    def problem_of_fields(self, value: Value, item: ItemType, seen: set[str]) -> str | None:
        if not isinstance(value, dict):
            return f"de waarde is geen {item.name}"
        for key, wanted in item.fields.items():
            if key not in value:
                return f"het onderdeel '{key}' van {item.name} ontbreekt"
            problem = self.problem(value[key], wanted, seen) if value[key] is not None else None
            if problem:
                return f"{key}: {problem}"
        return None

    def is_moment(self, item: ItemType) -> bool:
        """Whether the type is date and time, which a date can become."""
        seen: set[str] = set()
        base = item.base or ""
        while base in self.items and base not in seen and not item.is_list:
            seen.add(base)
            item = self.items[base]
            base = item.base or ""
        return not item.is_list and OLD_NAMES.get(base, base) == "date and time"

    def result_of(self, name: str | None) -> str | None:
        """The type of the results of a function type; any other type as it is."""
        item = self.items.get(name or "")
        return name if item is None or item.function is None else item.function.result

    def allowed(self, name: str | None) -> UnaryTests | None:
        """The allowed values of a type, also when inherited."""
        seen: set[str] = set()
        while name is not None and name in self.items and name not in seen:
            seen.add(name)
            item = self.items[name]
            if item.allowed is not None:
                return item.allowed
            name = item.base
        return None


def takes(value: Value, wanted: FunctionItem) -> bool:
    return isinstance(value, Function) and len(value.parameters) == len(wanted.parameters)


def candidates(value: Value, is_moment: bool) -> list[Value]:
    """What the value may be taken for (DMN 1.5, 10.3.2.9.4): an item for a list of one, a list of one for its item, a
    date for its first moment, in UTC."""
    if isinstance(value, list):
        return [value, *(taken_for(value[0], is_moment) if len(value) == 1 else ())]
    return [*taken_for(value, is_moment), [value]]


def taken_for(value: Value, is_moment: bool) -> list[Value]:
    return [value, DateTime(value, 0, 0)] if is_moment and isinstance(value, AnyDate) else [value]


def adopted(value: Value) -> Value:
    """A value from outside, also what lies inside it, which `to_feel` leaves until it is used."""
    value = to_feel(value)
    if isinstance(value, list):
        return [adopted(item) for item in value]
    return {key: adopted(item) for key, item in value.items()} if isinstance(value, dict) else value

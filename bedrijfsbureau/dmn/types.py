"""Types of a DMN model: built-in ones, item definitions with components and allowed values, and fitting a value to
one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bedrijfsbureau.feel import UnaryTests, Value
from bedrijfsbureau.feel.types import SIMPLE, Type, conforms

OLD_NAMES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "days and time duration": "days and time duration",
}


@dataclass(slots=True)
class ItemType:
    """An item definition. `base` names another type; `fields` are its components; `is_function` accepts any
    function."""

    name: str
    base: str | None = None
    is_list: bool = False
    allowed: UnaryTests | None = None
    allowed_list: UnaryTests | None = None  # of the list as a whole (typeConstraint)
    fields: dict[str, "ItemType"] = field(default_factory=dict)
    is_function: bool = False


@dataclass(frozen=True, slots=True)
class Types:
    """All types of a model, by name; names of imported types carry the prefix of the import."""

    items: Mapping[str, ItemType]
    ignore_allowed: bool = False

    def fit(self, value: Value, name: str | None) -> Value:
        """The value as the type wants it: a list of one may give its item, an item may become a list of one.

        Raises ValueError with a Dutch reason when it does not fit. null fits every type."""
        if name is None or value is None:
            return value
        item = self.items.get(name) or ItemType(name, base=name)
        for candidate in candidates(value):
            if self.problem(candidate, item, set()) is None:
                return candidate
        raise ValueError(self.problem(value, item, set()))

    def conforms(self, value: Value, name: str) -> bool | None:
        """As `instance of`: nothing is converted, null is of no type, and allowed values do not count (DMN TCK 0070).
        None for a type the model does not have."""
        item = self.items.get(name)
        if item is None:
            return None
        return value is not None and Types(self.items, ignore_allowed=True).problem(value, item, set()) is None

    def problem(self, value: Value, item: ItemType, seen: set[str]) -> str | None:
        """Why a value is not of a type, or None when it is."""
        if item.is_list:
            if not isinstance(value, list):
                return f"de waarde is geen lijst van {item.name}"
            problems = (self.problem_of_one(each, item, seen) for each in value)
            return next((problem for problem in problems if problem), None)
        return self.problem_of_one(value, item, seen)

    def problem_of_one(self, value: Value, item: ItemType, seen: set[str]) -> str | None:
        if value is None:
            return None
        if item.fields:
            return self.problem_of_fields(value, item, seen)
        if item.is_function:
            return None if conforms(value, Type("function")) else "de waarde is geen functie"
        problem = self.problem_of_base(value, item, seen)
        if problem is not None or item.allowed is None or self.ignore_allowed:
            return problem
        if item.allowed.matches(value, {}) is not True:
            return f"de waarde hoort niet bij de toegestane waarden van {item.name}: {item.allowed.text}"
        return None

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


def candidates(value: Value) -> list[Value]:
    if isinstance(value, list):
        return [value, value[0]] if len(value) == 1 else [value]
    return [value, [value]]

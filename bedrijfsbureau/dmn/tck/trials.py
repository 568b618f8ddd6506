"""The kit's own test files: the model they are about, the inputs of each trial, and the results they expect."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from bedrijfsbureau.dmn.document import Element, child, children, parse
from bedrijfsbureau.dmn.errors import DmnError
from bedrijfsbureau.feel import Value
from bedrijfsbureau.feel.literals import parse_date, parse_date_time, parse_duration, parse_time

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
NUMBERS = frozenset(("decimal", "double", "float", "integer", "int", "long", "short", "nonNegativeInteger"))
Read = Callable[[str], Value]
TEMPORAL: dict[str, Read] = {
    "date": parse_date,
    "time": parse_time,
    "dateTime": parse_date_time,
    "duration": parse_duration,
}
TRUE = ("true", "1")


@dataclass(frozen=True, slots=True)
class Expected:
    """The result wanted of one node. `is_error`: the kit wants an error, which for a caller is null."""

    node: str
    namespace: str | None
    value: Value
    is_error: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A test case of the kit. `invocable`: the service or knowledge model to call; None when each result names the
    decision to take."""

    id: str
    invocable: str | None
    inputs: Mapping[tuple[str | None, str], Value]  # by namespace (None: the model's own) and name
    results: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class TrialFile:
    path: Path
    model: Path
    level: str
    trials: tuple[Trial, ...]


def read_trials(path: Path) -> TrialFile:
    """Raises DmnError for a file that is not one of the kit."""
    root = parse(path.read_bytes())
    name = child(root, "modelName")
    if name is None or not name.text:
        raise DmnError(path.name, "Dit is geen testbestand van de DMN TCK")
    trials = tuple(trial(each) for each in children(root, "testCase"))
    return TrialFile(path, path.parent / str(name.text).strip(), level_of(path, root), trials)


def level_of(path: Path, root: Element | None = None) -> str:
    """From the folder, as the kit arranges its files, else from the label in the file."""
    found = re.search(r"compliance-level-(\d)", path.as_posix())
    groups = () if root is None else children(root, "labels")
    labels = [str(each.text) for group in groups for each in children(group, "label")]
    named = found or next(filter(None, (re.search(r"Compliance Level (\d)", each, re.I) for each in labels)), None)
    return named[1] if named else "?"


def trial(element: Element) -> Trial:
    inputs = {(each.get("namespace"), str(each.get("name"))): value_of(each) for each in children(element, "inputNode")}
    results = tuple(expected(each) for each in children(element, "resultNode"))
    kind = element.get("type", "decision")
    invocable = element.get("invocableName") if kind != "decision" else None
    return Trial(str(element.get("id")), invocable, inputs, results)


def expected(element: Element) -> Expected:
    wanted = child(element, "expected")
    value = None if wanted is None else value_of(wanted)
    return Expected(str(element.get("name")), element.get("namespace"), value, element.get("errorResult") in TRUE)


def value_of(element: Element) -> Value:
    """The value an element holds: a `list` of items, `component`s of a context, or one `value`."""
    items, components, single = child(element, "list"), [*children(element, "component")], child(element, "value")
    if items is not None:
        return None if items.get(NIL) in TRUE else [value_of(each) for each in children(items, "item")]
    if components:
        return {str(each.get("name")): value_of(each) for each in components if each.get("name") is not None}
    return None if single is None or single.get(NIL) in TRUE else simple(single)


def simple(element: Element) -> Value:
    """An XML Schema value as FEEL's. What FEEL has no such value for (a year 0, NaN) stays a text, which nothing but
    that text is equal to."""
    kind, text = str(element.get(TYPE) or "string").rpartition(":")[2], str(element.text or "")
    if kind == "boolean":
        return text.strip() in TRUE
    read = number if kind in NUMBERS else TEMPORAL.get(kind)
    value = None if read is None else read(text.strip())
    return text if value is None else value


def number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None

"""Literals, names and paths."""

from collections.abc import Callable
from decimal import Decimal

from bedrijfsbureau.feel.closures.table import Closure, translate, translates
from bedrijfsbureau.feel.nodes import Literal, Name, Path
from bedrijfsbureau.feel.properties import PROPERTIES
from bedrijfsbureau.feel.registry import builtin_value
from bedrijfsbureau.feel.run import Frame, Run
from bedrijfsbureau.feel.values import KINDS, Value, adopt, dutch

MISSING = object()


@translates(Literal)
def literal(node: Literal) -> Closure:
    value = node.value
    return lambda frame: value


def lookup(frame: Frame, name: str) -> Value:
    """The value of a variable, or MISSING."""
    scope: Frame | None = frame
    while scope is not None:
        value = scope.variables.get(name, MISSING)
        if value is not MISSING:
            return value if type(value) in KINDS else foreign(frame.run, value)
        scope = scope.parent
    return MISSING


def foreign(run: Run, value: object) -> Value:
    adopted = adopt(value)
    if adopted is None:
        run.warn(0, "Een gegeven heeft een soort die FEEL niet kent en telt als leeg")
    return adopted


@translates(Name)
def name(node: Name) -> Closure:
    wanted, position = node.name, node.start

    def read(frame: Frame) -> Value:
        value = lookup(frame, wanted)
        return value if value is not MISSING else read_function(frame.run, wanted, position)

    return read


def read_function(run: Run, wanted: str, position: int) -> Value:
    function = run.functions.get(wanted) or builtin_value(wanted, run)
    if function is None:
        run.warn(position, f"De naam '{wanted}' is niet bekend")
    return function


@translates(Path)
def path(node: Path) -> Closure:
    source, key, position = translate(node.source), node.key, node.start

    def read(frame: Frame) -> Value:
        value = source(frame)
        if type(value) is dict:
            found = value.get(key, MISSING)
            if type(found) in KINDS:
                return found
            return foreign(frame.run, found) if found is not MISSING else absent(frame.run, key, position)
        return property_of(frame.run, value, key, position)

    return read


def absent(run: Run, key: str, position: int) -> None:
    run.warn(position, f"Er is geen onderdeel '{key}'")


def property_of(run: Run, value: Value, key: str, position: int) -> Value:
    """A part of a date, time, duration or range; of a list: the part of each item."""
    if value is None:
        return None
    if type(value) is list:
        run.spend(2 * len(value))
        return [of_item(run, item, key, position) for item in value]
    read: Callable[[Value], Value] | None = PROPERTIES.get((type(value), key))
    if read is None:
        run.warn(position, f"Een {dutch(value)} heeft geen onderdeel '{key}'")
        return None
    found = read(value)
    return Decimal(found) if type(found) is int else found


def of_item(run: Run, item: Value, key: str, position: int) -> Value:
    if type(item) not in KINDS:
        item = adopt(item)
    if type(item) is dict:
        found = item.get(key)
        return found if type(found) in KINDS else foreign(run, found)
    return property_of(run, item, key, position)

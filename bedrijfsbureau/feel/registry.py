"""Built-in functions: declaring their parameters, choosing the overload that fits a call, and fitting the arguments.

A signature reads "string: string, start position: number, length: number?": name, kind; `?` may be left out, `|null`
may be null, `...` takes all further arguments as one list. An argument that does not fit gives null and a warning.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bedrijfsbureau.feel.dates import FarDate
from bedrijfsbureau.feel.durations import DaysDuration, MonthsDuration
from bedrijfsbureau.feel.run import TEXT_BLOCK, Run
from bedrijfsbureau.feel.times import DateTime, Time
from bedrijfsbureau.feel.values import KINDS, Function, Range, Value, adopt

DATES = frozenset({date, FarDate})
ACCEPTED: dict[str, frozenset[type]] = {
    "number": frozenset({Decimal}),
    "integer": frozenset({Decimal}),
    "string": frozenset({str}),
    "boolean": frozenset({bool}),
    "date": DATES,
    "time": frozenset({Time}),
    "day": DATES | {DateTime},
    "moment": DATES | {DateTime, Time},
    "months": frozenset({MonthsDuration}),
    "duration": frozenset({DaysDuration, MonthsDuration}),
    "days": frozenset({DaysDuration}),
    "list": frozenset({list}),
    "context": frozenset({dict}),
    "range": frozenset({Range}),
    "function": frozenset({Function}),
    "point": DATES | {Decimal, str, Time, DateTime, DaysDuration, MonthsDuration},
    "any": frozenset(KINDS),
}
MAX_INTEGER = Decimal(10**18)
CALL_COST = 3  # steps
UNFIT = object()


@dataclass(frozen=True, slots=True)
class Expected:
    """A parameter of a built-in function."""

    name: str
    kind: str
    accepted: frozenset[type]
    optional: bool
    nullable: bool
    rest: bool

    def fit(self, value: Value, run: Run) -> Value:
        """The argument as the function wants it, or UNFIT."""
        if type(value) not in self.accepted:
            value = self.converted(value)
        if type(value) is list:
            run.spend(len(value))
            if any(type(item) not in KINDS for item in value):
                return [adopt(item) for item in value]
        elif type(value) is str:
            run.spend(len(value) // TEXT_BLOCK)
        elif type(value) is dict:
            run.spend(len(value))
        elif self.kind == "integer" and value is not UNFIT and value is not None:
            return as_integer(value)
        return value

    def converted(self, value: Value) -> Value:
        """DMN 1.5, 10.3.2.9.4: an item where a list is wanted becomes a list of one, and the other way round."""
        if type(value) not in KINDS:
            value = adopt(value)
        if type(value) in self.accepted:
            return value
        if value is None:
            return None if self.nullable else UNFIT
        if self.kind == "list":
            return [value]
        if type(value) is list and len(value) == 1 and type(value[0]) in self.accepted:
            return value[0]
        return UNFIT


def as_integer(number: Decimal) -> Value:
    """A whole Python number; a fraction is dropped."""
    return int(number) if abs(number) < MAX_INTEGER else UNFIT


@dataclass(frozen=True, slots=True)
class Overload:
    parameters: tuple[Expected, ...]
    required: int
    implementation: Callable[..., Value]
    wants_run: bool
    cost: int

    def positional(self, values: list[Value]) -> list[Value] | None:
        """The values per parameter, or None when there are too few or too many."""
        count = len(self.parameters)
        if len(values) < self.required:
            return None
        if count and self.parameters[-1].rest:
            return values
        return values if len(values) <= count else None

    def named(self, values: list[Value], names: tuple[str, ...]) -> list[Value] | None:
        by_name = dict(zip(names, values, strict=True))
        ordered: list[Value] = []
        for parameter in self.parameters:
            if parameter.name in by_name:
                ordered.append(by_name.pop(parameter.name))
            elif not parameter.optional:
                return None
            elif by_name:  # left out in the middle: only a parameter that may be null can be
                ordered.append(None)
        return None if by_name else ordered

    def fit(self, values: list[Value], run: Run) -> list[Value] | None:
        fitted: list[Value] = []
        rest: list[Value] | None = None
        last = len(self.parameters) - 1
        for index, value in enumerate(values):
            parameter = self.parameters[min(index, last)]
            argument = parameter.fit(value, run)
            if argument is UNFIT:
                return None
            if parameter.rest:
                if rest is None:
                    rest = []
                    fitted.append(rest)
                rest.append(argument)
            else:
                fitted.append(argument)
        return fitted


@dataclass(frozen=True, slots=True)
class Builtin:
    name: str
    overloads: tuple[Overload, ...]


BUILTINS: dict[str, Builtin] = {}
Implementation = Callable[..., Value]


def builtin(
    name: str, *signatures: str, wants_run: bool = False, cost: int = CALL_COST
) -> Callable[[Implementation], Implementation]:
    """Declare an implementation. It gets Python values (an integer as int) and may give an int for a number; a
    ValueError or ArithmeticError makes the result null. With `wants_run` its first argument is the Run. `cost`: the
    steps of one call, beside those for the size of what goes in and comes out."""

    def register(implementation: Implementation) -> Implementation:
        overloads = tuple(overload(signature, implementation, wants_run, cost) for signature in signatures)
        before = BUILTINS[name].overloads if name in BUILTINS else ()
        BUILTINS[name] = Builtin(name, before + overloads)
        return implementation

    return register


def overload(signature: str, implementation: Implementation, wants_run: bool, cost: int) -> Overload:
    parameters = tuple(expected(part) for part in signature.split(", ")) if signature else ()
    required = sum(not parameter.optional and not parameter.rest for parameter in parameters)
    required += bool(parameters and parameters[-1].rest)
    return Overload(parameters, required, implementation, wants_run, cost)


def expected(text: str) -> Expected:
    name, _, kind = text.partition(": ")
    optional, rest = kind.endswith("?"), kind.endswith("...")
    kind, _, null = kind.rstrip("?.").partition("|")
    return Expected(name, kind, ACCEPTED[kind], optional, null == "null", rest)


def invoke_builtin(
    called: Builtin, run: Run, values: list[Value], names: tuple[str, ...] | None, position: int
) -> Value:
    for candidate in called.overloads:
        arguments = candidate.positional(values) if names is None else candidate.named(values, names)
        if arguments is None:
            continue
        fitted = candidate.fit(arguments, run)
        if fitted is None:
            continue
        run.spend(candidate.cost)
        try:
            result = (
                candidate.implementation(run, *fitted) if candidate.wants_run else candidate.implementation(*fitted)
            )
        except (ArithmeticError, ValueError):
            break
        return Decimal(result) if type(result) is int else charged(result, run)
    if not any(value is None for value in values):
        run.warn(position, f"De functie '{called.name}' kan niet met deze waarden")
    return None


def charged(result: Value, run: Run) -> Value:
    """The result, after paying for the memory it takes."""
    if type(result) is str:
        run.spend(len(result) // TEXT_BLOCK)
    elif type(result) is list or type(result) is dict:
        run.spend(len(result))
    return result


def builtin_value(name: str, run: Run) -> Function | None:
    """A built-in function as a value, to hand to another function."""
    found = BUILTINS.get(name)
    if found is None:
        return None
    called = found
    parameters = tuple(parameter.name for parameter in found.overloads[0].parameters)
    return Function(name, parameters, lambda *values: invoke_builtin(called, run, list(values), None, 0))

"""External functions of the kind Java (DMN 1.5, 10.3.2.13.3), without Java: the pure static methods of java.lang that
models use, written out. No other class or method exists, so that a model reaches nothing outside itself.

function(x) external {java: {class: "java.lang.Math", method signature: "cos(double)"}}
"""

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from bedrijfsbureau.feel.text import show, write
from bedrijfsbureau.feel.values import Function, Value

Convert = Callable[[Value], Value]
Method = Callable[..., Value]
Signature = tuple[str, str, tuple[str, ...]]  # class, method, types of the parameters
CALL = re.compile(r"\s*([\w$]{1,100})\s*\(([^()]{0,500})\)\s*")
PLACEHOLDER = re.compile(r"%(?:(%)|(s)|(d)|(?:\.(\d{1,2}))?(f))")
WHOLE_BITS = {"byte": 8, "short": 16, "int": 32, "long": 64}
BOXES = {"byte": "Byte", "short": "Short", "int": "Integer", "long": "Long", "float": "Float", "double": "Double"}
UNARY = "cos sin tan acos asin atan cosh sinh tanh sqrt cbrt exp expm1 log10 log1p ceil floor"
STRING, OBJECT, REST = "java.lang.String", "java.lang.Object", "[Ljava.lang.Object;"


def whole(bits: int) -> Convert:
    def convert(value: Value) -> int:
        if type(value) is not Decimal or value != value.to_integral_value() or not fits(int(value), bits):
            raise ValueError(value)
        return int(value)

    return convert


def fits(number: int, bits: int) -> bool:
    return -(1 << bits - 1) <= number < 1 << bits - 1


def only(kind: type, then: Convert = lambda value: value) -> Convert:
    def convert(value: Value) -> Value:
        if type(value) is not kind:
            raise ValueError(value)
        return then(value)

    return convert


def character(text: str) -> str:
    if len(text) != 1:
        raise ValueError(text)
    return text


CONVERT: dict[str, Convert] = {
    **{name: whole(bits) for name, bits in WHOLE_BITS.items()},
    "double": only(Decimal, float), "float": only(Decimal, float), "boolean": only(bool),
    "char": only(str, character), STRING: only(str), OBJECT: lambda value: value, REST: lambda value: value,
}  # fmt: skip


def read_whole(bits: int) -> Method:
    def read(text: str) -> int:
        if not re.fullmatch(r"[+-]?\d{1,20}", text, re.ASCII) or not fits(int(text), bits):
            raise ValueError(text)
        return int(text)

    return read


def java_format(pattern: str, *values: Value) -> str:
    """Only %s, %d, %f, %.2f and %%. Raises ValueError for anything else."""
    left = list(values)

    def filled(match: re.Match[str]) -> str:
        if match[1]:
            return "%"
        if not left:
            raise ValueError(pattern)
        value = left.pop(0)
        if match[2]:
            return show(value) or "null"
        if match[3]:
            return str(whole(64)(value))
        return f"{only(Decimal)(value):.{int(match[4] or 6)}f}"

    if "%" in PLACEHOLDER.sub("", pattern):
        raise ValueError(pattern)
    return PLACEHOLDER.sub(filled, pattern)


def methods() -> dict[Signature, Method]:
    found: dict[Signature, Method] = {("Math", name, ("double",)): getattr(math, name) for name in UNARY.split()}
    found |= {
        ("Math", "log", ("double",)): math.log, ("Math", "rint", ("double",)): lambda x: float(round(x)),
        ("Math", "toRadians", ("double",)): math.radians, ("Math", "toDegrees", ("double",)): math.degrees,
        ("Math", "signum", ("double",)): lambda x: float((x > 0) - (x < 0)),
        ("Math", "round", ("double",)): lambda x: math.floor(x + 0.5),
        ("Math", "round", ("float",)): lambda x: math.floor(x + 0.5),
        ("Math", "pow", ("double", "double")): math.pow, ("Math", "atan2", ("double", "double")): math.atan2,
        ("Math", "hypot", ("double", "double")): math.hypot,
        ("String", "valueOf", ("boolean",)): write, ("String", "valueOf", ("char",)): lambda text: text,
        ("String", "valueOf", (OBJECT,)): lambda value: show(value) or "null",
        ("String", "format", (STRING, REST)): java_format,
        ("Boolean", "valueOf", ("boolean",)): lambda value: value,
        ("Boolean", "parseBoolean", (STRING,)): lambda text: text.lower() == "true",
    }  # fmt: skip
    for kind, box in BOXES.items():
        read = read_whole(WHOLE_BITS[kind]) if kind in WHOLE_BITS else float
        found |= {(box, "valueOf", (kind,)): lambda number: number, (box, "valueOf", (STRING,)): read}
        found |= {(box, f"parse{'Int' if kind == 'int' else box}", (STRING,)): read}
        if kind in ("int", "long", "float", "double"):
            found |= {("Math", "abs", (kind,)): abs, ("Math", "max", (kind, kind)): max}
            found |= {("Math", "min", (kind, kind)): min, ("String", "valueOf", (kind,)): plain_text}
        if kind in ("int", "long"):
            found |= {("Math", "floorDiv", (kind, kind)): lambda x, y: x // y}
            found |= {("Math", "floorMod", (kind, kind)): lambda x, y: x % y}
    return found


def plain_text(number: float) -> str:
    return repr(number)


METHODS = methods()


def java_function(definition: Value, parameters: tuple[str, ...]) -> Function | None:
    """The function of `{class: ..., method signature: ...}`; None when that method is not among ours."""
    if not isinstance(definition, Mapping):
        return None
    match = CALL.fullmatch(str(definition.get("method signature") or ""))
    package, _, name = str(definition.get("class") or "").rpartition(".")
    types = tuple(part.strip() for part in match[2].split(",") if part.strip()) if match else ()
    method = METHODS.get((name, match[1], types)) if match and package == "java.lang" else None
    if method is None or (len(types) != len(parameters) and REST not in types):
        return None
    known = method

    def call(*values: Value) -> Value:
        padded = (*types, *(REST for _ in values[len(types) :]))
        try:
            return result(known(*(CONVERT[kind](value) for kind, value in zip(padded, values, strict=False))))
        except (ValueError, ArithmeticError):
            return None

    return Function(name, parameters, call)


def result(value: object) -> Value:
    """Java's NaN and infinities have no value in FEEL. Raises ValueError."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(value)
        return Decimal(repr(value))
    return value

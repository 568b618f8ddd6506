"""How a value is written: the result of string(), and FEEL text that reads back as the same value."""

import re
from decimal import Decimal

from bedrijfsbureau.feel.compare import Spend, unlimited
from bedrijfsbureau.feel.dates import AnyDate, show_date
from bedrijfsbureau.feel.run import MAX_STRING
from bedrijfsbureau.feel.values import Function, Range, Value

PLAIN_KEY = re.compile(r"[^\W\d][\w ]*")


def show(value: Value, spend: Spend = unlimited) -> str | None:
    """As string() does: a text is itself, null stays null."""
    return value if value is None or isinstance(value, str) else write(value, spend)


def write(value: Value, spend: Spend = unlimited) -> str:
    """As inside a list: a text between quotes, null as the word."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return show_number(value)
    if isinstance(value, AnyDate):
        return show_date(value)
    if isinstance(value, list):
        spend(len(value))
        return "[" + ", ".join(write(item, spend) for item in value) + "]"
    if isinstance(value, dict):
        spend(len(value))
        return "{" + ", ".join(f"{show_key(key)}: {write(item, spend)}" for key, item in value.items()) + "}"
    if isinstance(value, Range):
        return show_range(value)
    return f"function {value.name}".rstrip() if isinstance(value, Function) else str(value)


def show_number(number: Decimal) -> str:
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text[:MAX_STRING]


def show_key(key: str) -> str:
    return key if PLAIN_KEY.fullmatch(key) else write(key)


def show_range(value: Range) -> str:
    opening = "[" if value.low_included else "("
    closing = "]" if value.high_included else ")"
    return f"{opening}{write(value.low)}..{write(value.high)}{closing}"

"""How a value is written: the result of string(), and FEEL text that reads back as the same value."""

import re
from decimal import Decimal

from bedrijfsbureau.feel.dates import AnyDate, show_date
from bedrijfsbureau.feel.errors import FeelLimitError
from bedrijfsbureau.feel.run import TEXT_BLOCK, Run
from bedrijfsbureau.feel.types import Spend, unlimited
from bedrijfsbureau.feel.values import Function, Range, Value

MAX_DIGITS = 6_200  # before or after the point; a number of FEEL has no more
PLAIN_KEY = re.compile(r"[^\W\d][\w ]*")


def show(value: Value) -> str | None:
    """As string() does: a text is itself, null stays null. Raises FeelLimitError for what is too large to read."""
    try:
        return show_in(value, Run({}, None).spend)
    except RecursionError:
        raise FeelLimitError("een waarde die te diep genest is") from None


def show_in(value: Value, spend: Spend) -> str | None:
    """As show, within the budget of an evaluation."""
    return value if value is None or isinstance(value, str) else write(value, spend)


def write(value: Value, spend: Spend = unlimited) -> str:
    """As inside a list: a text between quotes, null as the word."""
    if value is None:
        return "null"
    if isinstance(value, str):
        spend(len(value) // TEXT_BLOCK)
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = show_number(value)
        spend(len(text) // TEXT_BLOCK)
        return text
    if isinstance(value, AnyDate):
        return show_date(value)
    if isinstance(value, list):
        spend(3 * len(value))
        return "[" + ", ".join(write(item, spend) for item in value) + "]"
    if isinstance(value, dict):
        spend(3 * len(value))
        return "{" + ", ".join(f"{show_key(key)}: {write(item, spend)}" for key, item in value.items()) + "}"
    if isinstance(value, Range):
        return show_range(value, spend)
    return f"function {value.name}".rstrip() if isinstance(value, Function) else str(value)


def show_number(number: Decimal) -> str:
    text = format(number, "f") if abs(number.adjusted()) <= MAX_DIGITS else format(number, "E")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def show_key(key: str) -> str:
    return key if PLAIN_KEY.fullmatch(key) else write(key)


def show_range(value: Range, spend: Spend) -> str:
    opening = "[" if value.low_included else "("
    closing = "]" if value.high_included else ")"
    return f"{opening}{write(value.low, spend)}..{write(value.high, spend)}{closing}"

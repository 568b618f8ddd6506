"""Values in and out: from Python or JSON to FEEL, and from FEEL to JSON."""

import re
from decimal import Decimal

from bedrijfsbureau.feel.errors import FeelLimitError
from bedrijfsbureau.feel.run import TEXT_BLOCK
from bedrijfsbureau.feel.text import show_number, write
from bedrijfsbureau.feel.values import Value, adopt

MAX_ITEMS = 100_000
MAX_EXACT_DIGITS = 15
TOO_DEEP = "een waarde die te diep genest is"
SURROGATE = re.compile("[\ud800-\udfff]")


def to_feel(value: object) -> Value:
    """Numbers become Decimal, Python's dates and times FEEL's, mappings contexts. A text stays a text, also when it
    looks like a date: only a schema knows which texts are dates. What FEEL does not know becomes null. Raises
    FeelLimitError for a value inside itself."""
    try:
        return adopt(value)
    except RecursionError:
        raise FeelLimitError(TOO_DEEP) from None


def to_json(value: Value) -> Value:
    """Only null, booleans, numbers, texts, lists and objects. Dates, times, durations and ranges become their text; so
    does a number that JSON readers would round. Raises FeelLimitError for a value far larger than any dossier."""
    try:
        return Export().json(value)
    except RecursionError:
        raise FeelLimitError(TOO_DEEP) from None


class Export:
    def __init__(self) -> None:
        self.items = 0

    def spend(self, items: int) -> None:
        self.items += items
        if self.items > MAX_ITEMS:
            raise FeelLimitError(f"een uitkomst van meer dan {MAX_ITEMS} onderdelen")

    def json(self, value: Value) -> Value:
        self.spend(1)
        if value is None or isinstance(value, bool | int):
            return value
        if isinstance(value, str):
            self.spend(len(value) // TEXT_BLOCK)
            return SURROGATE.sub("\ufffd", value)
        if isinstance(value, Decimal):
            return json_number(value)
        if isinstance(value, list | tuple):
            return [self.json(item) for item in value]
        if isinstance(value, dict):
            return {self.json(str(key)): self.json(item) for key, item in value.items()}
        return write(adopt(value), self.spend)


def json_number(number: Decimal) -> int | float | str | None:
    if not number.is_finite():
        return None
    if abs(number.adjusted()) > MAX_EXACT_DIGITS:
        return 0 if number == 0 else show_number(number)
    if number == number.to_integral_value():
        return int(number)
    approximate = float(number)
    return approximate if Decimal(repr(approximate)) == number else show_number(number)

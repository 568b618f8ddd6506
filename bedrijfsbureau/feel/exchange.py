"""Values in and out: from Python or JSON to FEEL, and from FEEL to JSON."""

from decimal import Decimal

from bedrijfsbureau.feel.errors import FeelLimitError
from bedrijfsbureau.feel.text import write
from bedrijfsbureau.feel.values import Value, adopt

MAX_ITEMS = 1_000_000
MAX_EXACT = 2**53


def to_feel(value: object) -> Value:
    """Numbers become Decimal, Python's dates and times FEEL's, mappings contexts. A text stays a text, also when it
    looks like a date: only a schema knows which texts are dates. What FEEL does not know becomes null."""
    return adopt(value)


def to_json(value: Value) -> Value:
    """Only null, booleans, numbers, texts, lists and objects. Dates, times, durations and ranges become their text; so
    does a number that JSON readers would round. Raises FeelLimitError for a value far larger than any dossier."""
    return Export().json(value)


class Export:
    def __init__(self) -> None:
        self.items = 0

    def json(self, value: Value) -> Value:
        self.items += 1
        if self.items > MAX_ITEMS:
            raise FeelLimitError(f"een uitkomst van meer dan {MAX_ITEMS} onderdelen")
        if value is None or isinstance(value, bool | str | int):
            return value
        if isinstance(value, Decimal):
            return json_number(value)
        if isinstance(value, list | tuple):
            return [self.json(item) for item in value]
        if isinstance(value, dict):
            return {key: self.json(item) for key, item in value.items()}
        return write(adopt(value))


def json_number(number: Decimal) -> int | float | str:
    if abs(number) <= MAX_EXACT and number == number.to_integral_value():
        return int(number)
    approximate = float(number)
    return approximate if Decimal(repr(approximate)) == number else write(number)

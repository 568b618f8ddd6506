"""Names of several words ("date and time", "eerste werkdag na"): the parser prefers the longest name that is known."""

from functools import lru_cache
from typing import Any

from bedrijfsbureau.feel.errors import FeelSyntaxError
from bedrijfsbureau.feel.tokens import Token, tokenize

# Names the language itself gives; the built-in functions of several words are added by builtins/.
PROPERTIES = ("time offset", "start included", "end included")
TYPE_NAMES = (
    "date and time",
    "days and time duration",
    "years and months duration",
    "day and time duration",
    "year and month duration",
)

# Word by word down to the name as it is to be looked up, which stands under NAME.
Known = dict[str, Any]
NAME = ""


class NameTable:
    """Known names of several words: those given, which many parsers share, and those the text itself introduces."""

    def __init__(self, given: Known) -> None:
        self.tables: tuple[Known, Known] = (given, {})

    def add(self, name: str) -> None:
        put(self.tables[1], name)

    def match(self, tokens: list[Token], index: int) -> tuple[str, int] | None:
        """The longest known name that starts at this token, and the number of tokens it takes."""
        found: tuple[str, int] | None = None
        for table in self.tables:
            place, length = index, 0
            while (table := table.get(tokens[place].text)) is not None:  # type: ignore[assignment]
                place, length = place + 1, length + 1
                if NAME in table and (found is None or length > found[1]):
                    found = table[NAME], length
                if tokens[place].kind == "end":
                    break
        return found


def put(table: Known, name: str) -> None:
    """A name that is no FEEL name (say, with a # in it) can never be written down; it is left out."""
    words = words_of(name)
    if len(words) > 1:
        for word in words:
            table = table.setdefault(word, {})
        table[NAME] = name


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    try:
        return tuple(token.text for token in tokenize(name) if token.text)
    except FeelSyntaxError:
        return ()


@lru_cache(maxsize=256)
def known_names(names: frozenset[str], builtins: frozenset[str]) -> Known:
    """Not to be changed."""
    table: Known = {}
    for name in sorted({*PROPERTIES, *TYPE_NAMES, *builtins, *names}):
        put(table, name)
    return table


def spelled(text: str, first: Token, last: Token) -> str:
    """A declared name as written, with white space reduced to one space."""
    return " ".join(text[first.start : last.end].split())

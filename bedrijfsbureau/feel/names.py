"""Names of several words ("date and time", "eerste werkdag na"): the parser prefers the longest name that is known."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

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

Known = tuple[tuple[str, ...], str]  # the words of a name, and the name as it is to be looked up


class NameTable:
    """Known names of several words by first word, longest first."""

    def __init__(self, base: Mapping[str, tuple[Known, ...]]) -> None:
        self.by_first: dict[str, tuple[Known, ...]] = dict(base)

    def add(self, name: str) -> None:
        """A name that is no FEEL name (say, with a # in it) can never be written down; it is left out."""
        words = words_of(name)
        if len(words) > 1:
            known = [*self.by_first.get(words[0], ()), (words, name)]
            self.by_first[words[0]] = tuple(sorted(known, key=lambda item: -len(item[0])))

    def match(self, tokens: list[Token], index: int) -> tuple[str, int] | None:
        """The longest known name that starts at this token, and the number of tokens it takes."""
        candidates = self.by_first.get(tokens[index].text)
        if candidates is None:
            return None
        for words, name in candidates:
            if all(token.text == word for token, word in zip(tokens[index : index + len(words)], words, strict=False)):
                return name, len(words)
        return None


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    try:
        return tuple(token.text for token in tokenize(name) if token.text)
    except FeelSyntaxError:
        return ()


@lru_cache(maxsize=256)
def known_names(names: frozenset[str], builtins: frozenset[str]) -> Mapping[str, tuple[Known, ...]]:
    table = NameTable({})
    everything: Iterable[str] = {*PROPERTIES, *TYPE_NAMES, *builtins, *names}
    for name in sorted(everything):
        table.add(name)
    return table.by_first


def spelled(text: str, first: Token, last: Token) -> str:
    """A declared name as written, with white space reduced to one space."""
    return " ".join(text[first.start : last.end].split())

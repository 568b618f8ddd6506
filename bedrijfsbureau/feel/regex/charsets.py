"""Sets of characters: ranges, Unicode categories and the classes \\d \\w \\s \\i \\c of XML Schema (part 2, appendix
F)."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

CharTest = Callable[[str], bool]
CATEGORIES = frozenset(
    {"L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe"}
    | {"Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn", "Cs"}
)
SINGLE = {"n": "\n", "r": "\r", "t": "\t"} | {sign: sign for sign in "\\|.?*+(){}$-[]^"}


@dataclass(frozen=True)
class CharSet:
    """Characters in one of the ranges or passing one of the tests; the opposite when negated; never one of
    `without`."""

    ranges: tuple[tuple[str, str], ...] = ()
    tests: tuple[CharTest, ...] = ()
    negated: bool = False
    without: "CharSet | None" = None
    ignore_case: bool = field(default=False)
    known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)  # answers for ASCII

    def has(self, char: str) -> bool:
        answer = self.known.get(char)
        if answer is None:
            answer = self.decide(char)
            if char < "\x80":
                self.known[char] = answer
        return answer

    def decide(self, char: str) -> bool:
        if self.without is not None and self.without.has(char):
            return False
        found = self.holds(char)
        if not found and self.ignore_case:
            found = any(self.holds(other) for other in (char.lower(), char.upper()) if len(other) == 1)
        return found is not self.negated

    def holds(self, char: str) -> bool:
        return any(low <= char <= high for low, high in self.ranges) or any(test(char) for test in self.tests)


def category_test(name: str) -> CharTest:
    """Raises ValueError for a category Unicode does not have."""
    if name == "IsBasicLatin":
        return lambda char: char < "\x80"
    if name not in CATEGORIES:
        raise ValueError(f"unknown category {name}")
    return lambda char: unicodedata.category(char).startswith(name)


def is_word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


def is_name_start(char: str) -> bool:
    return char in "_:" or unicodedata.category(char)[0] == "L"


def is_name_char(char: str) -> bool:
    return is_name_start(char) or char in "-.·" or unicodedata.category(char) in ("Nd", "Mc", "Mn")


CLASSES: dict[str, CharTest] = {
    "d": lambda char: unicodedata.category(char) == "Nd",
    "s": lambda char: char in " \t\n\r",
    "w": is_word,
    "i": is_name_start,
    "c": is_name_char,
}


def opposite(test: CharTest) -> CharTest:
    return lambda char: not test(char)


def class_test(letter: str) -> CharTest | None:
    """The test of an escape like \\d, or \\D for the opposite."""
    test = CLASSES.get(letter.lower())
    if test is None:
        return None
    return test if letter.islower() else opposite(test)

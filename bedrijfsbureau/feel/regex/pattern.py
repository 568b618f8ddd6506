"""Reading a pattern into a tree. Raises ValueError for whatever XPath does not allow."""

from dataclasses import dataclass

from bedrijfsbureau.feel.regex.charsets import SINGLE, CharSet, CharTest, category_test, class_test, opposite

MAX_DEPTH = 40
MAX_GROUPS = 50
MAX_REPEAT = 1000


@dataclass(frozen=True)
class Sequence:
    parts: "tuple[Part, ...]"


@dataclass(frozen=True)
class Choice:
    options: "tuple[Part, ...]"


@dataclass(frozen=True)
class Repeat:
    part: "Part"
    least: int
    most: int | None
    greedy: bool


@dataclass(frozen=True)
class Group:
    part: "Part"
    number: int


@dataclass(frozen=True)
class Anchor:
    """`kind`: start or end, of the text or of a line."""

    kind: str


@dataclass(frozen=True)
class BackReference:
    number: int


Part = Sequence | Choice | Repeat | Group | Anchor | BackReference | CharSet


class PatternReader:
    def __init__(self, pattern: str, flags: str) -> None:
        if set(flags) - set("smixq"):
            raise ValueError(f"unknown flags {flags}")
        self.flags = flags
        self.pattern = strip_space(pattern) if "x" in flags and "q" not in flags else pattern
        self.index = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.depth = 0

    def read(self) -> Part:
        if "q" in self.flags:
            return Sequence(tuple(self.one(char) for char in self.pattern))
        part = self.choice()
        if self.index < len(self.pattern):
            raise ValueError("unmatched )")
        return part

    def peek(self) -> str:
        return self.pattern[self.index] if self.index < len(self.pattern) else ""

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise ValueError("pattern ends too soon")
        self.index += 1
        return char

    def accept(self, text: str) -> bool:
        if self.pattern.startswith(text, self.index):
            self.index += len(text)
            return True
        return False

    def one(self, char: str) -> CharSet:
        return CharSet(((char, char),), ignore_case="i" in self.flags)

    def choice(self) -> Part:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError("too deep")
        options = [self.sequence()]
        while self.accept("|"):
            options.append(self.sequence())
        self.depth -= 1
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Part:
        parts: list[Part] = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self.quantified(self.atom()))
        return Sequence(tuple(parts))

    def quantified(self, part: Part) -> Part:
        bounds = self.bounds()
        if bounds is None:
            return part
        if isinstance(part, Anchor):
            raise ValueError("an anchor cannot be repeated")
        repeat = Repeat(part, *bounds, greedy=not self.accept("?"))
        if self.peek() and self.peek() in "*+?{":
            raise ValueError("two quantifiers in a row")
        return repeat

    def bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.accept(sign):
                return bounds
        if not self.accept("{"):
            return None
        least = self.number()
        most: int | None = least
        if self.accept(","):
            most = None if self.peek() == "}" else self.number()
        if not self.accept("}") or (most is not None and most < least) or max(least, most or 0) > MAX_REPEAT:
            raise ValueError("bad quantifier")
        return least, most

    def number(self) -> int:
        digits = ""
        while self.peek().isascii() and self.peek().isdigit():
            digits += self.take()
        if not digits or len(digits) > 6:
            raise ValueError("bad quantifier")
        return int(digits)

    def atom(self) -> Part:
        char = self.take()
        if char == "(":
            return self.group()
        if char == "[":
            return self.char_class()
        if char == ".":
            return CharSet(negated=True) if "s" in self.flags else CharSet((("\n", "\n"), ("\r", "\r")), negated=True)
        if char in "^$":
            place = "start" if char == "^" else "end"
            return Anchor(f"{place} of {'line' if 'm' in self.flags else 'text'}")
        if char == "\\":
            return self.escape()
        if char in "*+?{}])":
            raise ValueError(f"unexpected {char}")
        return self.one(char)

    def group(self) -> Part:
        if self.accept("?:"):
            part, number = self.choice(), 0
        elif self.peek() == "?":
            raise ValueError("no such group")
        else:
            self.groups += 1
            if self.groups > MAX_GROUPS:
                raise ValueError("too many groups")
            number = self.groups
            part = Group(self.choice(), number)
        if not self.accept(")"):
            raise ValueError("unclosed (")
        self.closed.add(number)
        return part

    def escape(self) -> Part:
        char = self.take()
        if char.isascii() and char.isdigit() and char != "0":
            number = int(char)
            while self.peek().isascii() and self.peek().isdigit() and number * 10 + int(self.peek()) <= self.groups:
                number = number * 10 + int(self.take())
            if number not in self.closed:
                raise ValueError("no such group")
            return BackReference(number)
        ranges, tests = self.escaped(char)
        return CharSet(ranges, tests, ignore_case="i" in self.flags)

    def escaped(self, char: str) -> tuple[tuple[tuple[str, str], ...], tuple[CharTest, ...]]:
        """What an escape stands for, as ranges and tests."""
        if char in SINGLE:
            return ((SINGLE[char], SINGLE[char]),), ()
        test = class_test(char)
        if test is not None:
            return (), (test,)
        if char not in "pP" or not self.accept("{"):
            raise ValueError(f"unknown escape {char}")
        name = ""
        while not self.accept("}"):
            name += self.take()
        test = category_test(name)
        return (), (test if char == "p" else opposite(test),)

    def char_class(self) -> CharSet:
        """After `[`: ranges, escapes and, at the end, `-[...]` to take characters out again."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError("too deep")
        negated = self.accept("^")
        ranges: list[tuple[str, str]] = []
        tests: list[CharTest] = []
        without = None
        while not self.accept("]"):
            if self.accept("-["):
                without = self.char_class()
                if self.peek() != "]":
                    raise ValueError("a subtraction ends the class")
            else:
                self.class_item(ranges, tests)
        if not ranges and not tests:
            raise ValueError("empty class")
        self.depth -= 1
        return CharSet(tuple(ranges), tuple(tests), negated, without, "i" in self.flags)

    def class_item(self, ranges: list[tuple[str, str]], tests: list[CharTest]) -> None:
        low = self.class_char(tests)
        if low is None:
            return
        if self.peek() != "-" or self.pattern[self.index + 1 : self.index + 2] in ("]", "[", ""):
            ranges.append((low, low))
            return
        self.take()
        high = self.class_char([])
        if high is None or high < low:
            raise ValueError("bad range")
        ranges.append((low, high))

    def class_char(self, tests: list[CharTest]) -> str | None:
        """One character; None when it was an escape for many, which is then added to the tests."""
        char = self.take()
        if char == "[":
            raise ValueError("[ inside a class")
        if char != "\\":
            return char
        escaped_ranges, escaped_tests = self.escaped(self.take())
        tests.extend(escaped_tests)
        return escaped_ranges[0][0] if escaped_ranges else None


def strip_space(pattern: str) -> str:
    """Flag x: white space outside character classes does not count."""
    kept: list[str] = []
    inside = 0
    for index, char in enumerate(pattern):
        escaped = index > 0 and pattern[index - 1] == "\\"
        inside += (char == "[") - (char == "]") if not escaped else 0
        if inside > 0 or char not in " \t\n\r":
            kept.append(char)
    return "".join(kept)

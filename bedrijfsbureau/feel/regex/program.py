"""A pattern as a flat list of instructions for the matcher."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bedrijfsbureau.feel.regex.charsets import CharSet
from bedrijfsbureau.feel.regex.pattern import (
    Anchor,
    BackReference,
    Choice,
    Group,
    Part,
    PatternReader,
    Repeat,
    Sequence,
)

MAX_INSTRUCTIONS = 2_000
COMPILE_COST = 3  # steps for one instruction
MAX_WRITES = 5_000  # a repeated group may be empty, so that instructions alone do not bound the work


@dataclass(slots=True)
class Instruction:
    """`kind`: char (of `chars`), split (to `first`, else `second`), jump (to `first`), save (in slot `first`), back
    (to group `first`), found, or the kind of an anchor."""

    kind: str
    chars: CharSet | None = None
    first: int = 0
    second: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    instructions: tuple[Instruction, ...]
    groups: int
    has_back_references: bool
    ignore_case: bool


class Writer:
    def __init__(self) -> None:
        self.code: list[Instruction] = []
        self.writes = 0

    def emit(self, instruction: Instruction) -> Instruction:
        if len(self.code) >= MAX_INSTRUCTIONS:
            raise ValueError("pattern too large")
        self.code.append(instruction)
        return instruction

    def write(self, part: Part) -> None:
        self.writes += 1
        if self.writes > MAX_WRITES:
            raise ValueError("pattern too large")
        if isinstance(part, CharSet):
            self.emit(Instruction("char", part))
        elif isinstance(part, Sequence):
            for each in part.parts:
                self.write(each)
        elif isinstance(part, Choice):
            self.write_choice(part)
        elif isinstance(part, Repeat):
            self.write_repeat(part)
        elif isinstance(part, Group):
            self.emit(Instruction("save", first=2 * part.number))
            self.write(part.part)
            self.emit(Instruction("save", first=2 * part.number + 1))
        elif isinstance(part, BackReference):
            self.emit(Instruction("back", first=part.number))
        else:
            self.write_anchor(part)

    def write_anchor(self, part: Anchor) -> None:
        self.emit(Instruction(part.kind))

    def write_choice(self, part: Choice) -> None:
        ends: list[Instruction] = []
        for option in part.options[:-1]:
            split = self.emit(Instruction("split", first=len(self.code) + 1))
            self.write(option)
            ends.append(self.emit(Instruction("jump")))
            split.second = len(self.code)
        self.write(part.options[-1])
        for jump in ends:
            jump.first = len(self.code)

    def write_repeat(self, part: Repeat) -> None:
        for _ in range(part.least):
            self.write(part.part)
        if part.most is None:
            split = self.emit(Instruction("split"))
            start = len(self.code)
            self.write(part.part)
            self.emit(Instruction("jump", first=start - 1))
            self.branch(split, start, len(self.code), part.greedy)
            return
        splits: list[tuple[Instruction, int]] = []
        for _ in range(part.most - part.least):
            split = self.emit(Instruction("split"))
            splits.append((split, len(self.code)))
            self.write(part.part)
        for split, start in splits:
            self.branch(split, start, len(self.code), part.greedy)

    def branch(self, split: Instruction, again: int, onward: int, greedy: bool) -> None:
        split.first, split.second = (again, onward) if greedy else (onward, again)


def compile_pattern(pattern: str, flags: str, spend: Callable[[int], None]) -> Program:
    """The charge is the same whether the pattern was met before or not. Raises ValueError when the pattern or the flags
    are not XPath's, or the pattern is too large."""
    compiled = compiled_once(pattern, flags)
    if isinstance(compiled, Refused):
        spend(compiled.cost)
        raise ValueError(compiled.reason)
    spend(COMPILE_COST * len(compiled.instructions))
    return compiled


@lru_cache(maxsize=128)
def compiled_once(pattern: str, flags: str) -> "Program | Refused":
    writer = Writer()
    try:
        reader = PatternReader(pattern, flags)
        writer.write(reader.read())
        writer.emit(Instruction("found"))
    except ValueError as reason:
        return Refused(str(reason), COMPILE_COST * (len(pattern) + writer.writes))
    back = any(instruction.kind == "back" for instruction in writer.code)
    return Program(tuple(writer.code), reader.groups, back, "i" in flags)


@dataclass(frozen=True, slots=True)
class Refused:
    """A pattern that can't be used, why, and the steps it took to find out."""

    reason: str
    cost: int

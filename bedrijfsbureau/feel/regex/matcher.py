"""Running a program over a text: backtracking that never tries the same instruction at the same position twice.

The first alternative that leads to a match wins, as in Perl and XPath. Back references need the captures and so cannot
share tried positions; for those only the budget bounds the work.
"""

from collections.abc import Callable, Iterator

from bedrijfsbureau.feel.regex.program import Instruction, Program

Spend = Callable[[int], None]
Captures = tuple[int, ...]  # slot 2n: start of group n, 2n+1: its end; -1 when it took no part
BATCH = 8  # moves per charge; each costs one step
ATTEMPT_COST = 4


def search(program: Program, text: str, start: int, spend: Spend) -> Captures | None:
    """The captures of the first match at or after `start`."""
    return Search(program, text, spend).first(start)


def find_all(program: Program, text: str, spend: Spend) -> Iterator[Captures]:
    """Matches that do not overlap, from left to right."""
    position = 0
    while position <= len(text):
        captures = search(program, text, position, spend)
        if captures is None:
            return
        yield captures
        position = captures[1] if captures[1] > captures[0] else captures[1] + 1


class Search:
    """For one match. `tried` holds what the attempts at earlier positions already found to lead nowhere."""

    def __init__(self, program: Program, text: str, spend: Spend) -> None:
        self.program = program
        self.text = text
        self.spend = spend
        self.tried: set[int] = set()

    def first(self, start: int) -> Captures | None:
        for position in range(start, len(self.text) + 1):
            self.spend(ATTEMPT_COST)
            captures = self.match_at(position)
            if captures is not None:
                return captures
        return None

    def match_at(self, start: int) -> Captures | None:
        code, text, tried, end = self.program.instructions, self.text, self.tried, len(self.text)
        remember = not self.program.has_back_references
        stack: list[tuple[int, int, Captures]] = [(0, start, (start, -1) + (-1, -1) * self.program.groups)]
        moves = 0
        while stack:
            pointer, position, captures = stack.pop()
            while pointer >= 0:
                moves += 1
                if moves % BATCH == 0:
                    self.spend(BATCH)
                if remember:
                    key = pointer * (end + 1) + position
                    if key in tried:
                        break
                    tried.add(key)
                instruction = code[pointer]
                if instruction.chars is not None:
                    if position == end or not instruction.chars.has(text[position]):
                        break
                    pointer, position = pointer + 1, position + 1
                elif instruction.kind == "split":
                    stack.append((instruction.second, position, captures))
                    pointer = instruction.first
                elif instruction.kind == "jump":
                    pointer = instruction.first
                elif instruction.kind == "save":
                    slot = instruction.first
                    captures = (*captures[:slot], position, *captures[slot + 1 :])
                    pointer += 1
                elif instruction.kind == "found":
                    return (captures[0], position, *captures[2:])
                else:
                    pointer, position = self.zero_width(instruction, pointer, position, captures)
        return None

    def zero_width(self, instruction: Instruction, pointer: int, position: int, captures: Captures) -> tuple[int, int]:
        """The next instruction and position after an anchor or back reference; a negative instruction means: no
        match."""
        text = self.text
        if instruction.kind == "back":
            taken = text[captures[2 * instruction.first] : max(captures[2 * instruction.first + 1], 0)]
            found = text[position : position + len(taken)]
            same = found == taken or (self.program.ignore_case and found.casefold() == taken.casefold())
            return (pointer + 1 if same else -1), position + len(taken)
        holds = {
            "start of text": position == 0,
            "end of text": position == len(text),
            "start of line": position == 0 or text[position - 1] == "\n",
            "end of line": position == len(text) or text[position] == "\n",
        }[instruction.kind]
        return (pointer + 1 if holds else -1), position

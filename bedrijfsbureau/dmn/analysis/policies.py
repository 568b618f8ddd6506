"""What a hit policy makes of boxes that meet, hide each other, or leave something open."""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from bedrijfsbureau.dmn.analysis.finding import Finding, Kind, Severity, enumerated, shown
from bedrijfsbureau.dmn.analysis.grid import Grid
from bedrijfsbureau.dmn.analysis.outputs import Outputs
from bedrijfsbureau.dmn.analysis.space import Box, Budget, holds, shared, uncovered
from bedrijfsbureau.dmn.tables import Table
from bedrijfsbureau.feel import Value

MOST_GAPS = 5
MOST_OVERLAPS = 20
LISTS = ("RULE ORDER", "OUTPUT ORDER")  # no hit is an empty list there, and so is COLLECT


class TableReport:
    """The findings of one table, made one question at a time."""

    def __init__(self, decision: str, table: Table, grid: Grid, outputs: Outputs, budget: Budget) -> None:
        self.decision = decision
        self.table = table
        self.grid = grid
        self.outputs = outputs
        self.budget = budget

    def finding(
        self,
        kind: Kind,
        severity: Severity,
        message: str,
        rules: Sequence[int] = (),
        example: dict[str, Value] | None = None,
    ) -> Finding:
        """`rules` count from 0 here."""
        line = self.table.rules[rules[-1]].line if rules else self.table.line
        numbers = tuple(rule + 1 for rule in rules)
        return Finding(kind, severity, message, self.decision, self.table.id, line, numbers, example or {})

    def unexamined(self) -> Iterator[Finding]:
        by_column: dict[int, list[int]] = {}
        for column, rule in self.grid.unknown:
            by_column.setdefault(column, []).append(rule)
        for column, rules in by_column.items():
            label = self.table.inputs[column].label
            where = enumerated(tuple(rule + 1 for rule in rules))
            message = (
                f"De tests van '{label}' in {where} zijn niet vooraf te onderzoeken; let daar op gaten en overlap."
            )
            yield self.finding("unknown", "note", message, rules)

    def unreachable(self) -> Iterator[Finding]:
        for rule, box in enumerate(self.grid.possibly):
            empty = [each.label for each, mask in zip(self.grid.dimensions, box, strict=True) if not mask]
            if empty:
                message = f"Regel {rule + 1} geldt nooit: geen waarde van '{empty[0]}' voldoet aan haar test."
                yield self.finding("unreachable", "warning", message, [rule])

    def overlaps(self) -> Iterator[Finding]:
        """Of the policies that allow one hit, or only hits that say the same."""
        if self.table.hit_policy not in ("UNIQUE", "ANY"):
            return
        boxes = self.grid.surely
        self.budget.spend(len(boxes) * (len(boxes) - 1) // 2)
        for one, other in combinations(range(len(boxes)), 2):
            both = shared(boxes[one], boxes[other])
            if both is not None:
                yield from self.overlap(one, other, both)

    def overlap(self, one: int, other: int, both: Box) -> Iterator[Finding]:
        example = self.grid.example(both, [one, other])
        start = f"De regels {one + 1} en {other + 1} gelden tegelijk voor {shown(example)}"
        if self.table.hit_policy == "UNIQUE":
            message = f"{start}; in een UNIQUE-tabel mag maar één regel gelden."
            yield self.finding("overlap", "error", message, [one, other], example)
            return
        same = self.outputs.same(one, other)
        if same is None:
            message = f"{start}; of zij dan hetzelfde geven, zoals een ANY-tabel eist, is niet vooraf te zeggen."
            yield self.finding("overlap", "note", message, [one, other], example)
        elif not same:
            message = f"{start} en geven iets anders; in een ANY-tabel mag dat niet."
            yield self.finding("overlap", "error", message, [one, other], example)

    def shadowed(self) -> Iterator[Finding]:
        """Rules that never have effect because others, which go before, hold wherever they do; first those that one
        other rule hides, as that is quickly seen."""
        if self.table.hit_policy not in ("FIRST", "PRIORITY"):
            return
        surely, together = self.grid.surely, []
        for rule, box in enumerate(self.grid.possibly):
            self.budget.spend(rule)
            before = [each for each in self.before(rule) if all(box) and shared(box, surely[each])]
            alone = next((each for each in before if holds(surely[each], box)), None)
            if alone is not None:
                yield self.shadow(rule, [alone])
            elif before:
                together.append((rule, before))
        for rule, before in together:
            left = uncovered(self.grid.possibly[rule], [surely[each] for each in before], self.budget)
            if not any(True for _ in left):
                yield self.shadow(rule, before)

    def shadow(self, rule: int, before: list[int]) -> Finding:
        example = self.grid.example(self.grid.possibly[rule], [rule])
        hiding = ("gaat " if len(before) == 1 else "gaan ") + enumerated(tuple(each + 1 for each in before))
        message = f"Regel {rule + 1} heeft nooit effect: waar zij geldt, {hiding} voor, zoals bij {shown(example)}."
        return self.finding("shadowed", "warning", message, [*before, rule], example)

    def before(self, rule: int) -> list[int]:
        """The rules that win from this one when both hit."""
        if self.table.hit_policy == "FIRST":
            return list(range(rule))
        mine = self.outputs.rank(rule)
        ranks = [self.outputs.rank(each) for each in range(len(self.table.rules))]
        if mine is None:
            return []
        return [each for each, rank in enumerate(ranks) if rank is not None and (rank, each) < (mine, rule)]

    def gaps(self) -> Iterator[Finding]:
        """Inputs for which no rule holds, where that gives null; not where that is foreseen by a default or a list."""
        policy, aggregation = self.table.hit_policy, self.table.aggregation
        gives_list = policy in LISTS or (policy == "COLLECT" and aggregation in (None, "COUNT"))
        if gives_list or any(output.default is not None for output in self.table.outputs) or not self.table.rules:
            return
        found = list(islice(uncovered(self.grid.expected, self.grid.possibly, self.budget), MOST_GAPS + 1))
        for box in found[:MOST_GAPS]:
            example = self.grid.missing(box)
            message = f"Voor {shown(example)} geldt geen enkele regel; de uitkomst is dan leeg."
            yield self.finding("gap", "warning", message, [], example)
        if len(found) > MOST_GAPS:
            yield self.finding("gap", "warning", "Er zijn nog meer gaten dan deze.")

    def wrong_outputs(self) -> Iterator[Finding]:
        for rule, column, value in self.outputs.not_allowed():
            name = self.table.outputs[column].name or "uitkomst"
            message = f"Regel {rule + 1} geeft {value} voor '{name}', en dat hoort niet bij de toegestane uitkomsten."
            yield self.finding("output", "warning", message, [rule])

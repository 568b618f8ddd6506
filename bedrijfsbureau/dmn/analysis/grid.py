"""A table as boxes: a dimension per input expression, its pieces, and of each rule the pieces that its tests accept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bedrijfsbureau.dmn.analysis.pieces import samples
from bedrijfsbureau.dmn.analysis.points import Unknown, is_ordering, points
from bedrijfsbureau.dmn.analysis.space import Box, Budget
from bedrijfsbureau.dmn.tables import Table
from bedrijfsbureau.feel import FeelLimitError, UnaryTests, Value

Cell = tuple[int, int]  # column and rule, both from 0


@dataclass(frozen=True, slots=True)
class Domain:
    """What is known of the values of an input: FEEL's name of their kind, and tests they all satisfy."""

    kind: str | None = None
    allowed: tuple[UnaryTests, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """`values`: one of each piece, the last one null. `columns`: those whose input is this one. `wants_null`: whether a
    test speaks of null, so that it is an input to reckon with."""

    label: str
    columns: tuple[int, ...]
    values: tuple[Value, ...]
    wants_null: bool = False

    @property
    def whole(self) -> int:
        return (1 << len(self.values)) - 1

    @property
    def expected(self) -> int:
        """What a complete table covers: null only when it speaks of null."""
        return self.whole if self.wants_null or len(self.values) == 1 else self.whole >> 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Of rule i, `surely[i]` lies in the true box and `possibly[i]` around it: they differ where a test can't be
    examined (the cells in `unknown`)."""

    dimensions: tuple[Dimension, ...]
    surely: tuple[Box, ...]
    possibly: tuple[Box, ...]
    unknown: tuple[Cell, ...]

    @property
    def expected(self) -> Box:
        return tuple(dimension.expected for dimension in self.dimensions)

    def example(self, box: Box, rules: Sequence[int]) -> dict[str, Value]:
        """An input inside a box, of the dimensions where it or one of the rules says something."""
        boxes = [box, *(self.possibly[rule] for rule in rules)]
        says = [any(each[index] != found.whole for each in boxes) for index, found in enumerate(self.dimensions)]
        return self.values(box, says)

    def missing(self, box: Box) -> dict[str, Value]:
        """An input inside a box that no rule covers, of the dimensions where that matters."""
        return self.values(box, [mask != part.expected for mask, part in zip(box, self.dimensions, strict=True)])

    def values(self, box: Box, wanted: Sequence[bool]) -> dict[str, Value]:
        return {
            dimension.label: dimension.values[(mask & -mask).bit_length() - 1]
            for dimension, mask, is_wanted in zip(self.dimensions, box, wanted, strict=True)
            if is_wanted
        }


def grid(table: Table, domains: Sequence[Domain], budget: Budget) -> Grid:
    """Raises TooLarge."""
    by_text: dict[str, list[int]] = {}
    for column, each in enumerate(table.inputs):
        by_text.setdefault(each.text or f"#{column}", []).append(column)
    made = [dimension(table, columns, domains, budget) for columns in by_text.values()]
    dimensions = tuple(found for found, _ in made)
    unknown = tuple(cell for _, hidden in made for cell in hidden)
    masks = [list(rule_masks(table, each, set(unknown), budget)) for each in dimensions]
    numbers = range(len(table.rules))
    return Grid(
        dimensions,
        tuple(tuple(found[rule][0] for found in masks) for rule in numbers),
        tuple(tuple(found[rule][1] for found in masks) for rule in numbers),
        unknown,
    )


def dimension(
    table: Table, columns: Sequence[int], domains: Sequence[Domain], budget: Budget
) -> tuple[Dimension, list[Cell]]:
    """The pieces of one input, and its cells that can't be examined. Raises TooLarge."""
    label, limits = table.inputs[columns[0]].label, [test for each in columns for test in domains[each].allowed]
    rules = range(len(table.rules))
    cells = [(column, rule) for column in columns for rule in rules if not is_any(table, column, rule)]
    examined: list[UnaryTests] = []
    found: list[Value] = []
    hidden: list[Cell] = []
    for column, rule in cells:
        test = table.rules[rule].tests[column]
        constants = constants_of(test)
        if constants is None or test is None:
            hidden.append((column, rule))
        else:
            found.extend(constants)
            examined.append(test)
    allowed = [point for test in limits for point in constants_of(test) or () if point is not None]
    try:
        values = samples([*found, *allowed], domains[columns[0]].kind, any(map(is_ordering, [*examined, *limits])))
    except Unknown:
        return Dimension(label, tuple(columns), (None,)), cells
    budget.spend(len(values) * len(limits))
    kept = [value for value in values if all(test.matches(value, {}) is True for test in limits)]
    if not kept:  # nothing to try the tests on
        return Dimension(label, tuple(columns), (None,)), cells
    return Dimension(label, tuple(columns), (*kept, None), None in found), hidden


def is_any(table: Table, column: int, rule: int) -> bool:
    test = table.rules[rule].tests[column]
    return test is not None and not test.tests


def constants_of(test: UnaryTests | None) -> list[Value] | None:
    try:
        return None if test is None else points(test)
    except (Unknown, FeelLimitError):
        return None


def rule_masks(table: Table, dimension: Dimension, unknown: set[Cell], budget: Budget) -> Iterator[tuple[int, int]]:
    """Per rule the pieces that its tests surely and possibly accept. Raises TooLarge."""
    known: dict[str, int] = {}
    for number, rule in enumerate(table.rules):
        surely = possibly = dimension.whole
        for column in dimension.columns:
            test = rule.tests[column]
            if (column, number) in unknown:
                surely = 0
            elif test is not None and test.tests:
                if test.text not in known:
                    budget.spend(len(dimension.values))
                    known[test.text] = mask(test, dimension.values)
                surely, possibly = surely & known[test.text], possibly & known[test.text]
        yield surely, possibly


def mask(test: UnaryTests, values: Sequence[Value]) -> int:
    return sum(1 << index for index, value in enumerate(values) if test.matches(value, {}) is True)

"""Functions on lists (DMN 1.5, 10.3.4.4 and 10.3.4.8). None changes the list it is given. A value that is no list
counts as a list of one."""

from bedrijfsbureau.feel.manual.entry import entry

BOTH = " Takes a list, or the values themselves."
POSITION = "There is no such position."
ENTRIES = {
    "list contains": entry(
        "Whether an item of the list equals the value.",
        'list contains(["ERI", "SYR"], "SYR") => true',
        "list contains([1, null], null) => true",
    ),
    "list replace": entry(
        "The list with another item at a position, or wherever a function of the old and the new item says true.",
        "list replace([2, 4, 7, 8], 3, 6) => [2, 4, 6, 8]",
        "list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) => [5, 5, 7, 8]",
        null_when=POSITION + " The function gives no boolean.",
    ),
    "count": entry("The number of items, null included." + BOTH, "count([1, null]) => 2", "count([]) => 0"),
    "min": entry(
        "The lowest item." + BOTH,
        "min(3, 1, 2) => 1",
        'min([date("2026-01-01"), date("2025-01-01")]) => 2025-01-01',
        "min([]) => null",
        null_when="The list is empty, or two items have no order.",
    ),
    "max": entry(
        "The highest item." + BOTH,
        "max(3, 1, 2) => 3",
        'max(1, "a") => null',
        null_when="The list is empty, or two items have no order.",
    ),
    "sum": entry(
        "The sum of numbers, or of durations of one kind." + BOTH,
        "sum([1, 2, 3]) => 6",
        'sum([duration("P1D"), duration("P2D")]) => P3D',
        "sum([]) => null",
        null_when="The list is empty, or an item cannot be added.",
    ),
    "mean": entry(
        "The average of numbers." + BOTH, "mean([1, 2, 3]) => 2", "mean([]) => null", null_when="The list is empty."
    ),
    "all": entry(
        "Whether all items are true, by the logic of `and`." + BOTH,
        "all([true, false, null]) => false",
        "all([true, null]) => null",
        "all([]) => true",
        null_when="No item is false, and one is neither true nor false.",
    ),
    "any": entry(
        "Whether one item is true, by the logic of `or`." + BOTH,
        "any([false, true, null]) => true",
        "any([false, null]) => null",
        "any([]) => false",
        null_when="No item is true, and one is neither true nor false.",
    ),
    "sublist": entry(
        "The items from a position, or from the end with a negative position, up to a length.",
        "sublist([1, 2, 3], 2) => [2, 3]",
        "sublist([1, 2, 3], -2, 1) => [2]",
        null_when=POSITION + " The list is too short for the length.",
    ),
    "append": entry("The list with items added at the end.", "append([1], 2, 3) => [1, 2, 3]"),
    "concatenate": entry("The items of all lists, one after another.", "concatenate([1], [2, 3]) => [1, 2, 3]"),
    "insert before": entry(
        "The list with an item added before a position.", "insert before([1, 3], 2, 2) => [1, 2, 3]", null_when=POSITION
    ),
    "remove": entry("The list without the item at a position.", "remove([1, 2, 3], 2) => [1, 3]", null_when=POSITION),
    "reverse": entry("The items from last to first.", "reverse([1, 2, 3]) => [3, 2, 1]"),
    "index of": entry("The positions of the items that equal the value.", "index of([1, 2, 1], 1) => [1, 3]"),
    "union": entry("The items of all lists, each value once.", "union([1, 2], [2, 3]) => [1, 2, 3]"),
    "distinct values": entry("The items, each value once.", "distinct values([1, 2, 1]) => [1, 2]"),
    "flatten": entry("The items of the list and of the lists inside it.", "flatten([[1, [2]], 3]) => [1, 2, 3]"),
    "product": entry("The numbers multiplied." + BOTH, "product([2, 3, 4]) => 24", null_when="The list is empty."),
    "median": entry(
        "The middle number, or the mean of the middle two." + BOTH,
        "median([8, 2, 5, 3, 4]) => 4",
        "median([1, 2]) => 1.5",
        null_when="The list is empty.",
    ),
    "stddev": entry(
        "The standard deviation of a sample." + BOTH,
        "stddev([47]) => null",
        "stddev([2, 4]) => 1.414213562373095048801688724209698",
        null_when="There are fewer than two numbers.",
    ),
    "mode": entry(
        "The numbers that occur most, from low to high." + BOTH, "mode([6, 1, 9, 6, 1]) => [1, 6]", "mode([]) => []"
    ),
    "sort": entry(
        "The items in order: from low to high, or by a function that says whether its first argument comes first.",
        "sort([3, 1, 2]) => [1, 2, 3]",
        "sort([3, 1, 2], function(x, y) x > y) => [3, 2, 1]",
        'sort([1, "a"]) => null',
        null_when="Two items have no order.",
    ),
}

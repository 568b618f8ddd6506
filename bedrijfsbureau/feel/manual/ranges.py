"""How points and ranges lie relative to each other (DMN 1.5, 10.3.4.9 and table 78)."""

from bedrijfsbureau.feel.manual.entry import entry

ORDER = "The ends have no order between them."
ENTRIES = {
    "before": entry(
        "The first ends before the second begins.",
        "before(1, 10) => true",
        "before([1..5), [5..9]) => true",
        null_when=ORDER,
    ),
    "after": entry(
        "The first begins after the second ends.",
        "after([5..9], 4) => true",
        "after([5..9], [1..5]) => false",
        null_when=ORDER,
    ),
    "meets": entry("The first ends where the second begins, both ends included.", "meets([1..5], [5..9]) => true"),
    "met by": entry("The first begins where the second ends, both ends included.", "met by([5..9], [1..5]) => true"),
    "overlaps": entry(
        "They share a point.", "overlaps([1..5], [5..9]) => true", "overlaps([1..5), [5..9]) => false", null_when=ORDER
    ),
    "overlaps before": entry(
        "The first begins before the second and ends inside it.",
        "overlaps before([1..5], [4..9]) => true",
        null_when=ORDER,
    ),
    "overlaps after": entry(
        "The second begins before the first and ends inside it.",
        "overlaps after([4..9], [1..5]) => true",
        null_when=ORDER,
    ),
    "finishes": entry(
        "The first lies in the second and ends with it.",
        "finishes(9, [1..9]) => true",
        "finishes([5..9], [1..9]) => true",
        null_when=ORDER,
    ),
    "finished by": entry(
        "The second lies in the first and ends with it.", "finished by([1..9], [5..9]) => true", null_when=ORDER
    ),
    "includes": entry(
        "The second lies in the first.", "includes([1..9], 5) => true", "includes([1..9), 9) => false", null_when=ORDER
    ),
    "during": entry("The first lies in the second.", "during([2..3], [1..9]) => true", null_when=ORDER),
    "starts": entry(
        "The first lies in the second and begins with it.", "starts([1..2], [1..9]) => true", null_when=ORDER
    ),
    "started by": entry(
        "The second lies in the first and begins with it.", "started by([1..9], 1) => true", null_when=ORDER
    ),
    "coincides": entry("They are the same.", "coincides([1..9], [1..9]) => true", "coincides(1, 2) => false"),
    "range": entry(
        "A range from its text, of which the ends are literals; an end may be left out.",
        'range("[1..2)") => [1..2)',
        'range("[2..1]") => null',
        null_when="The text is no range, or its ends are not in order.",
    ),
}

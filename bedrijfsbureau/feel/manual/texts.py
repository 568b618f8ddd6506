"""Functions on text (DMN 1.5, 10.3.4.3). Positions count characters from 1; an emoji is one character."""

from bedrijfsbureau.feel.manual.entry import entry

PATTERN = (
    " The pattern is a regular expression of XPath 3.1; flags: `s` a point matches line ends too, `m` lines, `i` no "
    "case, `x` spaces do not count, `q` plain text."
)
ENTRIES = {
    "substring": entry(
        "The part of a text from a position, or from the end with a negative position, up to a length.",
        'substring("foobar", 3) => "obar"',
        'substring("foobar", 3, 3) => "oba"',
        'substring("foobar", -2, 1) => "a"',
        'substring("foobar", 0) => null',
        null_when="The position is 0 or outside the text, or the length is below 1.",
    ),
    "string length": entry("The number of characters.", 'string length("foo") => 3', 'string length("😀") => 1'),
    "upper case": entry("The text in capitals.", 'upper case("aBc4") => "ABC4"'),
    "lower case": entry("The text in small letters.", 'lower case("aBc4") => "abc4"'),
    "substring before": entry(
        "What stands before the first match; empty text when there is none.",
        'substring before("foobar", "bar") => "foo"',
        'substring before("foobar", "xyz") => ""',
    ),
    "substring after": entry(
        "What stands after the first match; empty text when there is none.",
        'substring after("foobar", "ob") => "ar"',
        'substring after("foobar", "xyz") => ""',
    ),
    "contains": entry("Whether the text holds the other.", 'contains("foobar", "ob") => true'),
    "starts with": entry("Whether the text begins with the other.", 'starts with("foobar", "fo") => true'),
    "ends with": entry("Whether the text ends with the other.", 'ends with("foobar", "r") => true'),
    "matches": entry(
        "Whether a pattern is found anywhere in the text." + PATTERN,
        'matches("V-123", "^V-[0-9]+$") => true',
        'matches("ABC", "b", "i") => true',
        'matches("a", "(") => null',
        null_when="The pattern or the flags are not XPath's.",
    ),
    "replace": entry(
        "The text with every match replaced; `$1` in the replacement is the first group." + PATTERN,
        'replace("abracadabra", "bra", "*") => "a*cada*"',
        'replace("2026-01-31", "([0-9]+)-([0-9]+)-([0-9]+)", "$3-$2-$1") => "31-01-2026"',
        'replace("abc", "x*", "-") => null',
        null_when="The pattern can match nothing at all, or the replacement has a `$` without a number.",
    ),
    "split": entry(
        "The parts of the text between the matches of a pattern.",
        'split("Jan de Vries", " ") => ["Jan", "de", "Vries"]',
        'split("a1b22c", "[0-9]+") => ["a", "b", "c"]',
        null_when="The pattern is not XPath's.",
    ),
    "string join": entry(
        "The texts of a list as one, with an optional text in between. Items that are null are left out.",
        'string join(["a", null, "b"], ", ") => "a, b"',
        'string join(["a", "b"]) => "ab"',
        null_when="An item is no text.",
    ),
}

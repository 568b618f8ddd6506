"""The language, row by row: an expression and the text of its value ('null' for null)."""

import pytest

from bedrijfsbureau import feel
from bedrijfsbureau.feel.text import write

CONTEXT = feel.to_feel(
    {
        "leeftijd": 17,
        "land": "SYR",
        "niets": None,
        "leeg": [],
        "n": [3, 1, 2],
        "docs": [
            {"soort": "paspoort", "ok": True, "paginas": 4},
            {"soort": "geboorteakte", "ok": False, "paginas": 1},
            {"soort": "foto", "ok": True, "paginas": 2},
        ],
        "dossier": {"nummer": "Z123", "stand": {"code": "open"}},
        "aantal dagen": 5,
        "pre-advies": 2,
        "date": "a field with the name of a function",
    }
)
NAMES = frozenset({"aantal dagen", "pre-advies"})

LITERALS = [
    ("1", "1"), ("1.50", "1.5"), (".5", "0.5"), ("1e3", "1000"), ("-3", "-3"), ("true", "true"), ("null", "null"),
    ('"a\\"b\\u00e9\\n"', '"a\\"bé\n"'), ('"\\uD83D\\uDE00"', '"😀"'), ("[1, [2]]", "[1, [2]]"), ("[]", "[]"),
    ('{a: 1, "b c": a + 1}', "{a: 1, b c: 2}"), ("{a: 1, a: 2}", "null"), ("{}", "{}"), ("[1..3)", "[1..3)"),
    ("]1..3[", "(1..3)"), ('@"2026-02-28"', "2026-02-28"), ('@"P1M"', "P1M"), ('@"onzin"', "null"),
    ("1 /* een */ + // twee\n 2", "3"),
]  # fmt: skip
ARITHMETIC = [
    ("0.1 + 0.2", "0.3"), ("2 + 3 * 4", "14"), ("(2 + 3) * 4", "20"), ("2 ** 3 ** 2", "64"), ("-3 ** 2", "9"),
    ("10 - 2 - 3", "5"), ("7 / 2", "3.5"), ("1 / 0", "null"), ("1 / 3 * 3", "0.9999999999999999999999999999999999"),
    ('"Z" + "1"', '"Z1"'), ('"Z" + 1', "null"), ("1 + null", "null"), ("-[1]", "null"), ("9e6144 * 10", "null"),
    ("--2", "2"), ("2 - -1", "3"),
]  # fmt: skip
LOGIC = [
    ("true and null", "null"), ("false and null", "false"), ("null and null", "null"), ("true or null", "true"),
    ("false or null", "null"), ("true and 1", "null"), ("not(true)", "false"), ("not(null)", "null"),
    ("not(1)", "null"),
    ("true or false and false", "true"), ('if null then 1 else 2', "2"), ("if leeftijd < 18 then 1 else 2", "1"),
]  # fmt: skip
COMPARISON = [
    ("niets = null", "true"), ('niets = "a"', "false"), ('niets != "a"', "true"), ("niets > 3", "null"),
    ('1 = "1"', "null"),
    ('1 != "1"', "null"), ('1 < "1"', "null"), ("1.0 = 1.00", "true"), ("[1, 2] = [1, 2]", "true"), ("[1] = 1", "null"),
    ("{a: 1, b: 2} = {b: 2, a: 1}", "true"), ("{a: 1} = {a: 2}", "false"), ("leeftijd between 12 and 18", "true"),
    ("leeftijd between null and 18", "null"), ("leeftijd between null and 12", "false"),
    ("leeftijd in [12..18)", "true"),
    ("leeftijd in (17..18]", "false"), ('land in ("ERI", "SYR")', "true"), ("leeftijd in (< 12, > 16)", "true"),
    ("leeftijd in > 16", "true"), ("5 in ([1..3], 5)", "true"), ("2 in [1, 2]", "true"), ("5 in (< 10)", "true"),
    ("5 in [1..null]", "null"), ('niets in ("a")', "false"), ("1 in (1) + 0", "true"), ("[1..3] = [1..3]", "true"),
    ("(< 3) = (null..3)", "false"), ("5 in (? > 3 and ? < 6)", "true"), ('"b" > "a"', "true"), ("false < true", "null"),
    ("1 = 1 = true", "true"), ("(1..3).end included", "false"), ("leeftijd >= 17 and leeftijd <= 17", "true"),
]  # fmt: skip
COLLECTIONS = [
    ("docs.soort", '["paspoort", "geboorteakte", "foto"]'), ("docs[1].soort", '"paspoort"'),
    ("docs[-1].soort", '"foto"'),
    ("docs[4]", "null"), ("docs[0]", "null"), ("docs[1.5]", "null"), ("docs[ok = false].soort", '["geboorteakte"]'),
    ("count(docs[ok])", "2"), ("n[item > 1]", "[3, 2]"), ("n[1 + 1]", "1"), ("5[1]", "5"), ("5[item > 9]", "[]"),
    ("[{item: 1}, {item: 2}][item >= 2]", "[{item: 2}]"), ("niets[1]", "null"),
    ("docs[paginas > 1 and ok][1].soort", '"paspoort"'),
    ("dossier.stand.code", '"open"'), ("dossier.bestaat_niet", "null"), ("bestaat niet", None),
    ("dossier.nummer.x", "null"),
    ("for d in docs return d.paginas", "[4, 1, 2]"), ("for i in 1..3 return i * 2", "[2, 4, 6]"),
    ("for i in 3..1 return i", "[3, 2, 1]"), ("for i in [1..3) return i", "[1, 2]"),
    ("for i in 1.5..3 return i", "null"),
    ("for a in [1, 2], b in [10, 20] return a + b", "[11, 21, 12, 22]"),
    ("for a in [[1], [2]], b in a return b", "[1, 2]"),
    ("for i in 1..4 return if i < 3 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3]"),
    ('for d in @"2026-02-27"..@"2026-03-01" return day of week(d)', '["Friday", "Saturday", "Sunday"]'),
    ("some d in docs satisfies d.ok = false", "true"), ("every d in docs satisfies d.ok", "false"),
    ("every d in leeg satisfies d.ok", "true"), ("some d in leeg satisfies d.ok", "false"),
    ("some d in niets satisfies d", "null"), ("some d in [null, true] satisfies d", "true"),
    ("some d in [null, false] satisfies d", "null"), ("every d in [null, true] satisfies d", "null"),
    ("every d in 5 satisfies d = 5", "true"), ("some a in [1, 2], b in [2, 3] satisfies a = b", "true"),
]  # fmt: skip
FUNCTIONS = [
    ("(function(a, b) a + b)(1, 2)", "3"), ("{f: function(a: number) a * 2, r: f(4)}.r", "8"),
    ("{f: function(a: number) a * 2}.f([4])", "8"), ('{f: function(a: number) a}.f("x")', "null"),
    ("{f: function(a: list<number>) count(a)}.f(4)", "1"), ("{f: function(a, b) a - b}.f(b: 1, a: 5)", "4"),
    ("{f: function(a, b) a - b}.f(b: 1)", "null"), ("{f: function(a) a}.f(1, 2)", "null"),
    ("{fac: function(n) if n < 2 then 1 else n * fac(n - 1)}.fac(20)", "2432902008176640000"),
    ("sort(n, function(x, y) x > y)", "[3, 2, 1]"), ("leeftijd(1)", "null"), ('date("2026-01-31")', "2026-01-31"),
    ("{plus een: function(x) x + 1, r: plus een(1)}.r", "2"),
    ('(function(s) external {java: {class: "x"}})(1)', "null"),
    ('substring(string: "foobar", start position: 4)', '"bar"'),
    ('substring(onbekend: "x", start position: 1)', "null"),
]  # fmt: skip
TYPES = [
    ("1 instance of number", "true"), ("null instance of number", "false"), ("null instance of Null", "true"),
    ("null instance of Any", "false"), ('"x" instance of string', "true"), ("[1, 2] instance of list<number>", "true"),
    ('[1, "a"] instance of list<number>', "false"), ("{a: 1} instance of context<a: number>", "true"),
    ("{b: 1} instance of context<a: number>", "false"), ("[1..2] instance of range<number>", "true"),
    ('@"P1D" instance of days and time duration', "true"), ('@"P1Y" instance of years and months duration', "true"),
    ('@"2026-01-01T00:00:00" instance of date and time', "true"), ("1 instance of tBestaatNiet", "null"),
    ("(function(a) a) instance of function<Any> -> Any", "true"), ('@"2026-01-01" instance of date', "true"),
]  # fmt: skip
NAMED = [("aantal dagen + 1", "6"), ("pre-advies * 2", "4"), ("aantal   dagen - pre-advies", "3")]


@pytest.mark.parametrize(
    ("text", "expected"), LITERALS + ARITHMETIC + LOGIC + COMPARISON + COLLECTIONS + FUNCTIONS + TYPES + NAMED
)
def test_value(text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(feel.FeelSyntaxError):
            feel.compile(text, NAMES)
    else:
        assert write(feel.compile(text, NAMES).evaluate(CONTEXT)) == expected


def test_a_name_of_several_words_is_one_name_only_when_known() -> None:
    with pytest.raises(feel.FeelSyntaxError):
        feel.compile("aantal dagen + 1")
    assert feel.compile("pre-advies").evaluate({"pre": feel.to_feel(3), "advies": feel.to_feel(1)}) == 2


def test_warnings_say_what_became_null_and_where() -> None:
    outcome = feel.compile('leeftijd > 18 and land + 1 = "x"').run({"leeftijd": feel.to_feel(20), "land": "SYR"})
    assert outcome == (False, (feel.Warning(18, "'+' kan niet met tekst en getal"),))
    assert feel.compile("onbekend.naam").run({}) == (None, (feel.Warning(0, "De naam 'onbekend' is niet bekend"),))


def test_functions_of_the_application() -> None:
    later = feel.Function("later", ("dag", "n"), lambda day, n: f"{day}+{n}", ("date", "number"))
    functions = {"eerste dag later": later}
    expression = feel.compile('eerste dag later(date("2026-01-01"), 2)', frozenset(functions))
    assert expression.evaluate({}, functions) == "2026-01-01+2"
    refused = feel.compile('eerste dag later("2026-01-01", 2)', frozenset(functions)).run({}, functions)
    assert refused == (None, (feel.Warning(0, "De functie 'later' kan niet met deze waarde voor 'dag'"),))


def test_a_failing_function_of_the_application_is_a_declared_error() -> None:
    def fail(value: feel.Value) -> feel.Value:
        raise KeyError(value)

    with pytest.raises(feel.FeelFunctionError, match="stuk"):
        feel.compile("stuk(1)").evaluate({}, {"stuk": feel.Function("stuk", ("x",), fail)})


def test_compiling_twice_gives_the_same_expression() -> None:
    assert feel.compile("1 + 1 + 1") is feel.compile("1 + 1 + 1")


def test_the_parts_that_must_all_be_true() -> None:
    assert feel.compile("a and (b or c) and (d and e)").conjuncts == ("a", "(b or c)", "d", "e")
    assert feel.compile("a or b").conjuncts == ("a or b",)

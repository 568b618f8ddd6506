"""The static check: what can be said about an expression before there are data."""

import pytest

from bedrijfsbureau import feel
from bedrijfsbureau.feel.registry import BUILTINS
from bedrijfsbureau.feel.results import RESULTS

SCHEMA = {
    "vandaag": "date",
    "persoon": "context<geboortedatum: date, naam: string, landen: list<string>>",
    "stukken": "list<context<soort: string, ontvangen op: date, gegevens: context>>",
    "aantal dagen": "number",
    "n": "number",
    "ok": "boolean",
    "wat dan ook": "Any",
}
WRONG = [
    ("vandag > vandaag", "De naam 'vandag' is niet bekend. Bedoelde u 'vandaag'?"),
    ("uppercase(persoon.naam)", "De functie 'uppercase' bestaat niet. Bedoelde u 'upper case'?"),
    ("persoon.geboortdatum", "Er is geen onderdeel 'geboortdatum'. Bedoelde u 'geboortedatum'?"),
    ("vandaag.yeer", "Een datum heeft geen onderdeel 'yeer'. Bedoelde u 'year'?"),
    ('stukken[soor = "x"]', "De naam 'soor' is niet bekend. Bedoelde u 'soort'?"),
    ("stukken.naam", "Er is geen onderdeel 'naam'."),
    ('vandaag > "2026-01-01"', "'>' kan niet met datum en tekst. Schrijf de tekst als date(\"...\")."),
    ("vandaag + 3", "'+' kan niet met datum en getal. Schrijf een aantal dagen als duration(\"P3D\")."),
    ("persoon.naam = 3", "Tekst en getal zijn niet te vergelijken."),
    ("ok > false", "'>' kan niet met ja/nee: daarin is geen volgorde."),
    ('n in ("a", 2)', "Getal en tekst zijn niet te vergelijken."),
    ('n in (< "a")', "'<' kan niet met getal en tekst."),
    ('n between "a" and 3', "'<=' kan niet met getal en tekst."),
    ("n and ok", "'and' vraagt ja/nee, geen getal."),
    ("if n then 1 else 2", "'if' vraagt ja/nee, geen getal."),
    ("some s in stukken satisfies s.soort", "'satisfies' vraagt ja/nee, geen tekst."),
    ("stukken[soort]", "Een filter vraagt ja/nee of een plaats, geen tekst."),
    ('-"a"', "'-' kan niet met tekst."),
    ('[1.."a"]', "'<=' kan niet met getal en tekst."),
    ("substring(persoon.naam)", "De functie 'substring' vraagt 2 of 3 waarden, niet 1."),
    ("contains(persoon.naam, n)", "De functie 'contains' kan niet met (tekst, getal); ze vraagt (string, match)."),
    ("later(vandaag)", "De functie 'later' vraagt 2 waarden, niet 1."),
    ("later(n, n)", "De functie 'later' vraagt voor 'dag' datum, geen getal."),
    ("later(day: vandaag, n: 1)", "De functie 'later' heeft de parameters dag, n."),
    ('later(vandaag, 1) = "x"', "Datum en tekst zijn niet te vergelijken. Schrijf de tekst als date(\"...\")."),
    ("{a: 1, b: a = \"x\"}.b", "Getal en tekst zijn niet te vergelijken."),
    ('for i in 1..3 return i + "a"', "'+' kan niet met getal en tekst."),
    ("1 +", "Hier hoort een waarde, niet het einde (regel 1, teken 4)."),
]
RIGHT = [
    'stukken[soort = "x"][1].ontvangen op > vandaag', 'stukken[item.soort = "x"][1].gegevens.wat = 3',
    "wat dan ook.x.y > 1", "count(stukken) > aantal dagen", 'persoon.landen[1] = "SYR"', "persoon = null",
    'list contains(persoon.landen, "SYR")', "vandaag - persoon.geboortedatum > duration(\"P3D\")",
    "sort(stukken, function(x, y) x.soort < y.soort)", 'n in (1, [3..5], > 9)', "vandaag.year + 1 > n",
    "every s in stukken, l in persoon.landen satisfies s.soort = l", "min(persoon.geboortedatum, vandaag) = vandaag",
    "{f: function(a) a + 1, r: f(2)}.r", "later(vandaag, 3) > vandaag", "if ok then vandaag else null",
    "persoon.geboortedatum + duration(\"P18Y\") <= vandaag", 'substring(string: persoon.naam, start position: 2) = "x"',
    "for i in 1..n return partial", "? = 3", "string(n) + persoon.naam", "max([1, n]) > 0",
]  # fmt: skip
LATER = feel.Function("later", ("dag", "n"), lambda day, n: day, ("date", "number"), "date")


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_can_never_be_right_is_said(text: str, message: str) -> None:
    findings = feel.check(text, SCHEMA, {"later": LATER})

    assert [finding.message for finding in findings] == [message]


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_said_of_what_may_be_right(text: str) -> None:
    assert feel.check(text, SCHEMA, {"later": LATER}) == ()


def test_the_outcome_is_judged_when_a_type_is_wanted() -> None:
    assert feel.check("n > 1", SCHEMA, result="boolean") == ()
    assert feel.check("wat dan ook", SCHEMA, result="boolean") == ()
    assert feel.check(" n + 1", SCHEMA, result="boolean") == (
        feel.Finding(1, 6, "type", "De uitkomst is getal, maar hier hoort ja/nee."),
    )


def test_an_endless_expression_is_a_finding_like_any_other() -> None:
    assert [finding.code for finding in feel.check("(" * 9999, SCHEMA)] == ["syntax"]


def test_every_standard_function_tells_what_it_gives() -> None:
    assert RESULTS.keys() == BUILTINS.keys()

"""What no answer on a form can make up for: the stukken that a check asks."""

from datetime import date

import pytest

from bedrijfsbureau import checks, dossiersoort
from bedrijfsbureau.checks import Check, DossierView, State
from bedrijfsbureau.checks.row import compile_row
from tests.checks.kinds import ROOT

KINDS = ("akte", "foto", "brief")
GEGEVENS = {"aanvraag": {"getekend": None, "soort": "eerste"}}
ASKED = {"titel": "T", "thema": "T", "basis": "[D]", "meldingen": {"ontbreekt": "Ontbreekt."}}


def row(text: str) -> Check:
    return compile_row({"code": "TST01", **ASKED, "voldaan_als": text})


def lacking(text: str, *present: str, on_form: tuple[str, ...] = ("aanvraag.getekend",)) -> tuple[tuple[str, ...], ...]:
    stukken = [{"soort": name, "staat": "aanwezig"} for name in present]
    view = DossierView("klein", None, date(2026, 11, 23), GEGEVENS, stukken)
    return checks.lacking(row(text), view, KINDS, on_form)


HAS = 'list contains(aanwezig, "{}")'
AKTE, FOTO = HAS.format("akte"), HAS.format("foto")


@pytest.mark.parametrize(
    ("text", "present", "expected"),
    [
        (f"{AKTE} and aanvraag.getekend = true", (), (("akte",),)),
        (f"{AKTE} and aanvraag.getekend = true", ("akte",), ()),
        (f"aanvraag.getekend = true and ({AKTE} and {FOTO})", ("akte",), (("foto",),)),
        (f"{AKTE} or {FOTO}", (), (("akte", "foto"),)),
        (f"{AKTE} or {FOTO}", ("foto",), ()),
        (f"aanvraag.getekend = true or {AKTE}", (), ()),  # an answer will do
        (f'if aanvraag.soort = "eerste" then {AKTE} else {FOTO}', ("akte",), ()),
        ('list contains(aanwezig, "iets anders")', (), ()),
        ('some s in stukken satisfies s.soort = "akte"', (), ()),  # nobody can say of which kind
        ("aanvraag.getekend = true", (), ()),
    ],
)
def test_the_kinds_that_are_named_and_not_there(text: str, present: tuple[str, ...], expected: object) -> None:
    assert lacking(text, *present) == expected


def test_a_whole_group_on_the_form_counts_as_each_of_its_fields() -> None:
    text = f"aanvraag.getekend = true or {AKTE}"
    assert lacking(text, on_form=("aanvraag",)) == ()
    assert lacking(text, on_form=("persoon.naam",)) == (("akte",),)


@pytest.mark.parametrize(
    ("needs", "present", "expected"),
    [
        ((), (), ()),
        (("akte", "foto"), ("foto",), (("akte",),)),
        (("iets anders",), (), ()),  # no kind of stuk here
    ],
)
def test_a_check_in_python_says_what_it_needs(
    needs: tuple[str, ...], present: tuple[str, ...], expected: object
) -> None:
    check = Check("TST02", "T", "T", "[D]", "stuk akte", {State.ONTBREEKT: "Ontbreekt."}, needs=needs)
    stukken = [{"soort": name, "staat": "aanwezig"} for name in present]
    view = DossierView("klein", None, date(2026, 11, 23), GEGEVENS, stukken)
    assert checks.lacking(check, view, KINDS, ()) == expected


def test_a_built_in_check_is_never_satisfied_without_what_it_needs() -> None:
    soort = dossiersoort.read(ROOT / "bpmn" / "asiel-pact")
    assert soort.basisdossier is not None
    gegevens = soort.record.parse(soort.basisdossier["gegevens"])
    needing = [check for check in checks.built_in() if check.needs]
    assert [check.code for check in needing] == ["SCR01"]
    for check in needing:
        there = [{"soort": kind, "staat": "aanwezig"} for kind in soort.stukken]
        without = [stuk for stuk in there if stuk["soort"] not in check.needs]
        views = (DossierView(soort.key, soort.regime, date(2026, 11, 23), gegevens, own) for own in (there, without))
        assert [check.satisfied(view) for view in views] == [True, False]

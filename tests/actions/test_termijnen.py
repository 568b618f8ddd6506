"""What happens to a term of one dossier, and how its date follows."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from bedrijfsbureau.actions import dossiers, termijnen
from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import Role, Termijn
from bedrijfsbureau.queries import termijnen as queries

LODGED = {"aanvraag": {"datum_indiening": "2026-06-01", "datum_loopbrief": "2026-05-20", "soort": "eerste"}}
DUE = date(2026, 12, 1)
TERM = "beslistermijn"


@pytest.fixture
def dossier_id(asiel):
    return asiel.open_dossier(LODGED)


def term(scene, dossier_id, kind=TERM):
    with reading(scene.database, scene.actor, scene.now) as tx:
        return {line.kind: line for line in queries.of_dossier(tx, dossier_id)}.get(kind)


def due_on(scene, dossier_id, kind=TERM):
    return term(scene, dossier_id, kind).due_on


def suspend(scene, dossier_id, begin, end, decision="brief 12"):
    scene.act(termijnen.suspend, dossier_id, TERM, "awb4-15-1-a", begin, end, decision)


def extend(scene, dossier_id, length, ground="vw42-4-a"):
    scene.act(termijnen.extend, dossier_id, TERM, ground, length, "besluit 7")


def test_a_term_says_by_which_rule_it_was_computed_and_which_date_does_not_count(asiel, dossier_id):
    line = term(asiel, dossier_id)

    assert (line.due_on, line.begin_on) == (DUE, date(2026, 6, 1))
    assert (line.rule, line.rule_version) == ("beslistermijn-vw2000", 4)
    assert line.content["also"] == {"aanvraag.datum_loopbrief": "2026-05-20"}
    assert asiel.dossier(dossier_id).beslistermijn == DUE


def test_a_term_without_its_instelling_is_shown_as_not_yet_to_be_computed(asiel, dossier_id):
    asiel.act(dossiers.change_gegevens, dossier_id, {"planning.aa_start": "2026-12-01", "route.procedure": "AA"})
    line = term(asiel, dossier_id, "aa")

    assert (line.due_on, line.content["missing"]) == (None, ["aa_telwijze"])
    assert line.content["steps"][-1]["text"] == (
        "Nog niet te berekenen, te bevestigen: de instelling 'aa_telwijze' is nog leeg."
    )


def test_a_suspension_moves_the_date_and_says_why(asiel, dossier_id):
    suspend(asiel, dossier_id, date(2026, 7, 1), date(2026, 7, 11))

    assert due_on(asiel, dossier_id) == DUE + timedelta(days=10)
    assert term(asiel, dossier_id).content["steps"][-1]["text"] == (
        "Opgeschort van wo 1 jul. 2026 tot za 11 jul. 2026 (10 dagen): aanvulling van de aanvraag gevraagd, "
        "brief 12 (Awb 4:15 lid 1 a). Dat wordt vr 11 dec. 2026."
    )
    assert asiel.kinds(dossier_id)[-2:] == ["termijn_opgeschort", "termijn_berekend"]


def test_an_open_suspension_leaves_no_date_until_it_ends(asiel, dossier_id):
    suspend(asiel, dossier_id, date(2026, 11, 2), None)
    assert (due_on(asiel, dossier_id), asiel.dossier(dossier_id).beslistermijn) == (None, None)

    asiel.act(termijnen.resume, dossier_id, TERM, 1, date(2026, 11, 9))
    assert due_on(asiel, dossier_id) == DUE + timedelta(days=7)
    with pytest.raises(NotFound):
        asiel.act(termijnen.resume, dossier_id, TERM, 2, date(2026, 11, 10))


def test_suspensions_and_extensions_in_any_order_give_one_date(asiel):
    def pause(scene, mine):
        suspend(scene, mine, date(2026, 11, 25), date(2026, 12, 5))

    def late_pause(scene, mine):
        suspend(scene, mine, date(2027, 1, 4), date(2027, 1, 14))

    def longer(scene, mine):
        extend(scene, mine, "3 maanden", "vw42-5")

    found = set()
    for order in permutations((pause, late_pause, longer)):
        mine = asiel.open_dossier(LODGED)
        for step in order:
            step(asiel, mine)
        found.add(due_on(asiel, mine))
    assert found == {date(2027, 3, 1) + timedelta(days=20)}


def test_a_ground_allows_no_more_than_the_law(asiel, dossier_id):
    extend(asiel, dossier_id, "6 maanden")
    with pytest.raises(InvalidInput, match=r"samen hoogstens met 9 maanden .* er is nog 3 maanden over"):
        extend(asiel, dossier_id, "4 maanden", "vw42-4-c")
    extend(asiel, dossier_id, "3 maanden", "vw42-4-c")
    assert due_on(asiel, dossier_id) == date(2027, 9, 1)

    with pytest.raises(InvalidInput, match="hoogstens 21 maanden na het begin"):
        extend(asiel, dossier_id, "7 maanden", "vw43")
    extend(asiel, dossier_id, "6 maanden", "vw43")
    assert due_on(asiel, dossier_id) == date(2028, 3, 1)


def test_a_correction_replaces_a_fact_and_keeps_the_old_one_with_its_reason(asiel, dossier_id):
    suspend(asiel, dossier_id, date(2026, 7, 1), date(2026, 7, 11))
    asiel.act(termijnen.correct, dossier_id, TERM, 1, "verkeerde datum", end=date(2026, 7, 6))
    old, new = term(asiel, dossier_id).facts

    assert due_on(asiel, dossier_id) == DUE + timedelta(days=5)
    assert (old.gone["reason"], old.gone["by"]) == ("verkeerde datum", "Anna")
    assert (new.replaces, new.end) == (1, date(2026, 7, 6))

    asiel.act(termijnen.withdraw, dossier_id, TERM, 2, "hoort bij een ander dossier")
    assert due_on(asiel, dossier_id) == DUE
    with pytest.raises(NotFound):
        asiel.act(termijnen.withdraw, dossier_id, TERM, 2, "nog eens")
    assert [kind for kind in asiel.kinds(dossier_id) if "feit" in kind] == [
        "termijnfeit_gecorrigeerd", "termijnfeit_ingetrokken",
    ]


def test_a_notice_of_default_starts_two_weeks_after_the_term(asiel, dossier_id):
    later = asiel.by(now=asiel.now + timedelta(days=20))
    later.act(termijnen.give_notice, dossier_id, TERM, date(2026, 12, 7), "post 99")
    early = later.open_dossier(LODGED)
    later.act(termijnen.give_notice, early, TERM, date(2026, 11, 20), "post 98")

    assert due_on(later, dossier_id, "ingebrekestelling") == date(2026, 12, 21)
    assert due_on(later, early, "ingebrekestelling") == date(2026, 12, 15)
    assert later.dossier(dossier_id).priority == 1


def test_a_court_sets_dates_that_do_not_move(asiel, dossier_id):
    asiel.act(termijnen.set_court_date, dossier_id, False, date(2027, 1, 3), "NL26.123")
    asiel.act(termijnen.set_court_date, dossier_id, True, date(2027, 2, 28), "NL26.123")

    assert [due_on(asiel, dossier_id, kind) for kind in ("rechter", "rechter_beslissen")] == [
        date(2027, 1, 3), date(2027, 2, 28),
    ]
    assert asiel.dossier(dossier_id).gegevens["planning"]["rechter_datum"] == "2027-01-03"
    assert "t_planning_bezien" in asiel.tasks(dossier_id)

    asiel.act(termijnen.withdraw, dossier_id, "rechter", 1, "hoger beroep")
    assert asiel.dossier(dossier_id).gegevens["planning"]["rechter_datum"] is None
    assert term(asiel, dossier_id, "rechter").is_over


def test_a_term_that_no_longer_applies_keeps_what_happened_to_it(asiel, dossier_id):
    suspend(asiel, dossier_id, date(2026, 7, 1), date(2026, 7, 11))
    asiel.act(dossiers.change_gegevens, dossier_id, {"aanvraag.datum_indiening": None})
    assert term(asiel, dossier_id).is_over

    asiel.act(dossiers.change_gegevens, dossier_id, {"aanvraag.datum_indiening": "2026-06-01"})
    assert due_on(asiel, dossier_id) == DUE + timedelta(days=10)


def test_a_near_term_makes_a_dossier_urgent_and_its_tasks_due(asiel):
    near = asiel.open_dossier({"aanvraag": {"datum_indiening": "2026-06-01"}})
    far = asiel.open_dossier({"aanvraag": {"datum_indiening": "2026-11-02"}})

    assert [asiel.dossier(each).priority for each in (near, far)] == [1, 3]
    with reading(asiel.database, asiel.actor, asiel.now) as tx:
        row = tx.session.get_one(Termijn, (near, TERM))
        assert (row.warn_on, row.urgent_on, row.steers) == (date(2026, 10, 6), date(2026, 11, 17), True)


@pytest.mark.parametrize(("what", "arguments", "message"), [
    (termijnen.suspend, (TERM, "awb4-15-1-a", date(2026, 7, 1), date(2026, 7, 1), "x"), "ligt na het begin"),
    (termijnen.suspend, (TERM, "niets", date(2026, 7, 1), None, "x"), "Kies een grond"),
    (termijnen.suspend, (TERM, "awb4-15-1-a", date(2026, 7, 1), None, " "), "waar dit uit blijkt"),
    (termijnen.extend, (TERM, "vw42-4-a", "heel lang", "x"), "is niet te lezen"),
    (termijnen.extend, (TERM, "vw42-4-a", "9 dagen", "x"), "dezelfde eenheid"),
    (termijnen.give_notice, (TERM, date(2027, 7, 1), "x"), "vandaag of eerder"),
    (termijnen.give_notice, ("beslistermijn_loopbrief", date(2026, 7, 1), "x"), "geen ingebrekestelling"),
])
def test_what_is_wrong_is_said_and_changes_nothing(asiel, dossier_id, what, arguments, message):
    before = asiel.kinds(dossier_id)
    with pytest.raises(InvalidInput, match=message):
        asiel.act(what, dossier_id, *arguments)
    assert asiel.kinds(dossier_id) == before


def test_only_who_works_on_the_dossier_may_change_its_terms(asiel, dossier_id):
    with pytest.raises(Forbidden):
        suspend(asiel.by(role=Role.AUDITOR), dossier_id, date(2026, 7, 1), None)
    with pytest.raises(NotFound):
        suspend(asiel.by(locatie_id=99), dossier_id, date(2026, 7, 1), None)


def test_what_a_court_set_to_be_paid_is_kept_but_not_reckoned_where_it_is_not_switched_on(asiel, dossier_id):
    asiel.act(termijnen.set_court_date, dossier_id, True, date(2026, 11, 1), "NL26.7", "", 100, 7500)
    line = term(asiel, dossier_id, "rechter_beslissen")

    assert line.content["dwangsom"] == {
        "from": "2026-11-02", "per_day": 100, "most": 7500, "decision": "NL26.7", "counts": False,
    }
    assert line.to_json(date(2026, 11, 11))["dwangsom"] is None
    assert [step["text"] for step in line.content["steps"]] == [
        "Vanaf 02-11-2026 een dwangsom van € 100 per dag, hoogstens € 7.500.",
        "De rechter bepaalde deze datum (NL26.7). Zij verschuift niet.",
    ]
    asiel.act(termijnen.correct, dossier_id, "rechter_beslissen", 1, "telfout", per_day=50)
    assert term(asiel, dossier_id, "rechter_beslissen").content["dwangsom"]["per_day"] == 50


@pytest.mark.parametrize(("penalty", "field"), [
    ((0, 7500, None), "per_day"), ((100, 50, None), "most"), ((100, 0, date(2027, 1, 3)), "runs_from"),
])
def test_a_penalty_that_makes_no_sense_is_refused(asiel, dossier_id, penalty, field):
    with pytest.raises(InvalidInput) as refused:
        asiel.act(termijnen.set_court_date, dossier_id, False, date(2027, 1, 3), "NL26.1", "", *penalty)
    assert list(refused.value.fields) == [field]

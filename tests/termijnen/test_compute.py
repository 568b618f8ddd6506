from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen import (
    Computed,
    Counting,
    Extension,
    Length,
    Options,
    Step,
    Suspension,
    Unit,
    atw,
    compute,
    fixed,
    parse_length,
    read_rule,
)

NO_OPTIONS = Options()
SETTINGS = {"aa_telwijze": "werkdagen", "rvt_telwijze": "dag_na_indiening_atw"}
ART73, ATW, EDT = "art. 73", "ATW", "weekend en feestdagen tellen niet"
AA, RVT = "instelling aa_telwijze", "instelling rvt_telwijze"
STARTS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def computed(length, calendar, start, options=NO_OPTIONS, settings=SETTINGS):
    return compute(read_rule("termijn", length, calendar, "bron", settings), start, options)


@pytest.mark.parametrize(("length", "calendar", "start", "expected"), [
    # test vectors of the domain
    ("6 maanden", ART73, date(2026, 6, 12), date(2026, 12, 14)),
    ("6 maanden", "ATW: geen verschuiving (langer dan 3 maanden)", date(2026, 6, 12), date(2026, 12, 12)),
    ("2 weken", ATW, date(2026, 4, 21), date(2026, 5, 6)),
    ("2 weken", ATW, date(2026, 4, 20), date(2026, 5, 4)),
    # AA-01, AA-08
    ("3 werkdagen", "werkdagen", date(2025, 11, 24), date(2025, 11, 27)),
    ("ten minste 6 dagen", RVT, date(2025, 12, 1), date(2025, 12, 8)),
    ("6 maanden", ATW, date(2025, 12, 1), date(2026, 6, 1)),
    ("6 maanden", ATW, date(2025, 11, 24), date(2026, 5, 24)),
    ("6 maanden", ATW, date(2026, 3, 12), date(2026, 9, 12)),
    # AA-12 b: Ascension on the 14th, and the 15th is decreed
    ("ten minste 6 dagen", RVT, date(2026, 5, 8), date(2026, 5, 15)),
    # PA-01
    ("5 dagen", ART73, date(2026, 7, 6), date(2026, 7, 13)),
    ("21 dagen", ART73, date(2026, 7, 8), date(2026, 7, 29)),
    ("30 dagen", ART73, date(2026, 7, 6), date(2026, 8, 5)),
    ("6 maanden", ART73, date(2026, 7, 20), date(2027, 1, 20)),
    # PA-03, PA-05
    ("15 werkdagen", ART73, date(2026, 6, 12), date(2026, 7, 3)),
    ("3 maanden", ART73, date(2026, 8, 31), date(2026, 11, 30)),
    # PA-11
    ("3 maanden", ART73, date(2026, 6, 12), date(2026, 9, 14)),
    ("5 dagen", ART73, date(2026, 12, 21), date(2026, 12, 28)),
    ("21 dagen", ART73, date(2026, 12, 4), date(2026, 12, 28)),
    ("15 werkdagen", ART73, date(2026, 12, 7), date(2026, 12, 29)),
    ("6 maanden", ART73, date(2026, 8, 31), date(2027, 3, 1)),
    # art. 4 ATW: exactly three months, twelve weeks and ninety days still move, longer terms do not
    ("3 maanden", ATW, date(2026, 6, 12), date(2026, 9, 14)),
    ("12 weken", ATW, date(2026, 6, 13), date(2026, 9, 7)),
    ("13 weken", ATW, date(2026, 6, 13), date(2026, 9, 12)),
    ("90 dagen", ATW, date(2026, 6, 14), date(2026, 9, 14)),
    ("91 dagen", ATW, date(2026, 6, 13), date(2026, 9, 12)),
    ("1 jaar", ATW, date(2026, 6, 12), date(2027, 6, 12)),
    # art. 2 ATW: three days hold two working days; two days need not
    ("3 dagen", ATW, date(2026, 12, 24), date(2026, 12, 29)),
    ("2 dagen", ATW, date(2026, 12, 24), date(2026, 12, 28)),
    # months end on the same number or the last day
    ("1 maand", ATW, date(2028, 1, 31), date(2028, 2, 29)),
    ("1 jaar", ATW, date(2028, 2, 29), date(2029, 2, 28)),
])
def test_last_day(length, calendar, start, expected):
    assert computed(length, calendar, start).due_on == expected


@pytest.mark.parametrize(("length", "calendar", "telwijze", "start", "expected"), [
    ("6 dagen", AA, "werkdagen", date(2026, 4, 30), ["30/4", "1/5", "4/5", "6/5", "7/5", "8/5"]),
    ("6 dagen", AA, "werkdagen", date(2026, 3, 9), ["9/3", "10/3", "11/3", "12/3", "13/3", "16/3"]),
    ("6 dagen", AA, "weekend_telt_mee", date(2026, 4, 30), ["30/4", "1/5", "2/5", "3/5", "4/5", "6/5"]),
    ("6 dagen", AA, "weekend_telt_mee", date(2026, 4, 2), ["2/4", "3/4", "4/4", "5/4", "7/4", "8/4"]),
    ("6 dagen", AA, "kalenderdagen", date(2026, 4, 30), ["30/4", "1/5", "2/5", "3/5", "4/5", "5/5"]),
    ("3 dagen", EDT, "werkdagen", date(2026, 4, 2), ["2/4", "7/4", "8/4"]),
])
def test_days_counted_from_the_start(length, calendar, telwijze, start, expected):
    result = computed(length, calendar, start, settings={"aa_telwijze": telwijze})
    assert [f"{day.day}/{day.month}" for day in result.days] == expected
    assert result.due_on == result.days[-1]


@pytest.mark.parametrize(("telwijze", "expected"), [
    ("dag_na_indiening_atw", date(2025, 12, 8)), ("dag_na_indiening", date(2025, 12, 7)),
    ("dag_van_indiening_atw", date(2025, 12, 8)), ("dag_van_indiening", date(2025, 12, 6)),
])
def test_the_instelling_says_how_the_rvt_is_counted(telwijze, expected):
    result = computed("ten minste 6 dagen", RVT, date(2025, 12, 1), settings={"rvt_telwijze": telwijze})
    assert result.due_on == expected


def test_the_sum_can_be_read():
    assert computed("6 maanden", ART73, date(2026, 6, 12)) == Computed("termijn", date(2026, 12, 14), (
        Step("Begint op vr 12 jun. 2026. Die dag telt niet mee.", date(2026, 6, 12)),
        Step("6 maanden later: za 12 dec. 2026.", date(2026, 12, 12)),
        Step(
            "De laatste dag is zaterdag: de eerste werkdag daarna is ma 14 dec. 2026 (art. 73 Vo. 2024/1348).",
            date(2026, 12, 14),
        ),
    ), "bron")


def test_the_sum_says_why_a_long_term_does_not_move():
    assert computed("6 maanden", ATW, date(2026, 6, 12)).steps[-1] == Step(
        "Zaterdag blijft de laatste dag: de termijn is te lang (ATW art. 4).", date(2026, 12, 12)
    )


def test_the_sum_names_the_days_that_did_not_count():
    assert computed("3 dagen", EDT, date(2026, 4, 2)).steps[-1].text == (
        "Dag 3 is wo 8 apr. 2026. Niet mee tellen: Goede Vrijdag, zaterdag, zondag, tweede paasdag."
    )


def test_a_ground_selects_the_other_length():
    length = "2 maanden; grond e 10 werkdagen"
    assert computed(length, ART73, date(2026, 7, 20)).due_on == date(2026, 9, 21)
    assert computed(length, ART73, date(2026, 7, 20), Options(ground="e")).due_on == date(2026, 8, 3)


def test_a_suspension_adds_its_days_once():
    pause = Suspension(date(2026, 7, 1), date(2026, 7, 11), "aanvulling gevraagd")
    same_days_again = Suspension(date(2026, 7, 5), date(2026, 7, 11), "nog een brief")
    result = computed("8 weken", ATW, date(2026, 6, 12), Options(suspensions=(same_days_again, pause)))
    assert result.due_on == date(2026, 8, 17)
    assert result.steps[2] == Step(
        "Opgeschort van wo 1 jul. 2026 tot za 11 jul. 2026 (10 dagen): aanvulling gevraagd (Awb 4:15). "
        "Dat wordt ma 17 aug. 2026.", date(2026, 8, 17),
    )


def test_an_open_suspension_leaves_the_date_unknown():
    pause = Suspension(date(2026, 7, 1), None, "aanvulling gevraagd")
    result = computed("8 weken", ATW, date(2026, 6, 12), Options(suspensions=(pause,)))
    assert result.due_on is None
    assert result.steps[-1].text == (
        "Opgeschort sinds wo 1 jul. 2026: aanvulling gevraagd (Awb 4:15). De einddatum is nog niet bekend."
    )


def test_a_suspension_after_the_end_changes_nothing():
    late = Suspension(date(2026, 9, 1), None, "te laat gevraagd")
    assert computed("8 weken", ATW, date(2026, 6, 12), Options(suspensions=(late,))).due_on == date(2026, 8, 7)


def test_an_extension_runs_from_the_end_and_says_why():
    longer = Extension(parse_length("9 maanden"), "veel aanvragen tegelijk", "Vw 42 lid 4")
    result = computed("6 maanden", ATW, date(2025, 12, 1), Options(extensions=(longer,)))
    assert result.due_on == date(2027, 3, 1)
    assert result.steps[-1].text == (
        "Verlengd met 9 maanden: veel aanvragen tegelijk (Vw 42 lid 4). Dat wordt ma 1 mrt. 2027."
    )


def test_hours_run_on_from_a_moment():
    friday_afternoon = datetime(2026, 3, 27, 15, 30, tzinfo=UTC)
    result = computed("48 uur", ATW, friday_afternoon)
    assert (result.due_on, result.due_at) == (date(2026, 3, 29), friday_afternoon + timedelta(hours=48))
    assert result.steps[-1].text == "48 uur later: zo 29 mrt. 2026, 17:30 uur. Uren lopen altijd door (ATW art. 4)."


def test_a_court_sets_a_date_that_never_moves():
    on = date(2026, 3, 1)
    result = fixed("rechter", on, "De rechtbank", "uitspraak")
    assert result.due_on == on
    assert result.steps == (Step("De rechtbank bepaalde deze datum: zo 1 mrt. 2026.", on),)


@pytest.mark.parametrize(("length", "calendar", "start", "settings", "message"), [
    ("48 uur", ATW, date(2026, 1, 1), {}, "Een termijn in uren begint op een tijdstip. Vul ook de tijd in."),
    ("9999 jaar", ATW, date(2026, 1, 1), {},
     "Deze termijn loopt tot na het jaar 9999. Controleer de lengte en de begindatum."),
    ("6 maanden", AA, date(2026, 1, 1), SETTINGS,
     "Een termijn waarvan de eerste dag meetelt, kan alleen in dagen worden geteld."),
    ("6 dagen", AA, date(2026, 1, 1), {},
     "De instelling 'aa_telwijze' is leeg of heeft een onbekende waarde. Vul haar in."),
    ("6 dagen", "maankalender", date(2026, 1, 1), {}, "De kalender 'maankalender' bestaat niet."),
])
def test_refuses_in_dutch(length, calendar, start, settings, message):
    with pytest.raises(InvalidInput, match=f"^{message}$".replace(".", r"\.")):
        computed(length, calendar, start, settings=settings)


@given(STARTS, st.integers(1, 90), st.sampled_from([Unit.DAG, Unit.WERKDAG]), st.sampled_from([ATW, ART73]))
def test_a_short_term_ends_on_a_working_day_not_before_its_length(start, count, unit, calendar):
    result = computed(str(Length(count, unit)), calendar, start)
    assert result.due_on is not None
    assert result.due_on >= start + timedelta(days=count)
    assert result.due_on.isoweekday() < 6
    assert result.steps[-1].on == result.due_on


@given(STARTS, st.integers(1, 40), st.sampled_from(Counting))
def test_counted_days_are_as_many_as_asked_and_in_order(start, count, counting):
    days = computed(f"{count} dagen", AA, start, settings={"aa_telwijze": counting}).days
    assert len(set(days)) == count
    assert list(days) == sorted(days)
    assert all(counting.counts(day, atw) for day in days)


@given(STARTS, st.integers(1, 60), st.sampled_from(Unit).filter(lambda unit: unit is not Unit.UUR))
def test_a_later_start_never_gives_an_earlier_end(start, count, unit):
    length = str(Length(count, unit))
    ends = [computed(length, ART73, start + timedelta(days=n)).due_on for n in (0, 1)]
    assert ends == sorted(ends)

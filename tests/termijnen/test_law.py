"""The rules that travel with the package: their vectors, every edge of the calendar, and what must always hold."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.termijnen import (
    Extension,
    Length,
    Options,
    Suspension,
    Unit,
    apply,
    atw,
    before,
    compute,
    pact,
    parse_length,
    read_rule,
    read_rules,
    rule_named,
    shipped,
)
from bedrijfsbureau.termijnen.compute import AMSTERDAM
from bedrijfsbureau.termijnen.dwangsom import Dwangsom, accrued, is_switched_on, run_up
from bedrijfsbureau.termijnen.facts import Fact, FactKind
from bedrijfsbureau.termijnen.on_record import court_date, met_on, work_out

STARTS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
COUNTS = st.integers(1, 200)
PAUSES = st.lists(st.tuples(st.integers(0, 150), st.integers(1, 30)), max_size=5)
LONGER = st.lists(
    st.builds(Length, st.integers(1, 6), st.sampled_from([Unit.MAAND, Unit.WEEK, Unit.DAG, Unit.JAAR])), max_size=4
)


def due_on(key, start, settings=None, options=None, locatie=None, version=None):
    rule = rule_named(key)
    found = rule.version(version) if version else rule.version_on(start)
    return apply(rule, found, start, settings, options or Options(), locatie).due_on


def suspensions(start, pauses):
    return tuple(
        Suspension(start + timedelta(days=after), start + timedelta(days=after + days), "reden")
        for after, days in pauses
    )


def ends(length, calendar, start, pauses=(), longer=()):
    extensions = tuple(Extension(each, "reden", "bron") for each in longer)
    rule = read_rule("termijn", str(length), calendar, "bron", {})
    return compute(rule, start, Options(suspensions=tuple(pauses), extensions=extensions)).due_on


@pytest.mark.parametrize(("key", "start", "expected"), [
    ("beslistermijn-pact", date(2026, 6, 12), date(2026, 12, 14)),
    ("beslistermijn-vw2000", date(2026, 6, 12), date(2026, 12, 12)),
    ("ingebrekestelling", date(2026, 4, 21), date(2026, 5, 6)),
    ("ingebrekestelling", date(2026, 4, 20), date(2026, 5, 4)),
    ("registratie-vw2000", date(2025, 11, 24), date(2025, 11, 27)),
    ("registratie-pact", date(2026, 12, 21), date(2026, 12, 28)),
    ("indiening-pact", date(2026, 12, 4), date(2026, 12, 28)),
    ("vertegenwoordiger-pact", date(2026, 6, 12), date(2026, 7, 3)),
    ("beslistermijn-pact-versneld", date(2026, 8, 31), date(2026, 11, 30)),
    ("beslistermijn-pact-niet-ontvankelijk", date(2026, 7, 20), date(2026, 9, 21)),
    ("grens-pact", date(2026, 6, 12), date(2026, 9, 4)),
    # who lodged when decides the version: extended for everyone from 27-9-2022 until the end of 2023
    ("beslistermijn-vw2000", date(2022, 9, 26), date(2023, 3, 26)),
    ("beslistermijn-vw2000", date(2022, 9, 27), date(2023, 12, 27)),
    ("beslistermijn-vw2000", date(2023, 12, 31), date(2025, 3, 31)),
    ("beslistermijn-vw2000", date(2024, 1, 1), date(2024, 7, 1)),
    # eight days until the summer of 2021, with weekends; six working days since
    ("aa-dag", date(2021, 6, 24), date(2021, 7, 1)),
    ("aa-dag", date(2021, 6, 25), date(2021, 7, 2)),
    ("aa-dag", date(2026, 4, 30), date(2026, 5, 8)),
    ("aa-plus-dag", date(2026, 4, 30), date(2026, 5, 13)),
    ("edt-dag", date(2026, 4, 2), date(2026, 4, 8)),
])
def test_the_shipped_rules_give_the_vectors_of_the_domain(key, start, expected):
    assert due_on(key, start) == expected


def test_days_of_the_aa_count_by_locatie_and_period():
    assert due_on("aa-dag", date(2026, 4, 30), locatie="AC Schiphol") == date(2026, 5, 5)
    by_sources = {"aa_telwijze": "volgens_bronnen"}
    assert due_on("aa-dag", date(2026, 4, 30), by_sources, locatie="Ter Apel") == date(2026, 5, 8)
    assert due_on("aa-dag", date(2026, 4, 30), {"aa_telwijze": "kalenderdagen"}) == date(2026, 5, 5)
    assert due_on("aa-dag", date(2026, 4, 30), {"aa_telwijze": None}) is None


HOLIDAYS = {
    2026: ["01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26"],
    2027: ["01-01", "03-26", "03-29", "04-27", "05-05", "05-06", "05-17", "12-25", "12-26"],
}


@pytest.mark.parametrize("day", [f"{year}-{day}" for year, days in HOLIDAYS.items() for day in days])
def test_no_term_of_two_weeks_ends_on_a_holiday(day):
    on = date.fromisoformat(day)
    assert atw.holiday(on) and pact.holiday(on)
    for calendar in ("ATW", "art. 73"):
        end = ends("2 weken", calendar, on - timedelta(days=14))
        assert end == atw.working_day_from(on) > on


@pytest.mark.parametrize(("start", "length", "expected"), [
    ("2028-02-29", "1 jaar", "2029-02-28"), ("2027-02-28", "1 jaar", "2028-02-28"),
    ("2028-01-31", "13 maanden", "2029-02-28"), ("2027-01-31", "13 maanden", "2028-02-29"),
    ("2027-08-31", "6 maanden", "2028-02-29"), ("2028-02-29", "48 maanden", "2032-02-29"),
    ("1999-08-31", "6 maanden", "2000-02-29"), ("2099-08-31", "6 maanden", "2100-02-28"),
])
def test_leap_days(start, length, expected):
    """Longer than three months, so nothing moves (ATW art. 4)."""
    assert ends(length, "ATW", date.fromisoformat(start)) == date.fromisoformat(expected)


@pytest.mark.parametrize(("start", "hours", "expected"), [
    ("2026-03-28T22:30", 4, "2026-03-29T03:30"),  # the clock goes forward at 2:00: 22:30 + 4 = 3:30
    ("2026-10-24T22:30", 4, "2026-10-25T02:30"),  # and back at 3:00: 2:30 comes twice
    ("2026-10-24T22:30", 5, "2026-10-25T02:30"),
    ("2026-10-24T22:30", 6, "2026-10-25T03:30"),
    ("2026-03-28T12:00", 24, "2026-03-29T13:00"),
    ("2026-10-24T12:00", 24, "2026-10-25T11:00"),
])
def test_hours_run_through_the_change_of_the_clock(start, hours, expected):
    begin = datetime.fromisoformat(start).replace(tzinfo=AMSTERDAM)
    made = compute(read_rule("t", f"{hours} uur", "ATW", "b", {}), begin)
    assert made.due_at.astimezone(AMSTERDAM).strftime("%Y-%m-%dT%H:%M") == expected


def test_a_moment_near_midnight_starts_on_the_day_in_amsterdam():
    late = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)  # 0:30 on 1 April
    assert compute(read_rule("t", "10 dagen", "art. 73", "b", {}), late).due_on == date(2026, 4, 13)


@given(STARTS, COUNTS, COUNTS, st.sampled_from([Unit.DAG, Unit.WEEK, Unit.MAAND, Unit.WERKDAG]))
def test_a_longer_term_never_ends_earlier(start, one, other, unit):
    short, long = sorted((one, other))
    assert ends(Length(short, unit), "art. 73", start) <= ends(Length(long, unit), "art. 73", start)


@given(STARTS, st.integers(1, 12), LONGER)
def test_extensions_add_up_whatever_their_order(start, months, longer):
    found = {ends(Length(months, Unit.MAAND), "art. 73", start, (), order) for order in permutations(longer)}
    assert len(found) == 1
    assert found.pop() >= ends(Length(months, Unit.MAAND), "art. 73", start)


@given(STARTS, PAUSES)
def test_suspensions_add_each_day_once_whatever_their_order(start, pauses):
    stood_still = {start + timedelta(days=after + n) for after, days in pauses for n in range(days)} - {start}
    orders = list(permutations(suspensions(start, pauses)))[:24]
    found = {ends("6 maanden", "ATW", start, order) for order in orders}
    plain = ends("6 maanden", "ATW", start)
    assert found == {plain + timedelta(days=len([day for day in stood_still if day <= plain]))}


@given(STARTS, st.integers(1, 60), st.integers(1, 20), st.integers(1, 20))
def test_a_suspension_in_two_parts_is_the_same_as_in_one(start, after, first, second):
    whole = suspensions(start, [(after, first + second)])
    parts = suspensions(start, [(after, first), (after + first, second)])
    assert ends("6 maanden", "art. 73", start, whole) == ends("6 maanden", "art. 73", start, parts)


@given(STARTS, st.integers(1, 30), st.integers(1, 9))
def test_a_suspension_after_the_end_counts_once_the_term_is_longer(start, days, months):
    end = ends("6 maanden", "ATW", start)
    late = (Suspension(end + timedelta(days=1), end + timedelta(days=1 + days), "reden"),)
    longer = (Length(months, Unit.MAAND),)
    assert ends("6 maanden", "ATW", start, late) == end
    extended = ends("6 maanden", "ATW", start, (), longer)
    assert ends("6 maanden", "ATW", start, late, longer) in (extended, extended + timedelta(days=days))
    assert (ends("6 maanden", "ATW", start, late, longer) > extended) == (end < extended)


@given(STARTS, PAUSES, LONGER)
def test_nothing_that_happens_to_a_term_makes_it_end_earlier(start, pauses, longer):
    plain = ends("3 maanden", "art. 73", start)
    assert ends("3 maanden", "art. 73", start, suspensions(start, pauses), longer) >= plain


@given(STARTS, st.sampled_from(sorted(shipped())))
def test_every_sum_ends_at_its_date_and_says_its_version(start, key):
    rule = rule_named(key)
    version = rule.version_on(start)
    if version is None or version.length.startswith("instelling"):
        return
    made = apply(rule, version, start)
    assert made.steps[-1].on == made.due_on > start or rule.starts == ("planning.aa_start",)
    assert f"versie {version.number}" in made.steps[0].text


@given(STARTS)
def test_a_dossier_keeps_its_version_as_long_as_that_holds(day):
    rule = rule_named("beslistermijn-vw2000")
    for number in (1, 2, 3, 4):
        kept = rule.version_on(day, number)
        assert kept.number == number if rule.version(number).holds_on(day) else kept == rule.version_on(day)


@pytest.mark.parametrize(("length", "expected"), [
    ("8 weken", date(2026, 4, 6)), ("2 werkdagen", date(2026, 5, 28)), ("10 dagen", date(2026, 5, 22)),
    ("1 maand", date(2026, 5, 1)), ("1 jaar", date(2025, 6, 1)), ("30 uur", date(2026, 5, 30)),
])
def test_a_warning_begins_this_long_before_the_last_day(length, expected):
    assert before(date(2026, 6, 1), parse_length(length), atw) == expected


def test_the_penalty_of_awb_4_17_has_a_maximum_and_is_off_unless_switched_on():
    first = date(2026, 5, 7)
    found = [accrued(first, first + timedelta(days=n)) for n in (-1, 0, 13, 14, 41, 100)]
    assert found == [
        Dwangsom(0, 0, False), Dwangsom(1, 23, False), Dwangsom(14, 322, False), Dwangsom(15, 357, False),
        Dwangsom(42, 1442, True), Dwangsom(42, 1442, True),
    ]  # fmt: skip
    on = {"dwangsom_vanaf": date(2026, 1, 1), "dwangsom_tot_en_met": date(2026, 5, 7)}
    assert [is_switched_on(each, first) for each in ({}, on, {**on, "dwangsom_tot_en_met": date(2026, 5, 6)})] == [
        False, True, False,
    ]  # fmt: skip


RECORD = {"aanvraag": {"datum_indiening": "2026-06-01", "datum_loopbrief": "2026-05-20"}}


def test_the_rule_names_which_date_counts_and_keeps_the_other():
    signed = work_out(rule_named("beslistermijn-vw2000"), RECORD, {})
    letter = work_out(rule_named("beslistermijn-loopbrief"), RECORD, {})
    dublin = {**RECORD, "dublin": {"nl_verantwoordelijk_per": "2026-07-01"}}

    assert (signed.begin_on, signed.also) == (date(2026, 6, 1), {"aanvraag.datum_loopbrief": date(2026, 5, 20)})
    assert (letter.begin_on, letter.also) == (date(2026, 5, 20), {"aanvraag.datum_indiening": date(2026, 6, 1)})
    assert work_out(rule_named("beslistermijn-vw2000"), dublin, {}).begin_on == date(2026, 7, 1)
    assert work_out(rule_named("beslistermijn-loopbrief"), dublin, {}) is None
    assert work_out(rule_named("rvt"), {}, {"rvt_telwijze": "dag_na_indiening"}) is None


def test_an_instelling_says_where_a_term_begins():
    rule = rule_named("waarborgen-pact")
    record = {"aanvraag": {"datum_verzoek": "2026-07-06", "datum_indiening": "2026-07-20"}}
    chosen = ("datum_verzoek", "datum_indiening", None)
    found = [work_out(rule, record, {"start_waarborgentermijn": each}) for each in chosen]

    assert [each.begin_on for each in found] == [date(2026, 7, 6), date(2026, 7, 20), None]
    assert found[2].computed.missing == ("start_waarborgentermijn",)


def test_a_date_to_come_after_the_last_day_meets_nothing():
    rule, due = rule_named("rechter"), date(2026, 6, 1)
    on = {"planning": {"gehoor_op": "2026-06-10"}}
    days = date(2026, 5, 1), date(2026, 6, 10)
    assert [met_on(rule, on, due, today) for today in days] == [None, date(2026, 6, 10)]
    assert met_on(rule, on, date(2026, 6, 10), date(2026, 5, 1)) == date(2026, 6, 10)


RULE = "- {sleutel: a, termijn: a, naam: A, begin: [], begin_uitleg: b, "


@pytest.mark.parametrize(("text", "message"), [
    (RULE + "versies: [], x: 1}", "'x' bestaat niet"),
    ("- {sleutel: a}", "'termijn' ontbreekt"),
    (RULE + "versies: [{nummer: 2, lengte: 1 dag, kalender: ATW, basis: b}, "
     "{nummer: 1, lengte: 1 dag, kalender: ATW, basis: b}]}", "lopen niet op"),
    ((RULE + "versies: []}\n") * 2, "staat er twee keer"),
    (RULE + "versies: [], waarschuwen: {vanaf: lang, dringend: 1 dag}}", "is niet te lezen"),
])
def test_a_wrong_rule_is_refused_by_name(text, message):
    with pytest.raises(InvalidInput, match=message):
        read_rules([text])


def test_an_unknown_rule_names_those_that_are_known():
    with pytest.raises(NotFound, match="Kies uit: aa-dag"):
        rule_named("niets")


@pytest.mark.parametrize(("most", "met", "today", "expected"), [
    (7500, None, date(2026, 11, 4), Dwangsom(0, 0, False)),
    (7500, None, date(2026, 11, 14), Dwangsom(10, 1000, False)),
    (7500, date(2026, 11, 7), date(2026, 11, 14), Dwangsom(2, 200, False)),
    (7500, None, date(2027, 1, 18), Dwangsom(75, 7500, True)),
    (7550, None, date(2027, 5, 1), Dwangsom(76, 7550, True)),
    (0, None, date(2027, 5, 1), Dwangsom(178, 17800, False)),
])
def test_what_a_court_set_runs_up_a_day_at_a_time_until_its_maximum(most, met, today, expected):
    fact = Fact(1, FactKind.COURT_DATE, "NL26.7", on=date(2026, 11, 1), per_day=100, most=most,
                runs_from=date(2026, 11, 5))  # fmt: skip
    settings = {"dwangsom_rechter_vanaf": date(2026, 1, 1), "dwangsom_rechter_tot_en_met": date(2026, 11, 5)}
    made = court_date(rule_named("rechter-beslissen"), fact.on, [fact], "", settings)

    assert run_up({"dwangsom": made.dwangsom.to_json()}, met, today) == expected
    settings["dwangsom_rechter_tot_en_met"] = date(2026, 11, 4)
    assert court_date(rule_named("rechter-beslissen"), fact.on, [fact], "", settings).dwangsom.counts is False

"""What must hold for every dossier, however it was filled in."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau import checks
from bedrijfsbureau.checks import State
from bedrijfsbureau.checks.bas01 import DECIDING, DECIDING_IN_PACT
from tests.checks.kinds import BRIEF, KINDS, changes, kind, relaties, stukken

DECIDING_OF = {"asiel-aa": sorted(DECIDING), "asiel-pact": sorted(DECIDING | DECIDING_IN_PACT)}


@pytest.mark.parametrize("key", KINDS)
def test_on_an_empty_record_nothing_crashes_and_the_deciding_fields_are_asked_for(key: str) -> None:
    verdicts = checks.evaluate(kind(key).policy, kind(key).empty())
    deciding = next(v for v in verdicts if v.code == "BAS01")

    assert [v.error for v in verdicts if v.error] == []
    assert deciding.blocks
    assert sorted(deciding.missing) == DECIDING_OF[key]
    assert not checks.readiness(verdicts).planbaar


@pytest.mark.parametrize("key", KINDS)
@BRIEF
@given(data=st.data())
def test_no_record_makes_a_check_crash(key: str, data: st.DataObject) -> None:
    view = kind(key).view(data.draw(changes(key)), stukken=data.draw(stukken()), relaties=data.draw(relaties()))

    assert [v.error for v in checks.evaluate(kind(key).policy, view) if v.error] == []


@pytest.mark.parametrize("key", KINDS)
@BRIEF
@given(data=st.data())
def test_evaluating_twice_gives_the_same_and_changes_nothing(key: str, data: st.DataObject) -> None:
    changed = data.draw(changes(key))
    view, untouched = kind(key).view(changed), kind(key).view(changed)

    first = checks.evaluate(kind(key).policy, view)

    assert checks.evaluate(kind(key).policy, view) == first
    assert view == untouched


@pytest.mark.parametrize("key", KINDS)
@BRIEF
@given(data=st.data())
def test_a_deciding_field_that_is_empty_always_blocks(key: str, data: st.DataObject) -> None:
    emptied = data.draw(st.sets(st.sampled_from(DECIDING_OF[key]), min_size=1))
    verdict = kind(key).verdict("BAS01", data.draw(changes(key)) | dict.fromkeys(emptied))

    assert verdict.blocks
    assert emptied <= set(verdict.missing)


@pytest.mark.parametrize("key", KINDS)
@BRIEF
@given(data=st.data())
def test_emptying_fields_never_makes_a_dossier_ready(key: str, data: st.DataObject) -> None:
    """Unknown is never "niet van toepassing": what falls away because a field is empty is held by another point."""
    paths = [f.path for f in kind(key).soort.record.fields() if f.path not in ("documenten", "bewijsmiddelen")]
    emptied = dict.fromkeys(data.draw(st.sets(st.sampled_from(paths), min_size=1, max_size=6)))
    complete = {v.code: v.state for v in checks.evaluate(kind(key).policy, kind(key).view())}
    verdicts = checks.evaluate(kind(key).policy, kind(key).view(emptied))

    fallen_away = [
        v.code
        for v in verdicts
        if v.blocking and v.state == State.NIET_VAN_TOEPASSING and complete[v.code] == State.VOLDAAN
    ]
    assert not fallen_away or not checks.readiness(verdicts).behandelklaar, fallen_away


@pytest.mark.parametrize("key", KINDS)
@BRIEF
@given(data=st.data())
def test_every_open_point_says_what_why_who_and_where(key: str, data: st.DataObject) -> None:
    view = kind(key).view(data.draw(changes(key)), stukken=data.draw(stukken()), relaties=data.draw(relaties()))

    for verdict in checks.evaluate(kind(key).policy, view):
        assert verdict.message and "{" not in verdict.message
        assert verdict.basis and verdict.partij
        assert verdict.task == verdict.tasks[0]


@pytest.mark.parametrize("key", KINDS)
@BRIEF
@given(data=st.data())
def test_readiness_is_what_does_not_block(key: str, data: st.DataObject) -> None:
    verdicts = checks.evaluate(kind(key).policy, kind(key).view(data.draw(changes(key))))
    blocking = [v.code for v in verdicts if v.blocks]
    ready = checks.readiness(verdicts)

    assert sorted(ready.open_p + ready.open_b) == sorted(blocking)
    assert ready.planbaar == (not ready.open_p)
    assert ready.behandelklaar == (not blocking)
    assert {v.task for v in verdicts if v.blocks} <= set(checks.open_tasks(verdicts))


@pytest.mark.parametrize("key", KINDS)
@BRIEF
@given(data=st.data(), code=st.sampled_from(["IDE03", "DUB01", "MED01"]), days=st.integers(0, 40))
def test_a_vrijstelling_holds_until_its_last_day(key: str, data: st.DataObject, code: str, days: int) -> None:
    view = kind(key).view(data.draw(changes(key)))
    rule = kind(key).policy.rule(code)
    given_on, until = view.today, view.today + timedelta(days=20)
    later = view.today + timedelta(days=days)
    vrijstelling = checks.Vrijstelling(code, "A. Senior", "AVIM levert dit niet", given_on, until)

    without = checks.judge(rule, replace(view, today=later))
    verdict = checks.judge(rule, replace(view, today=later, vrijstellingen=(vrijstelling,)))

    assert (verdict.state == State.VRIJGESTELD) == (without.is_open and later <= until)
    assert later <= until or verdict == without


@pytest.mark.parametrize("key", KINDS)
def test_a_point_that_nobody_may_let_go_stays_open(key: str) -> None:
    def let_go(code: str) -> checks.Vrijstelling:
        return checks.Vrijstelling(code, "A. Senior", "haast", date(2020, 1, 1), date(2099, 1, 1))

    view = replace(kind(key).empty(), vrijstellingen=tuple(let_go(r.check.code) for r in kind(key).policy.rules))
    waived = {v.code: v.waiver for v in checks.evaluate(kind(key).policy, view) if v.state == State.VRIJGESTELD}

    assert waived
    assert None not in waived.values()


@pytest.mark.parametrize(
    ("code", "changed", "last_day", "states"),
    [
        (
            "TEG03",
            {"persoon.geboortedatum": "2008-03-05", "amv.is_amv": True},
            date(2026, 3, 4),
            ("voldaan", "tegenstrijdig"),
        ),
        (
            "VER01",
            {"documenten": [{"soort": "paspoort", "geldig_tot": "2026-08-31"}]},
            date(2026, 8, 31),
            ("voldaan", "verlopen"),
        ),
        ("REG02", {"aanvraag.datum_indiening": None}, date(2026, 7, 29), ("ontbreekt", "verlopen")),
    ],
)
def test_the_date_alone_turns_a_point(
    code: str, changed: dict[str, Any], last_day: date, states: tuple[str, str]
) -> None:
    days = (last_day, last_day + timedelta(days=1))

    assert tuple(kind("asiel-pact").verdict(code, changed, today=day).state for day in days) == states

"""Timers: when they are due, that this stays so, and what a fired one does."""

from datetime import UTC, datetime, timedelta

import pytest

from bedrijfsbureau.errors import NotAwaited, StepFailed
from tests.engine.running import (
    END,
    NOON,
    START,
    Running,
    World,
    boundary,
    catch,
    gateways,
    service,
    subprocess,
    timer_event,
    users,
)


def waiting(moment: str, world: World | None = None, kind: str = "timeDate", **data: object) -> Running:
    return Running(START + END + catch("c", timer_event(moment, kind)) + users("a") + "{s>c>a>e}", world, **data)


def due(moment: str, now: datetime = NOON) -> datetime | None:
    world = World()
    world.now = now
    return waiting(moment, world).now.timers[0].due_at


@pytest.mark.parametrize(
    ("moment", "utc"),
    [
        ('date("2026-07-05")', datetime(2026, 7, 4, 22, tzinfo=UTC)),  # summer time
        ('date("2026-12-05")', datetime(2026, 12, 4, 23, tzinfo=UTC)),  # winter time
        ('date and time("2026-07-05T09:00:00")', datetime(2026, 7, 5, 7, tzinfo=UTC)),
        ('date and time("2026-12-05T09:00:00")', datetime(2026, 12, 5, 8, tzinfo=UTC)),
        ('date and time("2026-07-05T09:00:00Z")', datetime(2026, 7, 5, 9, tzinfo=UTC)),
        ('date and time("2026-07-05T09:00:00+05:00")', datetime(2026, 7, 5, 4, tzinfo=UTC)),
        ('date and time("2026-07-05T09:00:00@America/New_York")', datetime(2026, 7, 5, 13, tzinfo=UTC)),
        ('duration("PT90M")', NOON + timedelta(minutes=90)),
        ('duration("P14D")', NOON + timedelta(days=14)),
        ('-duration("PT1H")', NOON - timedelta(hours=1)),
    ],
)
def test_a_moment_becomes_an_instant_in_utc(moment: str, utc: datetime) -> None:
    assert due(moment) == utc


def test_days_are_days_of_the_calendar_and_hours_are_hours() -> None:
    before_change = datetime(2026, 10, 24, 10, 0, tzinfo=UTC)  # 12:00 in Amsterdam; the clock goes back that night
    assert due('duration("P1D")', before_change) == datetime(2026, 10, 25, 11, 0, tzinfo=UTC)
    assert due('duration("PT23H")', before_change) == datetime(2026, 10, 25, 9, 0, tzinfo=UTC)


def test_months_keep_the_day_or_take_the_last_one() -> None:
    end_of_january = datetime(2026, 1, 31, 11, 0, tzinfo=UTC)
    assert due('duration("P1M")', end_of_january) == datetime(2026, 2, 28, 11, 0, tzinfo=UTC)
    assert due('duration("P1Y2M")', end_of_january) == datetime(2027, 3, 31, 10, 0, tzinfo=UTC)
    assert due('duration("-P1M")', datetime(2026, 3, 31, 10, 0, tzinfo=UTC)) == datetime(2026, 2, 28, 11, 0, tzinfo=UTC)


def test_now_in_feel_is_the_moment_of_the_command() -> None:
    assert due("now()") == NOON


def test_null_never_fires() -> None:
    run = waiting("verzoek.herinneren_op", verzoek={"herinneren_op": None})
    timer = run.now.timers[0]
    assert (timer.due_at, timer.element.id) == (None, "c")
    with pytest.raises(NotAwaited):
        run.do("wake", timer.id)


def test_the_due_date_stays_what_it_was_when_the_token_arrived() -> None:
    run = waiting('duration("P1D")', kind="timeDuration")
    first = run.now.timers[0]
    run.world.now = NOON + timedelta(hours=30)
    run.do("refresh")
    assert run.now.timers == (first,)
    assert run.open == [], "time passing fires nothing by itself"


def test_a_timer_fires_once() -> None:
    run = waiting('date("2026-07-05")')
    timer = run.now.timers[0]
    run.do("wake", timer.id)
    assert (run.open, run.now.timers) == (["a"], ())
    for gone in (timer.id, "no timer", ""):
        with pytest.raises(NotAwaited):
            run.do("wake", gone)


@pytest.mark.parametrize(
    "moment", ['"morgen"', "12", "true", "[1]", 'time("09:00:00")', 'date("99999-01-01")', 'duration("P99999999Y")']
)
def test_what_is_no_moment_fails_at_the_timer(moment: str) -> None:
    with pytest.raises(StepFailed, match="geen datum, tijdstip of duur") as failed:
        waiting(moment)
    assert failed.value.element == "c"


def test_a_reminder_loop_counts_again_every_round() -> None:
    body = START + END + gateways("exclusive", "m") + gateways("eventBased", "g") + service("sv", "herinneren")
    body += catch("t", timer_event('duration("P7D")')) + catch("k", timer_event("einde")) + "{s>m>g>t>sv>m}{g>k>e}"
    run = Running(body, einde=None)
    for week in (1, 2, 3):
        assert [timer.due_at for timer in run.now.timers] == [NOON + timedelta(weeks=week), None]
        run.world.now = NOON + timedelta(weeks=week)
        run.do("wake", run.now.timers[0].id)
    assert len(run.world.called) == 3


def test_a_timer_on_the_border_interrupts_a_task() -> None:
    run = Running(
        START + END + users("a", "h") + boundary("b", "a", timer_event('duration("P14D")')) + "{s>a>e}{b>h>a}"
    )
    for _ in range(3):
        run.do("wake", run.now.timers[0].id)
        assert (run.open, run.now.timers) == (["h"], ())
        run.complete("h")
    run.complete("a")
    assert (run.end, run.now.timers) == ("e", ())


def test_a_timer_on_the_border_interrupts_a_subprocess_inside_a_subprocess() -> None:
    inner = subprocess("inner", users("a") + "{inner_s>a>inner_e}") + boundary(
        "b", "inner", timer_event('duration("PT1H")')
    )
    run = Running(
        START + END + subprocess("outer", inner + users("h") + "{outer_s>inner>outer_e}{b>h>outer_e}") + "{s>outer>e}"
    )
    run.do("wake", run.now.timers[0].id)
    assert run.now.active == {"outer": 1, "h": 1}
    run.complete("h")
    assert run.end == "e"


def test_one_and_zero_are_true_and_false_too() -> None:
    """xs:boolean, XML Schema part 2, 3.2.2."""
    border = boundary("b", "a", timer_event('duration("P1D")', "timeDuration"))
    border = border.replace("attachedToRef", 'cancelActivity="0" attachedToRef')
    running = Running(START + END + users("a", "h") + "{s>a>e}{b>h>e}" + border)
    running.do("wake", running.now.timers[0].id)
    assert running.open == ["a", "h"]

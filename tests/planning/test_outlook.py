"""What is said of one dossier."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau.planning import Calibration, Course, Item, Spell, Waits, outlook
from bedrijfsbureau.planning.calibration import calibrate
from bedrijfsbureau.planning.waits import ENOUGH, measure


def spent(code: str, days: list[float], partij: str = "COA", locatie: str = "Ter Apel") -> list[Course]:
    return [Course(locatie, 0.0, 400.0, (Spell(code, partij, 0.0, day),)) for day in days]


EVEN = [float(day) for day in range(1, 41)]
LEARNT = measure([*spent("MED02", EVEN), *spent("TAL02", [2 * day for day in EVEN])], 400.0)


def test_it_is_ready_when_the_last_of_what_blocks_is_done() -> None:
    said, unknown = outlook([Item("MED02", "COA", 0.0), Item("TAL02", "COA", 0.0)], "Ter Apel", LEARNT, Calibration())

    assert said is not None and unknown == ()
    assert said.chance(20.0) == pytest.approx(20 / 40 * 10 / 40)
    assert said.chance(20.0, done=["TAL02"]) == pytest.approx(0.5)
    assert said.chance(-1.0) == 0.0
    assert said.chance(-1.0, done=["TAL02", "MED02"]) == 1.0


@given(st.floats(0.01, 0.99), st.integers(0, 30))
def test_the_days_of_a_chance_and_the_chance_of_days_agree(share: float, age: int) -> None:
    said, _ = outlook([Item("MED02", "COA", float(age))], "Ter Apel", LEARNT, Calibration())
    assert said is not None

    days = said.within(share)

    assert days is not None
    assert said.chance(days) >= share > said.chance(days - 0.1)


@given(st.lists(st.integers(0, 80), min_size=2, max_size=2))
def test_more_time_never_makes_it_less_likely(days: list[int]) -> None:
    said, _ = outlook([Item("MED02", "COA", 3.0), Item("TAL02", "COA", 9.0)], "Ter Apel", LEARNT, Calibration())
    assert said is not None

    assert said.chance(min(days)) <= said.chance(max(days))


def test_nothing_that_blocks_is_ready_now() -> None:
    said, _ = outlook([], "Ter Apel", LEARNT, Calibration())

    assert said is not None
    assert (said.within(0.85), said.chance(0.0)) == (0.0, 1.0)


def test_where_there_is_too_little_to_go_by_a_broader_measure_serves_and_else_nothing_is_said() -> None:
    here = spent("MED02", EVEN[: ENOUGH - 1], locatie="Budel")
    waits = measure([*spent("MED02", EVEN), *here], 400.0)

    assert waits.of("MED02", "COA", "Budel") == waits.curves["MED02", "COA"]
    assert waits.of("AMV01", "COA", "Budel") == waits.curves[("COA",)]
    assert waits.of("AMV01", "Nidos", "Budel") is None
    assert waits.of("MED02", "COA", "Ter Apel", age=39.0) is None  # only one ever lasted longer
    assert outlook([Item("AMV01", "Nidos", 1.0)], "Budel", waits, Calibration()) == (None, ("AMV01",))


def test_a_check_that_was_open_when_its_dossier_was_closed_waited_until_then() -> None:
    open_for_ever = [Course("Ter Apel", 0.0, 5.0, (Spell("MED02", "COA", 0.0, None),)) for _ in range(ENOUGH)]

    curve = measure(open_for_ever, 400.0).curves["MED02", "COA"]

    assert (curve.ended, curve.until) == (0, 5.0)


def test_longer_than_anything_measured_is_not_guessed() -> None:
    courses = [*spent("MED02", EVEN), *(Course("Ter Apel", 0.0, None, (Spell("MED02", "COA", 0.0, None),)),) * 40]
    said, _ = outlook([Item("MED02", "COA", 0.0)], "Ter Apel", measure(courses, 50.0), Calibration())

    assert said is not None
    assert said.within(0.4) is not None
    assert said.within(0.85) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60), st.floats(0, 1), st.floats(0, 1))
def test_calibrated_chances_stay_chances_in_the_same_order(
    outcomes: list[tuple[float, bool]], one: float, other: float
) -> None:
    made = calibrate(outcomes)

    assert 0.0 <= made.chance(min(one, other)) <= made.chance(max(one, other)) <= 1.0


def test_calibration_makes_what_was_said_come_true() -> None:
    """Chances that were always said too high: of u said, u squared came true."""
    chance = random.Random(1)
    made = calibrate([(chance.random() ** 0.5, True) for _ in range(4000)])

    assert [made.chance(said) for said in (0.3, 0.5, 0.9)] == pytest.approx([0.09, 0.25, 0.81], abs=0.03)
    assert Waits({}).of("MED02", "COA", "Ter Apel") is None

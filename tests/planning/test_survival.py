"""Waits: with nothing left open the curve is what one counts; what is still open counts for as long as it lasted."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau.planning import kaplan_meier

WAITS = st.lists(st.tuples(st.integers(0, 50).map(float), st.booleans()), min_size=1, max_size=50)


@given(st.lists(st.integers(0, 40).map(float), min_size=1, max_size=50), st.integers(0, 45))
def test_of_waits_that_all_ended_it_is_the_share_that_lasted_longer(days: list[float], day: int) -> None:
    curve = kaplan_meier([(each, True) for each in days])

    assert curve.still(day) == pytest.approx(sum(each > day for each in days) / len(days))
    assert (curve.ended, curve.until) == (len(days), max(days))


@given(WAITS)
def test_it_only_goes_down_and_stays_a_share(waits: list[tuple[float, bool]]) -> None:
    curve = kaplan_meier(waits)
    shares = [1.0, *curve.left]

    assert list(curve.days) == sorted(set(curve.days))
    assert all(0 <= after <= before + 1e-12 for before, after in pairwise(shares))


def test_the_example_of_the_article() -> None:
    """Kaplan and Meier, section 1: of 10 items deaths at 0.8, 3.1, 5.4 and 9.2, losses at 1.0, 2.7, 7.0 and 12.1; here
    the eight of its table 1, with the estimates it gives."""
    deaths, losses = [0.8, 3.1, 5.4, 9.2], [1.0, 2.7, 7.0, 12.1]

    curve = kaplan_meier([*((day, True) for day in deaths), *((day, False) for day in losses)])

    assert curve.left == pytest.approx((7 / 8, 7 / 10, 21 / 40, 21 / 80))
    assert curve.at_risk == (8, 5, 4, 2)


@given(WAITS, st.integers(1, 50))
def test_whoever_still_waits_makes_the_others_last_longer(waits: list[tuple[float, bool]], day: int) -> None:
    longest = max(each for each, _ in waits)

    more = kaplan_meier([*waits, (longest + 1, False)])

    assert more.still(day) >= kaplan_meier(waits).still(day) - 1e-12


def test_the_chance_of_one_that_waited_long_already_is_about_those_that_waited_as_long() -> None:
    curve = kaplan_meier([(1.0, True), (2.0, True), (10.0, True), (20.0, True)])

    assert (curve.over(8.0, age=2.0), curve.over(8.0)) == (0.5, 0.5)
    assert (curve.over(18.0, age=5.0), curve.over(1.0, age=25.0)) == (1.0, 0.0)
    assert [curve.seen(age) for age in (0.0, 1.0, 2.0, 10.0, 20.0)] == [4, 3, 2, 1, 0]

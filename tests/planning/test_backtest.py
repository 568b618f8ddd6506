"""The past told again: nothing of the future may be used, and the score must be that of what was said."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedrijfsbureau.planning import Course, Spell, learn

SPELLS = st.lists(
    st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(0, 40)), st.booleans()), max_size=6
)  # begin, days, whether it blocks


def made(number: int, chance: random.Random) -> Course:
    """Two checks that are open from the start, and sometimes one that opens when the first is done."""
    opened = number * 0.5
    first, second = chance.expovariate(1 / 4), chance.expovariate(1 / 9)
    spells = [Spell("MED02", "MediFirst", opened, opened + first), Spell("TAL02", "wij", opened, opened + second)]
    if chance.random() < 0.3:
        spells.append(Spell("UIT01", "wij", opened + first, opened + first + chance.expovariate(1 / 2)))
    return Course("Ter Apel", opened, None, tuple(spells))


@pytest.fixture(scope="module")
def courses() -> list[Course]:
    chance = random.Random(20261122)
    return [made(number, chance) for number in range(500)]


def test_it_is_closer_than_the_usual_time_and_its_chances_come_true(courses: list[Course]) -> None:
    score = learn([course.until(250.0) for course in courses], 250.0).score

    assert score is not None
    assert score.error < 0.9 * score.naive_error
    assert 0.4 <= score.covers_50 <= 0.6
    assert 0.78 <= score.covers_85 <= 0.92


def test_what_came_after_today_changes_nothing(courses: list[Course]) -> None:
    """The same history, with and without a future, as far as the curves and the chances go."""
    then = [course.until(120.0) for course in courses if course.opened <= 120.0]

    assert learn(then, 120.0).waits == learn([course for course in courses if course.opened <= 120.0], 120.0).waits


def test_of_too_few_dossiers_there_is_no_score() -> None:
    chance = random.Random(1)

    assert learn([], 10.0).score is None
    assert learn([made(number, chance) for number in range(15)], 10.0).score is None


@given(SPELLS, st.integers(0, 80))
def test_ready_is_the_first_moment_at_which_nothing_blocks(
    spells: list[tuple[int, int | None, bool]], day: int
) -> None:
    course = Course("Ter Apel", 0.0, None, tuple(
        Spell(str(number), "wij", begin, None if days is None else begin + days, blocks)
        for number, (begin, days, blocks) in enumerate(spells)
    ))  # fmt: skip

    ready = course.ready_after(day)

    days = [each for each in range(day, 200) if not course.blocked(each)]
    assert ready == (days[0] if days else None)


@given(SPELLS, st.integers(0, 80))
def test_what_is_known_on_a_day_is_the_same_up_to_that_day(
    spells: list[tuple[int, int | None, bool]], day: int
) -> None:
    course = Course("Ter Apel", 0.0, None, tuple(
        Spell(str(number), "wij", begin, None if days is None else begin + days, blocks)
        for number, (begin, days, blocks) in enumerate(spells)
    ))  # fmt: skip

    known = course.until(day)

    codes = [[spell.code for spell in each.blocked(day)] for each in (course, known)]
    assert codes[0] == codes[1]
    assert all(spell.ended is None or spell.ended <= day for spell in known.spells)

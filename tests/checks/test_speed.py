"""Every change of a dossier evaluates every point again, so that has to cost next to nothing."""

from time import process_time

import pytest

from bedrijfsbureau import checks
from tests.checks.kinds import KINDS, kind

ROUNDS = 20
BUDGET = 0.005
"""Seconds of processor time for one dossier: five times what was measured on a small machine."""


@pytest.mark.parametrize("key", KINDS)
def test_evaluating_all_points_of_a_dossier_takes_about_a_millisecond(key: str) -> None:
    views = [kind(key).view() for _ in range(ROUNDS)]
    checks.evaluate(kind(key).policy, kind(key).view())

    began = process_time()
    for view in views:
        checks.evaluate(kind(key).policy, view)

    assert (process_time() - began) / ROUNDS < BUDGET

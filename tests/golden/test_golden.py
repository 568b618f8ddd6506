"""Whole dossiers of both regimes: every verdict, and whether they may be planned and released."""

from collections import defaultdict

import pytest

from tests.checks.kinds import KINDS, kind
from tests.golden.golden import Golden, read

ALL = [golden for soort in KINDS for golden in read(soort)]


@pytest.mark.parametrize("golden", ALL, ids=lambda golden: f"{golden.soort}: {golden.name}")
def test_every_verdict_comes_out_as_written(golden: Golden) -> None:
    ready = golden.readiness()

    assert golden.found() == golden.expected
    assert (ready.planbaar, ready.behandelklaar) == (golden.row["planbaar"], golden.row["behandelklaar"])


@pytest.mark.parametrize("soort", KINDS)
def test_every_check_is_seen_in_two_states_at_least(soort: str) -> None:
    states = defaultdict(set)
    for golden in read(soort):
        for verdict in golden.verdicts():
            states[verdict.code].add(verdict.state)

    assert [code for code, seen in states.items() if len(seen) < 2] == []
    assert set(states) == {rule.check.code for rule in kind(soort).policy.rules}
    assert len(read(soort)) >= 12

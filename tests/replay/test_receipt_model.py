"""The model of the receipt phase allows what really happened, and says where it does not."""

import pytest

from bedrijfsbureau.cli import receipt_log
from bedrijfsbureau.cli.receipt_log import Trace
from tests.replay.receipt import LOG, MODEL, needs_log, trace
from tests.replay.token_game import TokenGame


def play(game: TokenGame, one: Trace) -> list[tuple[str, str]]:
    """The events of `one` that no ready task answers to."""
    game.restart()
    deviations = []
    for index, event in enumerate(one.events):
        if event.activity in game.ready:
            game.complete(event.activity, one.gegevens(index))
        else:
            deviations.append((one.key, event.code))
    return deviations


@needs_log
def test_all_but_one_trace_of_the_log_fits() -> None:
    game = TokenGame(MODEL)
    traces = receipt_log.read(LOG)
    deviations, finished = [], 0
    for one in traces:
        deviations += play(game, one)
        finished += game.finished
    assert (len(traces), sum(len(one.events) for one in traces)) == (1434, 8577)
    assert deviations == [("case-7917", "T05")]  # sent without being determined
    assert finished == 1272


@pytest.mark.parametrize(
    "codes",
    [
        "T02 T04 T05 T06 T10",
        "T06 T10 T02 T04 T05",
        "T02 T03 T02 T04 T03 T02 T04 T05 T06 T10",
        "T06 T06 T06 T10 T02 T04 T05",
        "T02 T06 T07-1 T08 T07-5 T04 T09-3 T09-1 T05 T06 T10",
        "T02 T04 T05 T06 T08 T09-4 T06 T08 T07-2 T09-1 T06 T07-3 T07-4 T06 T10",
        "T02 T04 T05 T06 T10 T11 T12 T13 T12 T14 T15",
        "T02 T04 T06 T10 T16 T17 T18 T17 T18 T17 T19 T05 T20",
    ],
)
def test_a_complete_course_ends(codes: str) -> None:
    game = TokenGame(MODEL)
    assert play(game, trace(codes, activities(game))) == []
    assert game.finished


@pytest.mark.parametrize(
    ("codes", "deviating"),
    [
        ("T02 T05", "T05"),  # not determined
        ("T06 T09-1", "T09-1"),  # an answer nobody asked for
        ("T06 T10 T11 T16", "T16"),  # never both
        ("T10", "T10"),  # the choice about advice comes first
    ],
)
def test_what_the_model_forbids_is_found(codes: str, deviating: str) -> None:
    game = TokenGame(MODEL)
    assert play(game, trace(codes, activities(game))) == [("case-1", deviating)]
    assert not game.finished


def test_every_advice_is_waited_for_before_the_next_judgement() -> None:
    game = TokenGame(MODEL)
    names = activities(game)
    game.complete(names["Confirmation"], {})
    game.complete(names["T06"], {"advies.nodig": "ja", "advies.aspecten": [1, 2], "advies.extern": [1]})
    for code in ("T07-1", "T08", "T09-1"):
        game.complete(names[code], {})
    assert game.ready == {names["T02"], names["T07-2"]}
    game.complete(names["T07-2"], {})
    assert game.ready == {names["T02"], names["T06"]}


def activities(game: TokenGame) -> dict[str, str]:
    return {activity.split(" ", 1)[0]: activity for activity in game.tasks}

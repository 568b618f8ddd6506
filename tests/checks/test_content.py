"""The shipped points: complete, consistent, and true to their own examples."""

import re
from collections.abc import Iterator

import pytest

from bedrijfsbureau import checks
from bedrijfsbureau.checks.examples import examples_of, try_out
from tests.checks.kinds import KINDS, Kind, kind

PYTHON = {
    "AMV01", "AMV04", "BAS01", "DOC01", "DOC02", "DOC03", "GEZ01", "MED05", "OPV01", "REG01", "REG02", "SCR01",
    "TEG01", "TEG03", "TEG04", "TEG05", "TEG07", "TEG08", "TEG10", "TEG11", "VER01", "VER02",
}  # fmt: skip
OPENED_BY_MESSAGE = {"t_tegenspraak", "t_verzoekersdocument"}
"""Not drawn in the process: they open through the message punt_open."""
FILLED_WHILE_PLANNING = ("planning", "tolk", "uitnodiging")
FALLS_BACK = {"AMV04"}
"""Reads the date of the hearing, and today as long as that is empty."""


def shipped_examples() -> Iterator[object]:
    for key in KINDS:
        for rule, example in examples_of(kind(key).policy, kind(key).soort):
            yield pytest.param(key, rule, example, id=f"{key} {rule.check.code} {example.name}")


@pytest.mark.parametrize(("key", "rule", "example"), [*shipped_examples()])
def test_an_example_comes_out_as_it_says(key: str, rule: checks.Rule, example: checks.Example) -> None:
    assert try_out(rule, example, kind(key).basis, kind(key).soort) is None


def test_there_are_71_points_62_under_the_old_law_and_60_under_the_pact() -> None:
    codes = {key: [rule.check.code for rule in kind(key).policy.rules] for key in KINDS}

    assert len(set(codes["asiel-aa"]) | set(codes["asiel-pact"])) == 71
    assert (len(codes["asiel-aa"]), len(codes["asiel-pact"])) == (62, 60)


def test_the_python_checks_are_the_ones_in_the_folder() -> None:
    assert {check.code for check in checks.built_in()} == PYTHON
    placed = {rule.check.code for key in KINDS for rule in kind(key).policy.rules if not rule.check.expressions}
    assert placed == PYTHON


@pytest.mark.parametrize("key", KINDS)
def test_every_point_has_an_example_of_right_and_of_wrong(key: str) -> None:
    without = {
        rule.check.code
        for rule in kind(key).policy.rules
        if {example.state in checks.OPEN_STATES for example in rule.check.examples} != {True, False}
    }

    assert without == set()


@pytest.mark.parametrize("key", KINDS)
def test_nothing_is_open_on_the_complete_dossier(key: str) -> None:
    verdicts = checks.evaluate(kind(key).policy, kind(key).view())

    assert {v.code: v.message for v in verdicts if v.is_open} == {}
    assert checks.readiness(verdicts) == checks.Readiness(True, True, (), ())


def test_every_field_a_row_reads_exists() -> None:
    """A shared row may name a field that only the other kind has."""
    unknown = {key: checks.unknown_paths(kind(key).policy, kind(key).soort.record) for key in KINDS}

    both = set(unknown["asiel-aa"].items()) & set(unknown["asiel-pact"].items())
    assert both == set()
    assert set(unknown["asiel-pact"]) == {"MED01", "ROU01"}


@pytest.mark.parametrize("key", KINDS)
def test_every_task_exists_in_the_process(key: str) -> None:
    tasks = {task for rule in kind(key).policy.rules for task in rule.tasks.values()}

    assert tasks - OPENED_BY_MESSAGE <= drawn_tasks(kind(key))
    assert tasks & OPENED_BY_MESSAGE == OPENED_BY_MESSAGE


@pytest.mark.parametrize("key", KINDS)
def test_every_point_of_a_drawn_task_is_shown_in_that_task(key: str) -> None:
    """A task knows its points (bb:checks), a point knows its task: both say the same."""
    model = kind(key).soort.files[f"{key}.bpmn"]
    shown = dict(re.findall(r'<bpmn:userTask id="(\w+)"[^>]*bb:checks="([^"]*)"', model))
    drawn = drawn_tasks(kind(key))

    for rule in kind(key).policy.rules:
        if len(rule.tasks) == 1 and rule.task in drawn:
            assert rule.check.code in shown[rule.task].split(), f"{rule.check.code} in {rule.task}"


@pytest.mark.parametrize("key", KINDS)
def test_a_blocking_point_before_planning_reads_nothing_that_is_filled_while_planning(key: str) -> None:
    """Otherwise the dossier would wait for ever: the date waits for the point, and the point for the date."""
    reading = {
        rule.check.code
        for rule in kind(key).policy.rules
        if rule.phase == "P" and rule.blocking and any(path[0] in FILLED_WHILE_PLANNING for path in rule.check.reads)
    }

    assert reading - FALLS_BACK == set()


@pytest.mark.parametrize("key", KINDS)
def test_a_dossier_that_is_not_planned_yet_is_planbaar(key: str) -> None:
    """The same for the checks in Python, which cannot be seen into."""
    view = kind(key).view({"gehoor.opname": None} if key == "asiel-pact" else {})
    empty = {group: dict.fromkeys(view.gegevens[group]) for group in FILLED_WHILE_PLANNING}
    unplanned = kind(key).view(gegevens={**view.gegevens, **empty})

    assert checks.readiness(checks.evaluate(kind(key).policy, unplanned)).open_p == ()


def drawn_tasks(of: Kind) -> set[str]:
    return set(re.findall(r'<bpmn:userTask id="(\w+)"', of.soort.files[f"{of.soort.key}.bpmn"]))

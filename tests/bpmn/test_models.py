"""The diagrams as the engine and the rest of a dossiersoort see them."""

import pytest

from bedrijfsbureau import engine, termijnen
from bedrijfsbureau.actions.command.handlers import HANDLERS
from tests.bpmn.folders import (
    BB,
    BPMN,
    DIAGRAMS,
    KINDS,
    NS,
    ONLY_BY_CHECK,
    diagram,
    kind,
    name_of,
    tasks_of_checks,
    user_tasks,
)

NAMES = frozenset(termijnen.functions)
WORKS_ON = {"t_intrekking_beoordelen": {"VER02"}}  # works on this check, which opens another task when nobody does


@pytest.fixture(params=KINDS)
def key(request):
    return request.param


def test_the_engine_has_no_objection(key):
    files = {path.name: path.read_bytes() for path in DIAGRAMS if path.parent.name == key}
    assert [problem for problem in engine.check(files, NAMES) if problem.severity == "error"] == []
    assert set(user_tasks(key)) <= set(engine.compile(files, kind(key).process_id, NAMES).elements)


def test_both_kinds_ask_a_partij_in_the_same_way():
    assert (BPMN / "asiel-aa/opvragen.bpmn").read_bytes() == (BPMN / "asiel-pact/opvragen.bpmn").read_bytes()


def test_every_task_has_a_form_and_every_form_a_task(key):
    used = {task.get(f"{BB}form") for task in user_tasks(key).values()}
    assert set(kind(key).form_schemas()) == used | ONLY_BY_CHECK


def test_a_task_has_the_checks_that_open_it(key):
    shown = {name: set((task.get(f"{BB}checks") or "").split()) for name, task in user_tasks(key).items()}
    expected = tasks_of_checks(key)
    assert set(expected) == {name for name, codes in shown.items() if codes and name not in WORKS_ON} | ONLY_BY_CHECK
    assert {name: codes for name, codes in shown.items() if codes} == {
        name: codes for name, codes in {**expected, **WORKS_ON}.items() if name not in ONLY_BY_CHECK
    }


def test_every_team_of_a_task_exists(key):
    assert {task.get(f"{BB}team") for task in user_tasks(key).values()} == set(kind(key).teams)


def test_every_task_has_a_setting_for_its_norm(key):
    norms = {name for name in kind(key).instellingen if name.startswith("norm_")}
    tasks = {f"norm_{name}" for name in {*user_tasks(key), *ONLY_BY_CHECK}}
    assert tasks - norms <= {"norm_t_gehoor_verzetten"}


@pytest.mark.parametrize("path", DIAGRAMS, ids=name_of)
def test_every_service_and_decision_exists(path):
    root = diagram(path)
    handlers = {task.get(f"{BB}handler") for task in root.iterfind(".//bpmn:serviceTask", NS)}
    decisions = {task.get(f"{BB}decision") for task in root.iterfind(".//bpmn:businessRuleTask", NS)}
    assert handlers <= set(HANDLERS)
    assert decisions <= {file.stem for file in path.parent.glob("*.dmn")}
    assert {call.get("calledElement") for call in root.iterfind(".//bpmn:callActivity", NS)} <= {"opvragen"}


@pytest.mark.parametrize("path", DIAGRAMS, ids=name_of)
def test_what_a_decision_writes_is_in_the_record(path):
    fields = {field.path for field in kind(path.parent.name).record.fields()}
    assert {write.get("field") for write in diagram(path).iter(f"{BB}write")} <= fields

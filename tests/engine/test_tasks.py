"""User, manual, service and business rule tasks; what is skipped; what fails and how."""

import pytest

from bedrijfsbureau import engine
from bedrijfsbureau.errors import Conflict, NotReady, StepFailed
from tests.engine.running import (
    END,
    START,
    Running,
    World,
    boundary,
    gateways,
    process,
    service,
    subprocess,
    users,
    when,
)

ERROR = '<errorEventDefinition errorRef="x_niet_klaar"/>'


def test_a_task_shows_what_the_model_says_about_it() -> None:
    task = (
        '<userTask id="t_tolk" name="Tolk boeken" bb:form="t_tolk" bb:checks="TAL02 TEG02" bb:competence="medisch" '
        'bb:due="= planning.gehoor_op" bb:standing="D" bb:skipWhen="never">'
        "<documentation>[D] norm</documentation></userTask>"
    )
    lanes = '<laneSet id="ls"><lane id="l" name="TP"><flowNodeRef>t_tolk</flowNodeRef></lane></laneSet>'
    run = Running(process(START + END + task + lanes + "{s>t_tolk>e}"))
    assert run.now.tasks[0].element == engine.Element(
        id="t_tolk",
        name="Tolk boeken",
        type="userTask",
        process="p",
        form="t_tolk",
        team="TP",
        checks=("TAL02", "TEG02"),
        due="planning.gehoor_op",
        competence="medisch",
        standing="D",
        documentation="[D] norm",
        lane="TP",
        skip_when="never",
    )
    assert run.model.name == "Proef"
    assert sorted(run.model.elements) == ["e", "s", "t_tolk"]


def test_a_task_in_a_subprocess_is_for_the_team_of_the_lane_around_it() -> None:
    lanes = '<laneSet id="l"><lane id="l1" name="TP"><flowNodeRef>u</flowNodeRef></lane></laneSet>'
    body = lanes + START + END + subprocess("u", users("a") + "{u_s>a>u_e}") + "{s>u>e}"
    element = Running(body).model.elements["a"]
    assert (element.team, element.lane) == ("TP", "TP")


def test_user_and_manual_tasks_wait_for_a_person() -> None:
    run = Running(START + END + users("a") + '<manualTask id="b"/>{s>a>b>e}')
    run.complete("a", "b")
    assert run.passed == ["s", "a", "b", "e"]


def test_a_task_can_be_completed_once() -> None:
    run = Running(START + END + users("a", "b") + "{s>a>b>e}")
    first = run.now.tasks[0].id
    run.complete("a")
    for task_id in (first, "no uuid", "", "123e4567-e89b-12d3-a456-426614174000"):
        with pytest.raises(Conflict):
            run.do("complete", task_id)
    assert run.open == ["b"]


def test_what_waits_cannot_be_completed_as_a_task() -> None:
    run = Running(START + END + subprocess("sp", users("a") + "{sp_s>a>sp_e}") + "{s>sp>e}")
    instance = run.now
    for task in instance._workflow.live():
        with pytest.raises(Conflict):
            instance.complete(str(task.id))


def test_a_task_without_open_checks_is_skipped_and_skipping_merges_before_a_join() -> None:
    task = '<userTask id="t_taal" bb:checks="TAL01"/>'
    body = START + END + gateways("parallel", "g", "j") + task + users("b", "c") + "{s>g>t_taal>j>c>e}{g>b>j}"
    assert Running(body, open_taken=["t_taal"]).open == ["b", "t_taal"]
    run = Running(body, open_taken=[])
    assert (run.open, run.now.active) == (["b"], {"b": 1, "j": 1})
    run.complete("b")
    assert run.open == ["c"]
    assert run.passed == ["s", "g", "b", "j"]


def test_a_task_says_itself_when_it_is_skipped() -> None:
    def body(skip: str) -> str:
        return START + END + f'<userTask id="a" bb:checks="X" bb:skipWhen="{skip}"/>' + users("b") + "{s>a>b>e}"

    assert Running(body("= klaar"), klaar=True).open == ["b"]
    assert Running(body("never"), open_taken=[]).open == ["a"]


def test_service_tasks_call_the_host_in_order() -> None:
    run = Running(START + END + service("a", "termijnen.bereken") + service("b", "verzoek.versturen") + "{s>a>b>e}")
    assert run.world.called == [("termijnen.bereken", {}), ("verzoek.versturen", {})]


def test_a_business_rule_task_asks_the_host_to_decide() -> None:
    task = (
        '<businessRuleTask id="br" bb:decision="rvt_en_medisch" bb:result="voorschrift"><extensionElements>'
        '<bb:write field="rvt.grond_overslaan" value="= grond_overslaan"/></extensionElements></businessRuleTask>'
    )
    world = World()
    world.script = {"rvt_en_medisch": {"voorschrift": {"medisch": True}}}
    body = START + END + task + gateways("exclusive", "x", default="f_x_b") + users("a", "b") + "{s>br>x>b>e}{a>e}"
    run = Running(body + when("x", "a", "voorschrift.medisch"), world)
    assert run.open == ["a"]
    element = run.model.elements["br"]
    assert (element.decision, element.result) == ("rvt_en_medisch", "voorschrift")
    assert element.writes == (("rvt.grond_overslaan", "grond_overslaan"),)


RELEASE = (
    START
    + END
    + users("a", "h")
    + service("sv", "dossier.vrijgeven")
    + boundary("b", "sv", ERROR)
    + "{s>a>sv>e}{b>h>a}"
)


def test_an_error_goes_to_the_boundary_event_with_its_code() -> None:
    world = World()
    world.script = {"dossier.vrijgeven": engine.BpmnError("niet_klaar")}
    run = Running(process(RELEASE, errors="niet_klaar"), world)
    for _ in range(3):
        run.complete("a")
        assert (run.open, run.now.active) == (["h"], {"h": 1})
        run.complete("h")
    world.script = {}
    run.complete("a")
    assert run.end == "e"
    assert run.passed.count("b") == 3
    assert run.passed.count("sv") == 1


def test_an_error_without_a_boundary_event_for_it_fails_the_step() -> None:
    world = World()
    world.script = {"dossier.vrijgeven": engine.BpmnError("iets_anders")}
    run = Running(process(RELEASE, errors="niet_klaar"), world)
    with pytest.raises(StepFailed, match="iets_anders") as failed:
        run.complete("a")
    assert failed.value.element == "sv"
    assert run.open == ["a"], "what was saved has not changed"


def test_an_error_passes_through_subprocesses_to_the_nearest_boundary_event() -> None:
    world = World()
    world.script = {"x": engine.BpmnError("niet_klaar")}
    inside = gateways("parallel", "g") + service("sv", "x") + users("k", "n") + "{sp_s>n>g>k>sp_e}{g>sv>sp_e}"
    body = START + END + subprocess("sp", inside) + boundary("b", "sp", ERROR) + users("h") + "{s>sp>e}{b>h>e}"
    run = Running(process(body, errors="niet_klaar"), world)
    run.complete("n")
    assert (run.open, run.now.active) == (["h"], {"h": 1})


def test_an_unexpected_error_names_the_element_and_breaks_the_instance() -> None:
    world = World()
    world.script = {"x": ZeroDivisionError("nul")}
    run = Running(START + END + users("a") + service("sv", "x") + "{s>a>sv>e}", world)
    instance = run.now
    with pytest.raises(StepFailed, match="Stap 'sv' is mislukt: nul") as failed:
        instance.complete(instance.tasks[0].id)
    assert isinstance(failed.value.cause, ZeroDivisionError)
    with pytest.raises(RuntimeError):
        instance.save(b"key")


def test_who_reads_of_a_failed_step_sees_its_name() -> None:
    world = World()
    world.script = {"x": ZeroDivisionError("nul")}
    named = '<serviceTask id="sv" name="Register bevragen" bb:handler="x"/>'
    with pytest.raises(StepFailed, match="Stap 'Register bevragen' is mislukt: nul") as failed:
        Running(START + END + named + "{s>sv>e}", world)
    assert failed.value.element == "sv"


def test_an_error_raised_on_purpose_passes_as_it_is() -> None:
    world = World()
    world.script = {"x": NotReady()}
    run = Running(START + END + users("a") + service("sv", "x") + "{s>a>sv>e}", world)
    with pytest.raises(NotReady):
        run.complete("a")


def test_a_model_that_keeps_going_round_is_stopped() -> None:
    body = (
        START
        + END
        + service("a", "x")
        + gateways("exclusive", "x", default="f_x_a")
        + "{s>a>x>a}"
        + when("x", "e", "false")
    )
    with pytest.raises(StepFailed, match=r"meer dan 5\.000 stappen"):
        Running(body)


def test_a_chain_of_a_thousand_tasks_compiles_and_runs() -> None:
    names = [f"t{n}" for n in range(1000)]
    run = Running(START + END + users(*names) + "{s>" + ">".join(names) + ">e}")
    assert run.open == ["t0"]
    assert len(run.now.ahead) == 999
    run.complete("t0", "t1")
    assert run.open == ["t2"]

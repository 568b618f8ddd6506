"""Messages and signals that a process sends itself, and tasks for each item of a list."""

from datetime import datetime, timedelta

import pytest

from bedrijfsbureau import dossiersoort, worker
from bedrijfsbureau.actions import dossiers, messages, tasks
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Database
from bedrijfsbureau.errors import NotAwaited, StepFailed
from bedrijfsbureau.model import SYSTEM, DueWork, Task, TaskStatus, WorkKind
from tests.actions.conftest import KLEIN, Scene, shipped, stage

NAMES = """
  <bpmn:message id="m9" name="naar_buiten" />
  <bpmn:signal id="g1" name="rood" />
  <bpmn:process """
TELL = """
    <bpmn:sendTask id="st_punt" name="Punt melden" messageRef="m4" />
    <bpmn:intermediateThrowEvent id="it_buiten"><bpmn:messageEventDefinition messageRef="m9" bb:key="= persoon.naam" />
    </bpmn:intermediateThrowEvent>
    <bpmn:userTask id="t_elk" name="Stuk nakijken" bb:team="BB">
      <bpmn:multiInstanceLoopCharacteristics bb:collection="= [&quot;akte&quot;, &quot;foto&quot;]" bb:item="stuk" />
    </bpmn:userTask>
    <bpmn:boundaryEvent id="tm_herinner" attachedToRef="t_elk" cancelActivity="false">
      <bpmn:timerEventDefinition><bpmn:timeCycle>R2/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:userTask id="t_herinner" name="Herinneren" bb:team="BB" />
    <bpmn:sequenceFlow id="z5" sourceRef="tm_herinner" targetRef="t_herinner" />
    <bpmn:sequenceFlow id="z6" sourceRef="t_herinner" targetRef="einde_oproep" />
    <bpmn:intermediateThrowEvent id="it_rood"><bpmn:signalEventDefinition signalRef="g1" />
    </bpmn:intermediateThrowEvent>
    <bpmn:sequenceFlow id="z1" sourceRef="t_oproep" targetRef="st_punt" />
    <bpmn:sequenceFlow id="z2" sourceRef="st_punt" targetRef="it_buiten" />
    <bpmn:sequenceFlow id="z3" sourceRef="it_buiten" targetRef="t_elk" />
    <bpmn:sequenceFlow id="z4" sourceRef="t_elk" targetRef="it_rood" />
    <bpmn:sequenceFlow id="f5" sourceRef="it_rood" targetRef="vrij" />
    <bpmn:adHocSubProcess id="vrij" name="Vrij werk"><bpmn:userTask id="t_vrij" name="Nabellen" bb:team="BB" />
      <bpmn:completionCondition>= persoon.naam = "B"</bpmn:completionCondition></bpmn:adHocSubProcess>
    <bpmn:sequenceFlow id="z7" sourceRef="vrij" targetRef="einde_oproep" />
    <bpmn:subProcess id="es_rood" triggeredByEvent="true">
      <bpmn:startEvent id="start_rood" isInterrupting="false"><bpmn:signalEventDefinition signalRef="g1" />
      </bpmn:startEvent>
      <bpmn:userTask id="t_rood" name="Rood" bb:team="BB" />
      <bpmn:endEvent id="einde_rood" />
      <bpmn:sequenceFlow id="q1" sourceRef="start_rood" targetRef="t_rood" />
      <bpmn:sequenceFlow id="q2" sourceRef="t_rood" targetRef="einde_rood" />
    </bpmn:subProcess>
  </bpmn:process>"""
OPROEP = {"persoon": {"naam": "A", "oproep_op": "2026-11-20"}}


def telling() -> dossiersoort.Dossiersoort:
    content = shipped(KLEIN).to_json()
    text = content["files"]["klein.bpmn"]
    text = text.replace('<bpmn:sequenceFlow id="f5" sourceRef="t_oproep" targetRef="einde_oproep" />', "")
    text = text.replace("<bpmn:process ", NAMES, 1).replace("</bpmn:process>", TELL)
    return dossiersoort.from_json({**content, "files": {**content["files"], "klein.bpmn": text}})


@pytest.fixture
def scene(database: Database, now: datetime) -> Scene:
    scene = stage(database, now, KLEIN)
    perform(database, SYSTEM, now, processes.publish_dossiersoort, telling())
    return scene


def fire(scene: Scene) -> list[str]:
    """Let the worker do what is due now. What was sent outside."""
    sent: list[str] = []
    while worker.work_off(scene.database, lambda: scene.now, lambda work: sent.append(work.payload["to"])):
        pass
    return sent


def test_a_message_goes_to_the_process_itself_when_it_waits_for_it_and_else_out(scene: Scene) -> None:
    dossier_id = scene.open_dossier(OPROEP)
    fire(scene)

    scene.do(dossier_id, "t_oproep")

    assert sorted(scene.tasks(dossier_id)) == ["t_elk", "t_naam", "t_punt"]
    out = [row for row in scene.rows(DueWork, dossier_id) if row.kind == WorkKind.OUTBOX]
    assert [(row.payload["to"], row.payload["text"]) for row in out] == [("naar_buiten", '{"key": "A"}')]
    assert fire(scene) == ["naar_buiten"]
    received = [event.data for event in scene.events(dossier_id) if event.kind == "bericht_ontvangen"]
    assert received == [{"message": "punt_open", "key": None, "sender": "proces"}]


def test_a_process_that_answers_itself_without_end_is_stopped(scene: Scene) -> None:
    content = telling().to_json()
    echo = '<bpmn:startEvent id="start_punt" name="Punt open" isInterrupting="false">'
    end = '<bpmn:endEvent id="einde_punt" name="Klaar" />'
    text = content["files"]["klein.bpmn"]
    assert echo in text and end in text
    task = '<bpmn:userTask id="t_punt" name="Punt herstellen" bb:team="BB" />'
    text = text.replace(task, '<bpmn:sendTask id="t_punt" name="Weer melden" messageRef="m4" />')
    soort = dossiersoort.from_json({**content, "files": {**content["files"], "klein.bpmn": text}})
    perform(scene.database, SYSTEM, scene.now, processes.publish_dossiersoort, soort)

    with pytest.raises(StepFailed, match="blijft zichzelf"):
        scene.open_dossier(OPROEP)


def test_a_task_per_item_is_named_after_it(scene: Scene) -> None:
    dossier_id = scene.open_dossier(OPROEP)
    fire(scene)
    scene.do(dossier_id, "t_oproep")

    opened = [event.data["task"] for event in scene.events(dossier_id) if event.kind == "taak_geopend"]

    assert opened[-3:] == ["Stuk nakijken: akte", "Stuk nakijken: foto", "Punt herstellen"]


def test_a_repeating_timer_makes_a_task_each_time_also_after_downtime(scene: Scene) -> None:
    dossier_id = scene.open_dossier(OPROEP)
    fire(scene)
    scene.do(dossier_id, "t_oproep")
    fire(scene)

    fire(scene.by(now=scene.now + timedelta(days=9)))

    reminders = [row for row in scene.rows(Task, dossier_id) if row.element == "t_herinner"]
    assert [row.status for row in reminders] == [TaskStatus.OPEN, TaskStatus.OPEN]
    assert scene.kinds(dossier_id).count("timer_afgegaan") == 3  # and once for the oproep


def test_a_signal_reaches_its_own_dossier_at_once_and_the_others_by_the_worker(scene: Scene) -> None:
    first, second = scene.open_dossier(OPROEP), scene.open_dossier(OPROEP)
    fire(scene)
    scene.do(first, "t_oproep")
    scene.do(first, "t_elk")
    assert "t_rood" not in scene.tasks(first)

    scene.do(first, "t_elk")

    assert ("t_rood" in scene.tasks(first), "t_rood" in scene.tasks(second)) == (True, False)
    fire(scene)
    assert "t_rood" in scene.tasks(second)
    assert [event.data["sender"] for event in scene.events(second) if event.kind == "bericht_ontvangen"] == ["signaal"]


def test_a_signal_nobody_waits_for_changes_nothing(scene: Scene) -> None:
    dossier_id = scene.open_dossier(OPROEP)
    before = scene.kinds(dossier_id)

    scene.act(messages.receive_signal, dossier_id, "groen")

    assert scene.kinds(dossier_id) == before


def test_free_form_work_is_begun_as_often_as_needed_until_its_condition_holds(scene: Scene) -> None:
    dossier_id = scene.open_dossier(OPROEP)
    fire(scene)
    for element in ("t_oproep", "t_elk", "t_elk"):
        scene.do(dossier_id, element)

    for name in ("A", "B"):
        scene.act(dossiers.change_gegevens, dossier_id, {"persoon.naam": name})
        scene.act(tasks.begin, dossier_id, "t_vrij")
        scene.do(dossier_id, "t_vrij")

    assert scene.dossier(dossier_id).active.get("vrij") is None
    with pytest.raises(NotAwaited):
        scene.act(tasks.begin, dossier_id, "t_vrij")

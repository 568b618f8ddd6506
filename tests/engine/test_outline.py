from bedrijfsbureau import engine
from bedrijfsbureau.engine.rule import example

BRANCHES = """
<startEvent id="s" name="Begin"/>
<userTask id="a" name="Vragen" bb:team="TP" bb:standing="U"/><boundaryEvent id="t" attachedToRef="a">
  <timerEventDefinition><timeDuration>= @"P3D"</timeDuration></timerEventDefinition></boundaryEvent>
<exclusiveGateway id="x" name="Compleet?" default="f_x_b"/>
<subProcess id="b" name="Herstellen"><startEvent id="bs"/><endEvent id="be"/>{bs>be}</subProcess>
<endEvent id="e"/>{s>a>x}{x>b>e}{t>e}
<sequenceFlow id="ja" sourceRef="x" targetRef="e"><conditionExpression>= klaar</conditionExpression></sequenceFlow>
"""


def test_steps_stand_in_the_order_of_the_flow_and_a_join_after_its_branches() -> None:
    steps = engine.outline({"a.bpmn": example(BRANCHES).decode(), "b.dmn": "<definitions/>"})
    assert [(step.element.id, step.depth) for step in steps] == [
        *(("s", 0), ("a", 0), ("x", 0), ("b", 0), ("bs", 1), ("be", 1), ("t", 0), ("e", 0)),
    ]


def test_a_step_says_what_it_waits_for_and_where_it_leads() -> None:
    steps = {step.element.id: step for step in engine.outline({"a.bpmn": example(BRANCHES).decode()})}
    assert (steps["t"].trigger, steps["t"].expression, steps["t"].attached_to) == ("timer", '@"P3D"', "a")
    assert (steps["a"].element.team, steps["a"].element.standing) == ("TP", "U")
    assert steps["x"].ways == (
        engine.Way("b", "Herstellen", "", is_default=True),
        engine.Way("e", "e", "klaar", is_default=False),
    )


def test_a_draft_with_faults_has_steps_too() -> None:
    draft = '<scriptTask id="a" name="Script"/><endEvent id="e"/>{weg>a>e>a}'
    assert [step.element.id for step in engine.outline({"a.bpmn": example(draft).decode()})] == ["a", "e"]
    assert engine.outline({"a.bpmn": "<kapot"}) == ()

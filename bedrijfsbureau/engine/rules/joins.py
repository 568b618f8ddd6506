"""A parallel gateway that joins gets a token on every flow, whatever the conditions turn out to be: after an exclusive
split it would wait for ever. Inclusive gateways that join must not wait for each other. Judged by playing the token
game of each scope, up to a bound: beyond that there is a warning about what was seen, and no refusal."""

from collections.abc import Iterator
from typing import Literal

from bedrijfsbureau.engine.desugar import desugar
from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule
from bedrijfsbureau.engine.soundness import Game


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        outcome = Game(desugar(scope)).play()
        for node in scope.nodes:
            if node.id in outcome.stuck:
                path = tuple(outcome.stuck[node.id])
                message, severity = _waits(node, node.id in outcome.fired or not outcome.complete)
                yield Finding(node, message + _way(scope, path), severity, path=path)


def _waits(node: Node, sometimes: bool) -> tuple[str, Literal["error", "warning"]]:
    if node.tag == "inclusiveGateway":
        message = (
            f"'{node.label}' en een andere inclusieve gateway wachten op elkaar. Haal de lus ertussen weg, of gebruik "
            "een exclusieve gateway."
        )
    elif sometimes:
        message = f"'{node.label}' kan blijven wachten: soms komt niet elke pijl. Controleer de keuzes ervoor."
    else:
        message = (
            f"'{node.label}' wacht op alle pijlen, maar die komen nooit allemaal. Gebruik een exclusieve of inclusieve "
            "gateway."
        )
    return message, "warning" if sometimes else "error"


def _way(scope: Scope, path: tuple[str, ...]) -> str:
    """The last steps of a run that ends there, for people."""
    return f" Dat gebeurt na: {', '.join(scope.by_id[step].label for step in path[-8:])}."


_SPLIT = (
    '<startEvent id="s"/><exclusiveGateway id="x" default="f_x_b"/><userTask id="a"/><userTask id="b"/><endEvent '
    'id="e"/>'
    '<sequenceFlow id="ja" sourceRef="x" targetRef="a"><conditionExpression>= ja</conditionExpression></sequenceFlow>'
)
_BESIDE = (
    '<boundaryEvent id="{0}" attachedToRef="{1}" cancelActivity="false"><timerEventDefinition><timeDuration>P1D'
    "</timeDuration></timerEventDefinition></boundaryEvent>"
)
_AGAIN = (
    '<exclusiveGateway id="{0}" default="f_{0}_e"/><sequenceFlow id="f_{0}_{1}" sourceRef="{0}" targetRef="{1}">'
    "<conditionExpression>= ja</conditionExpression></sequenceFlow>"
)
rule = Rule(
    "joins",
    find,
    valid=(_SPLIT + '<exclusiveGateway id="j"/>{s>x>b>j>e}{a>j}',),
    invalid=(
        '<startEvent id="s"/><endEvent id="e"/><userTask id="a"/><userTask id="b"/><parallelGateway id="j"/>'
        f'{{s>a>b>j>e}}{{t>j}}{{u>b}}{_BESIDE.format("t", "a")}{_BESIDE.format("u", "b")}',
        _SPLIT + '<parallelGateway id="j"/>{s>x>b>j>e}{a>j}',
        _SPLIT + '<parallelGateway id="g"/><parallelGateway id="j"/>{s>g>x>b>j>e}{g>j}{a>e}',
        '<startEvent id="s"/><parallelGateway id="g"/><endEvent id="e"/><inclusiveGateway id="i"/><inclusiveGateway '
        f'id="j"/>{_AGAIN.format("x", "j")}{_AGAIN.format("y", "i")}{{s>g>i>x>e}}{{g>j>y>e}}',
    ),
)

"""Conditions stand where a choice is made: on every flow out of an exclusive or inclusive gateway but the default, and
nowhere they would be ignored. Without a default a choice may turn out impossible, which stops the dossier with an
incident."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_CHOICES = {"exclusiveGateway", "inclusiveGateway"}
_NEVER = {"parallelGateway", "eventBasedGateway", "startEvent"}


def find(question: Question) -> Iterator[Finding]:
    for scope, node in question.nodes:
        for flow in scope.outgoing(node):
            if flow.condition is not None and node.tag in _NEVER:
                yield Finding(
                    flow,
                    f"Op pijl '{flow.label}' uit '{node.label}' staat een voorwaarde die niets doet. Gebruik een "
                    "exclusieve gateway.",
                )
            elif flow.condition is not None and flow.id == node.default:
                yield Finding(
                    flow,
                    f"Op standaardpijl '{flow.label}' staat een voorwaarde. Verwijder haar, of kies een andere "
                    "standaardpijl.",
                )
        if node.tag in _CHOICES:
            yield from _choice(scope, node)
        elif node.default and any(flow.condition is None for flow in scope.outgoing(node) if flow.id != node.default):
            message = (
                f"Standaardpijl '{node.default}' uit '{node.label}' wordt nooit genomen: een andere pijl heeft geen "
                "voorwaarde. Geef elke andere pijl een voorwaarde, of kies geen standaardpijl."
            )
            yield Finding(node, message)


def _choice(scope: Scope, node: Node) -> Iterator[Finding]:
    flows = scope.outgoing(node)
    if len(flows) > 1:
        for flow in flows:
            if flow.condition is None and flow.id != node.default:
                yield Finding(
                    flow,
                    f"Op pijl '{flow.label}' uit '{node.label}' staat geen voorwaarde. Vul haar in, of maak dit de "
                    "standaardpijl.",
                )
    if all(flow.condition is not None for flow in flows) and flows:
        message = (
            f"'{node.label}' heeft geen standaardpijl. Is geen voorwaarde waar, dan stopt het dossier hier. "
            "Kies een standaardpijl."
        )
        yield Finding(node, message, severity="warning")


_IF = (
    '<sequenceFlow id="ja" sourceRef="x" targetRef="a"><conditionExpression>= amv.is_amv</conditionExpression>'
    "</sequenceFlow>"
)
_BODY = '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>{s>x}{a>e}' + _IF
rule = Rule(
    "conditions",
    find,
    valid=(_BODY + '<exclusiveGateway id="x" default="f_x_e"/>{x>e}',),
    invalid=(
        _BODY + '<exclusiveGateway id="x"/>{x>e}',
        _BODY + '<parallelGateway id="x"/>{x>e}',
        _BODY + '<exclusiveGateway id="x" default="ja"/>{x>e}',
        _BODY + '<exclusiveGateway id="x"/>',
        '<startEvent id="s"/><endEvent id="e"/>{s>a>e}{a>b>e}<userTask id="a" default="f_a_b"/><userTask id="b"/>',
    ),
)

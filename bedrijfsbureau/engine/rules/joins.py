"""A parallel gateway that joins gets a token on every flow, whatever the conditions turn out to be: after an exclusive
split it would wait for ever. Judged by playing the token game of each scope, when that is small enough."""

from collections.abc import Iterator

from bedrijfsbureau.engine.desugar import desugar
from bedrijfsbureau.engine.diagram import Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule
from bedrijfsbureau.engine.soundness import Game


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        outcome = Game(desugar(scope)).play()
        for node in scope.nodes if outcome.complete else ():
            if node.id not in outcome.stuck:
                continue
            path = tuple(outcome.stuck[node.id])
            if node.id not in outcome.fired:
                message = (
                    f"'{node.label}' wacht op alle pijlen, maar die komen nooit allemaal. Gebruik een "
                    "exclusieve of inclusieve gateway."
                )
                yield Finding(node, message + _way(scope, path), path=path)
            else:
                message = f"'{node.label}' kan blijven wachten: soms komt niet elke pijl. Controleer de keuzes ervoor."
                yield Finding(node, message + _way(scope, path), severity="warning", path=path)


def _way(scope: Scope, path: tuple[str, ...]) -> str:
    """The last steps of a run that ends there, for people."""
    return f" Dat gebeurt na: {', '.join(scope.by_id[step].label for step in path[-8:])}."


_SPLIT = (
    '<startEvent id="s"/><exclusiveGateway id="x" default="f_x_b"/><userTask id="a"/><userTask id="b"/><endEvent '
    'id="e"/>'
    '<sequenceFlow id="ja" sourceRef="x" targetRef="a"><conditionExpression>= ja</conditionExpression></sequenceFlow>'
)
rule = Rule(
    "joins",
    find,
    valid=(_SPLIT + '<exclusiveGateway id="j"/>{s>x>b>j>e}{a>j}',),
    invalid=(
        _SPLIT + '<parallelGateway id="j"/>{s>x>b>j>e}{a>j}',
        _SPLIT + '<parallelGateway id="g"/><parallelGateway id="j"/>{s>g>x>b>j>e}{g>j}{a>e}',
    ),
)

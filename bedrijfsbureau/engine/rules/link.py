"""Two link events with the same name in the same process or subprocess are one sequence flow: any number that throw,
exactly one that catches."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Node, Scope
from bedrijfsbureau.engine.rule import Finding, Question, Rule


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        links = [node for node in scope.nodes if node.trigger and node.trigger.kind == "link"]
        thrown = [node for node in links if node.tag == "intermediateThrowEvent"]
        caught = [node for node in links if node.tag == "intermediateCatchEvent"]
        for node in thrown:
            if len([other for other in caught if _name(other) == _name(node)]) != 1 or not _name(node):
                yield Finding(
                    node,
                    f"Koppeling '{node.label}' heeft niet precies een ander eind. Geef een koppeling die ontvangt "
                    "dezelfde naam.",
                )
        for node in caught:
            if _name(node) not in {_name(other) for other in thrown}:
                yield Finding(node, f"Naar koppeling '{node.label}' springt niets. Geef een werpende dezelfde naam.")
        yield from _drawn(scope, [node.id for node in thrown], [node.id for node in caught])


def _name(node: Node) -> str | None:
    return node.trigger.reference if node.trigger else None


def _drawn(scope: Scope, thrown: list[str], caught: list[str]) -> Iterator[Finding]:
    for flow in scope.flows:
        if flow.line and (flow.source in thrown or flow.target in caught):
            yield Finding(flow, f"Pijl '{flow.label}' hangt aan de verkeerde kant van een koppeling. Verwijder hem.")


def _link(tag: str, element: str, name: str = "verder") -> str:
    return f'<intermediate{tag}Event id="{element}"><linkEventDefinition name="{name}"/></intermediate{tag}Event>'


_ENDS = '<startEvent id="s"/><endEvent id="e"/>'
rule = Rule(
    "link",
    find,
    structure=True,
    valid=(_ENDS + _link("Throw", "a") + _link("Catch", "b") + "{s>a}{b>e}",),
    invalid=(
        _ENDS + _link("Throw", "a") + _link("Catch", "b", "elders") + "{s>a}{b>e}",
        _ENDS + _link("Throw", "a", "") + _link("Catch", "b", "") + "{s>a}{b>e}",
        _ENDS + _link("Throw", "a") + _link("Catch", "b") + "{s>a>e}{b>e}",
        _ENDS + _link("Throw", "a") + _link("Catch", "b") + _link("Catch", "c") + "{s>a}{b>e}{c>e}",
    ),
)

"""Rewrites what BPMN allows in shorthand into the elements the engine runs. Ids made here start with `__`.

- a user task that may be skipped gets a gateway `__skip_<id>` before it and a merge `__done_<id>` after it;
- several flows out of an activity or event are a parallel gateway `__fork_<id>`, or an inclusive one `__choice_<id>`
  when some have a condition (BPMN 2.0, 13.3.1).
"""

from dataclasses import replace

from bedrijfsbureau.engine.diagram import Flow, Node, Scope
from bedrijfsbureau.engine.dialect import GATEWAYS, NEVER


def desugar(scope: Scope) -> Scope:
    nodes, flows = list(scope.nodes), list(scope.flows)
    for node in scope.nodes:
        outgoing = scope.outgoing(node)
        if node.tag not in GATEWAYS and (len(outgoing) > 1 or any(flow.condition for flow in outgoing)):
            nodes.append(_spread(node, outgoing, flows))
        condition = skip_condition(node)
        if condition and not (scope.free and not scope.incoming(node)):  # what a person begins is not skipped
            nodes += _skip(node, condition, flows)
    nodes = [node if node.body is None else replace(node, body=desugar(node.body)) for node in nodes]
    return replace(scope, nodes=tuple(nodes), flows=tuple(flows))


def skip_condition(node: Node) -> str | None:
    """The FEEL text, with `=`, under which a task is passed by; by default when none of its checks is open."""
    if node.tag not in {"userTask", "manualTask"}:
        return None
    default = f'= not(list contains(open_taken, "{node.id}"))' if node.bb.get("checks", "").strip() else NEVER
    condition = node.bb.get("skipWhen", default).strip()
    return None if condition == NEVER else condition


def _spread(node: Node, outgoing: list[Flow], flows: list[Flow]) -> Node:
    """Move the flows out of a node to a gateway after it. A flow without a condition is always taken."""
    conditional = any(flow.condition for flow in outgoing)
    gateway = f"__{'choice' if conditional else 'fork'}_{node.id}"
    for place, flow in enumerate(flows):
        if flow.source == node.id:
            always = conditional and flow.condition is None and flow.id != node.default
            flows[place] = replace(flow, source=gateway, condition="= true" if always else flow.condition)
    flows.append(Flow(f"__flow_{gateway}", node.id, gateway))
    return Node(gateway, "inclusiveGateway" if conditional else "parallelGateway", node.line, default=node.default)


def _skip(node: Node, condition: str, flows: list[Flow]) -> list[Node]:
    before, after = f"__skip_{node.id}", f"__done_{node.id}"
    for place, flow in enumerate(flows):
        if flow.target == node.id:
            flow = replace(flow, target=before)
        if flow.source == node.id:
            flow = replace(flow, source=after)
        flows[place] = flow
    default = f"__flow_{before}"
    flows += [
        Flow(default, before, node.id),
        Flow(f"__flow_{after}", node.id, after),
        Flow(f"__past_{node.id}", before, after, condition),
    ]
    return [Node(before, "exclusiveGateway", node.line, default=default), Node(after, "exclusiveGateway", node.line)]

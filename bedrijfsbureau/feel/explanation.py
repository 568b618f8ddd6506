"""Why an expression has its value: every part with its text and its own value."""

from dataclasses import dataclass

from bedrijfsbureau.feel import nodes
from bedrijfsbureau.feel.closures import translate
from bedrijfsbureau.feel.closures.loops import scopes, sources
from bedrijfsbureau.feel.nodes import Node
from bedrijfsbureau.feel.run import Frame
from bedrijfsbureau.feel.values import Value
from bedrijfsbureau.feel.walk import children, size

MAX_ITEMS = 20  # of a list walked by some, every or for


@dataclass(frozen=True, slots=True)
class Explanation:
    text: str
    value: Value
    children: tuple["Explanation", ...]


def explain(node: Node, text: str, frame: Frame) -> Explanation:
    frame.run.spend(size(node))
    return Explanation(text[node.start : node.end], translate(node)(frame), parts_of(node, text, frame))


def parts_of(node: Node, text: str, frame: Frame) -> tuple[Explanation, ...]:
    """Only parts that were weighed: of an `if` the chosen branch, of a loop the body for each item; a path is one
    whole."""
    if isinstance(node, nodes.Literal | nodes.Name | nodes.Path | nodes.FunctionLiteral | nodes.ContextLiteral):
        return ()
    if isinstance(node, nodes.Conditional):
        condition = explain(node.condition, text, frame)
        chosen = node.then if condition.value is True else node.otherwise
        return condition, explain(chosen, text, frame)
    if isinstance(node, nodes.Loop | nodes.Quantified):
        return parts_of_loop(node, text, frame)
    if isinstance(node, nodes.Filter):
        return (explain(node.source, text, frame),)
    if isinstance(node, nodes.Membership):
        return (explain(node.value, text, frame),)
    if isinstance(node, nodes.Call):
        return tuple(explain(argument, text, frame) for argument in node.arguments)
    weighed = (child for child in children(node) if not isinstance(child, nodes.Literal))
    return tuple(explain(child, text, frame) for child in weighed)


def parts_of_loop(node: nodes.Loop | nodes.Quantified, text: str, frame: Frame) -> tuple[Explanation, ...]:
    lists = tuple(explain(iterator.source, text, frame) for iterator in node.iterators[:1])
    bodies: list[Explanation] = []
    for scope in scopes(sources(node.iterators), frame):
        if scope is None or len(bodies) == MAX_ITEMS:
            break
        bodies.append(explain(node.body, text, Frame({"partial": []}, scope, frame.run)))
    return lists + tuple(bodies)

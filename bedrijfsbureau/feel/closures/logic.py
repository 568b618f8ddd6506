"""Three-valued logic (DMN 1.5, table 50) and `if`. Anything that is not true or false counts as null."""

from bedrijfsbureau.feel.closures.table import Closure, translate, translates
from bedrijfsbureau.feel.nodes import Conditional, Conjunction, Disjunction
from bedrijfsbureau.feel.run import Frame
from bedrijfsbureau.feel.values import Value


@translates(Conjunction)
def conjunction(node: Conjunction) -> Closure:
    return decided_by(False, tuple(translate(part) for part in node.parts))


@translates(Disjunction)
def disjunction(node: Disjunction) -> Closure:
    return decided_by(True, tuple(translate(part) for part in node.parts))


def decided_by(deciding: bool, parts: tuple[Closure, ...]) -> Closure:
    """One part with the deciding value settles the whole; else one null makes it null."""
    other = not deciding

    def decide(frame: Frame) -> Value:
        answer: bool | None = other
        for part in parts:
            value = part(frame)
            if value is deciding:
                return deciding
            if value is not other:
                answer = None
        return answer

    return decide


@translates(Conditional)
def conditional(node: Conditional) -> Closure:
    condition, then, otherwise = translate(node.condition), translate(node.then), translate(node.otherwise)
    return lambda frame: then(frame) if condition(frame) is True else otherwise(frame)

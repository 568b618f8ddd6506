"""Steps of a process in words: what kind of step it is, and which are a decision that nobody confirmed yet."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from bedrijfsbureau.engine import Step, Way

UNCONFIRMED = frozenset({"I", "U"})  # derived, or unknown: a process owner has not said yes to it
KINDS = {
    "userTask": lazy_gettext("taak"),
    "manualTask": lazy_gettext("taak"),
    "serviceTask": lazy_gettext("het systeem"),
    "businessRuleTask": lazy_gettext("beslistabel"),
    "exclusiveGateway": lazy_gettext("keuze"),
    "inclusiveGateway": lazy_gettext("keuze, een of meer"),
    "parallelGateway": lazy_gettext("tegelijk"),
    "eventBasedGateway": lazy_gettext("wat het eerst komt"),
    "startEvent": lazy_gettext("begin"),
    "endEvent": lazy_gettext("einde"),
    "subProcess": lazy_gettext("deelproces"),
    "callActivity": lazy_gettext("ander proces"),
}
WAITS = {
    "message": lazy_gettext("bericht"),
    "timer": lazy_gettext("wachttijd"),
    "conditional": lazy_gettext("wacht tot"),
    "error": lazy_gettext("als het niet lukt"),
}
GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway"})


def kind_of(step: Step) -> str:
    """ "taak", "keuze", "bericht" """
    if is_join(step):
        return str(_("komt samen"))
    word = KINDS.get(step.element.type) or WAITS.get(step.trigger)
    return str(word or step.element.type)


def is_join(step: Step) -> bool:
    """A gateway that only brings ways together, and so has no name of its own."""
    element = step.element
    return element.type in GATEWAYS and len(step.ways) <= 1 and element.name == element.id


def table(steps: Sequence[Step], named: Container[str]) -> list[Step]:
    """The rows of a table: without joins, which only a drawing needs, unless there is something to say of one (`named`:
    its id). Where a way leads to one that is left out, it leads to what comes after it."""
    left_out = {step.element.id: step.ways[0] for step in steps if _is_silent(step, named)}
    rows = [step for step in steps if step.element.id not in left_out]
    return [replace(step, ways=tuple(_arriving(way, left_out) for way in step.ways)) for step in rows]


def _is_silent(step: Step, named: Container[str]) -> bool:
    return is_join(step) and bool(step.ways) and step.element.id not in named


def _arriving(way: Way, left_out: Mapping[str, Way]) -> Way:
    passed = set()
    following = way
    while following.to in left_out and following.to not in passed:
        passed.add(following.to)
        following = left_out[following.to]
    return replace(way, to=following.to, name=following.name)


def is_unconfirmed(step: Step) -> bool:
    return step.element.standing in UNCONFIRMED


def unconfirmed(steps: Iterable[Step]) -> int:
    return sum(map(is_unconfirmed, steps))

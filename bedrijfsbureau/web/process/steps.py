"""Steps of a process in words: what kind of step it is, and which are a decision that nobody confirmed yet."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from bedrijfsbureau.engine import Step

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


def is_unconfirmed(step: Step) -> bool:
    return step.element.standing in UNCONFIRMED


def unconfirmed(steps: Iterable[Step]) -> int:
    return sum(map(is_unconfirmed, steps))

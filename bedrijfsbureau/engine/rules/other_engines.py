"""Attributes and extensions of other engines (Camunda, Zeebe, ...) are not read; a warning says so."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import BB, BPMN
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_NEUTRAL = ("http://www.w3.org/2001/XMLSchema-instance", "http://bpmn.io/schema/", "http://www.omg.org/spec/")


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        names = [*node.xml.attrib, *(str(child.tag) for child in node.xml.iterfind("{*}extensionElements/*"))]
        foreign = [
            name for name in names if name.startswith("{") and not name.startswith((BB, BPMN)) and not _neutral(name)
        ]
        if foreign:
            short = ", ".join(sorted({name.rpartition("}")[2] for name in foreign}))
            yield Finding(
                node,
                f"'{node.label}' heeft eigenschappen van een andere motor ({short}). Ze doen hier niets.",
                severity="warning",
            )


def _neutral(name: str) -> bool:
    return name[1:].startswith(_NEUTRAL)


rule = Rule(
    "other-engines",
    find,
    valid=('<startEvent id="s"/><userTask id="a" bb:form="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=('<startEvent id="s"/><userTask id="a" camunda:assignee="jan"/><endEvent id="e"/>{s>a>e}',),
)

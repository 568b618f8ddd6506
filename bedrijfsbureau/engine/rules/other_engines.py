"""Attributes and extensions of other engines (Camunda, Zeebe, ...) are not read; a warning says so. What only says how
a drawing looks is left alone."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from bedrijfsbureau.engine.dialect import BB
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import About, Finding, Question, Rule, label, place
from bedrijfsbureau.engine.vocabulary import REFERRED_TO

_NEUTRAL = (
    BB[1:],
    "http://www.w3.org/2001/XMLSchema-instance",
    "http://bpmn.io/schema/",
    "http://www.omg.org/spec/",
    "http://camunda.org/schema/modeler/",
    "http://www.signavio.com",
)


def find(question: Question) -> Iterator[Finding]:
    for _, said in groupby(question.said, key=lambda pair: id(pair[0])):
        parts = list(said)
        about = parts[0][0]
        names = [name for _, part in parts for name in (*part.attrib, *_extensions(part))]
        yield from _warning(about, names, label(about))
    for diagram in question.diagrams:
        for root in diagram.xml:
            if local(root) not in REFERRED_TO | {"process", "BPMNDiagram"}:
                names = [name for element in root.iter() for name in (str(element.tag), *element.attrib)]
                yield from _warning(place(root), names, root.get("name") or root.get("id") or local(root))


def _extensions(element: Any) -> Iterator[str]:
    return (str(extension.tag) for extension in element.iterfind("{*}extensionElements/*"))


def _warning(about: About, names: list[str], called: str) -> Iterator[Finding]:
    foreign = {name for name in names if name.startswith("{") and not name[1:].startswith(_NEUTRAL)}
    if foreign:
        short = ", ".join(sorted({name.rpartition("}")[2] for name in foreign}))
        message = f"'{called}' heeft eigenschappen van een andere motor ({short}). Ze doen hier niets."
        yield Finding(about, message, severity="warning")


rule = Rule(
    "other-engines",
    find,
    structure=True,
    valid=('<startEvent id="s"/><userTask id="a" bb:form="a"/><endEvent id="e"/>{s>a>e}',),
    invalid=(
        '<startEvent id="s"/><userTask id="a" camunda:assignee="jan"/><endEvent id="e"/>{s>a>e}',
        '<process id="p" camunda:historyTimeToLive="180"><startEvent id="s"/><endEvent id="e"/>{s>e}</process>',
        '<startEvent id="s"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"><extensionElements>'
        '<camunda:executionListener event="take"/></extensionElements></sequenceFlow>',
        '<message id="m" name="antwoord"><extensionElements><camunda:subscription correlationKey="= punt"/>'
        '</extensionElements></message><process id="p"><startEvent id="s"/><endEvent id="e"/>{s>e}</process>',
    ),
)

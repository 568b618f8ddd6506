"""A file is a BPMN 2.0 `definitions` with at least one process. What is imported from elsewhere, or belongs to
choreographies and the like, is not run."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import BB, BPMN, DEFINITIONS, OWN_EVERYWHERE
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule, place

_ATTRIBUTES = {"id", "name", "targetNamespace", "exporter", "exporterVersion", "expressionLanguage", "typeLanguage"}


def find(question: Question) -> Iterator[Finding]:
    for diagram in question.diagrams:
        root = diagram.xml
        if root.tag != f"{BPMN}definitions":
            yield Finding((None, root.sourceline), "Dit is geen BPMN 2.0. Sla het model op als BPMN 2.0 XML.")
            continue
        if not diagram.processes:
            yield Finding((None, root.sourceline), "Er staat geen proces in dit bestand. Teken een proces.")
        for child in root:
            if str(child.tag).startswith(BPMN) and local(child) not in DEFINITIONS:
                yield Finding(place(child), f"'{local(child)}' wordt niet ondersteund. Verwijder het uit het bestand.")
        for name in root.attrib:
            own = name.startswith(BB) and name.removeprefix(BB) not in OWN_EVERYWHERE
            if own or (name not in _ATTRIBUTES and not name.startswith("{")):
                message = f"De eigenschap {name.replace(BB, 'bb:')} van het bestand doet niets. Verwijder haar."
                yield Finding(place(root), message)


rule = Rule(
    "root-element",
    find,
    structure=True,
    valid=('<startEvent id="s"/><endEvent id="e"/>{s>e}',),
    invalid=(
        '<message id="m" name="geen process"/><collaboration id="c"/><!-- <process -->',
        '<import importType="x" location="y" namespace="z"/><process id="p"><startEvent id="s"/><endEvent '
        'id="e"/>{s>e}</process>',
    ),
)

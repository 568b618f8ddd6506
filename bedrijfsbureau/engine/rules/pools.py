"""A collaboration draws pools around processes and the messages between them. Every dossier begins one process, and
that one begins others by calling them: a process that nobody calls, beside another one, may be there in vain. A process
that is marked as not executable is run all the same when there is no other in its file."""

from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import BPMN
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule, place

_DRAWN = {"documentation", "extensionElements", "participant", "messageFlow", "textAnnotation", "association", "group"}


def find(question: Question) -> Iterator[Finding]:
    for diagram in question.diagrams:
        for child in diagram.xml.iterfind(f"{BPMN}collaboration/*"):
            if str(child.tag).startswith(BPMN) and local(child) not in _DRAWN:
                yield Finding(place(child), f"'{local(child)}' bij de pools wordt niet ondersteund. Verwijder het.")
        for process in diagram.processes:
            if not process.executable:
                message = f"Proces '{process.id}' staat op niet uitvoerbaar, maar loopt toch. Maak het uitvoerbaar."
                yield Finding(process, message, severity="warning")
    called = {node.called for _, node in question.nodes if node.tag == "callActivity"}
    processes = [process for diagram in question.diagrams for process in diagram.processes]
    first = [process for process in processes if process.id not in called]
    for process in first if len(first) > 1 else ():
        others = ", ".join(f"'{other.id}'" for other in first if other is not process)
        message = (
            f"Proces '{process.id}' wordt nergens aangeroepen, en {others} ook niet. Een dossier begint er met een, de "
            "rest loopt nooit. Roep het aan, of verwijder het."
        )
        yield Finding(process, message, severity="warning")


_ONE = '<process id="p" isExecutable="%s"><startEvent id="s"/><endEvent id="e"/>{s>e}</process>'
_POOL = '<collaboration id="c"><participant id="d" name="Bureau" processRef="p"/>%s</collaboration>'
rule = Rule(
    "pools",
    find,
    structure=True,
    valid=(
        _POOL % '<participant id="v" name="Vreemdeling"/><messageFlow id="m" sourceRef="d" targetRef="v"/>'
        + _ONE % "true",
        '<process id="q" isExecutable="false"/>' + _ONE % "true",
    ),
    invalid=(
        _POOL % '<correlationKey id="k"/>' + _ONE % "true",
        _ONE % "false",
        _ONE % "true" + '<process id="q"><startEvent id="t"/><endEvent id="f"/>{t>f}</process>',
    ),
)

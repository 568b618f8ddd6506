"""Our own attributes (`bb:`) are known ones, on elements that use them, with values that exist: a typing error must not
silently change what happens."""

from collections.abc import Iterator
from typing import Any

from bedrijfsbureau.engine.diagram import Node
from bedrijfsbureau.engine.dialect import BB, COMPETENCES, OWN_ATTRIBUTES, OWN_EVERYWHERE, STANDINGS
from bedrijfsbureau.engine.reading import local, own
from bedrijfsbureau.engine.rule import Finding, Question, Rule

_VALUES = {"standing": STANDINGS, "competence": COMPETENCES}


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        triggers = [trigger.xml for trigger in node.triggers if trigger.xml is not node.xml]
        loop = [node.repeat.xml] if node.repeat is not None else []
        for element in (node.xml, *triggers, *loop):
            yield from _attributes(node, element)
        for extension in node.xml.iterfind("{*}extensionElements/*"):
            if str(extension.tag).startswith(BB):
                yield from _write(node, extension)


def _attributes(node: Node, element: Any) -> Iterator[Finding]:
    known = OWN_ATTRIBUTES.get(local(element), frozenset()) | OWN_EVERYWHERE
    for name, value in own(element).items():
        if name not in known:
            yield Finding(
                node, f"De eigenschap bb:{name} hoort niet bij '{node.label}'. Verwijder haar of verbeter de naam."
            )
        elif name in _VALUES and value not in _VALUES[name]:
            choices = ", ".join(sorted(_VALUES[name]))
            yield Finding(node, f"De eigenschap bb:{name} van '{node.label}' is '{value}'. Kies uit: {choices}.")


def _write(node: Node, extension: Any) -> Iterator[Finding]:
    if local(extension) != "write" or node.tag != "businessRuleTask" or not extension.get("field"):
        message = (
            f"bb:{local(extension)} hoort niet in '{node.label}'. Alleen een bedrijfsregeltaak heeft bb:write, "
            "met een veld."
        )
        yield Finding(node, message, line=extension.sourceline)


_TASK = '<startEvent id="s"/><endEvent id="e"/>{s>a>e}'
rule = Rule(
    "own-attributes",
    find,
    structure=True,
    valid=(
        _TASK + '<userTask id="a" bb:form="t_tolk" bb:checks="TAL02 TEG02" bb:team="TP" bb:competence="medisch" '
        'bb:standing="D"/>',
    ),
    invalid=(
        _TASK + '<userTask id="a" bb:skipwhen="never"/>',
        _TASK + '<userTask id="a" bb:competence="alles"/>',
        _TASK + '<serviceTask id="a" bb:handler="x" bb:form="y"/>',
        _TASK + '<serviceTask id="a" bb:handler="x"><extensionElements><bb:write field="a.b" value="= 1"/>'
        "</extensionElements></serviceTask>",
    ),
)

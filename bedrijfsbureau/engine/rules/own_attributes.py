"""Our own attributes (`bb:`) are known ones, on elements that use them, with values that exist: a typing error must not
silently change what happens."""

from collections.abc import Iterator
from typing import Any

from bedrijfsbureau.engine.dialect import BB, COMPETENCES, OWN_ATTRIBUTES, OWN_EVERYWHERE, STANDINGS
from bedrijfsbureau.engine.reading import local, own
from bedrijfsbureau.engine.rule import About, Finding, Question, Rule, label

_VALUES = {"standing": STANDINGS, "competence": COMPETENCES}


def find(question: Question) -> Iterator[Finding]:
    for about, element in question.said:
        yield from _attributes(about, element)
        for extension in element.iterfind("{*}extensionElements/*"):
            if str(extension.tag).startswith(BB):
                yield from _write(about, extension)


def _attributes(about: About, element: Any) -> Iterator[Finding]:
    known = OWN_ATTRIBUTES.get(local(element), frozenset()) | OWN_EVERYWHERE
    for name, value in own(element).items():
        if name not in known:
            yield Finding(
                about, f"De eigenschap bb:{name} hoort niet bij '{label(about)}'. Verwijder haar of verbeter de naam."
            )
        elif name in _VALUES and value not in _VALUES[name]:
            choices = ", ".join(sorted(_VALUES[name]))
            yield Finding(about, f"De eigenschap bb:{name} van '{label(about)}' is '{value}'. Kies uit: {choices}.")


def _write(about: About, extension: Any) -> Iterator[Finding]:
    owner = extension.getparent().getparent()
    if local(extension) != "write" or local(owner) != "businessRuleTask" or not extension.get("field"):
        message = (
            f"bb:{local(extension)} hoort niet in '{label(about)}'. Alleen een bedrijfsregeltaak heeft bb:write, "
            "met een veld."
        )
        yield Finding(about, message, line=extension.sourceline)


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
        f'<message id="m" name="antwoord" bb:key="= punt"/><process id="p">{_TASK}<userTask id="a"/></process>',
        '<startEvent id="s"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e" bb:skipWhen="= ja"/>',
        _TASK + '<serviceTask id="a" bb:handler="x" bb:form="y"/>',
        _TASK + '<serviceTask id="a" bb:handler="x"><extensionElements><bb:write field="a.b" value="= 1"/>'
        "</extensionElements></serviceTask>",
    ),
)

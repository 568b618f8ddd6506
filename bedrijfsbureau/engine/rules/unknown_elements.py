"""An element inside another that the engine does not know is refused: it may be meant to do something. Text
annotations, groups, associations and lanes are for people and are fine; so are data objects without associations. What
may be there once is there once."""

from collections import Counter
from collections.abc import Iterator

from bedrijfsbureau.engine.dialect import BPMN
from bedrijfsbureau.engine.reading import local
from bedrijfsbureau.engine.rule import Finding, Question, Rule, label
from bedrijfsbureau.engine.vocabulary import EXPRESSIONS, ONLY_ONCE, inside_of


def find(question: Question) -> Iterator[Finding]:
    for about, element in question.said:
        known, seen = inside_of(local(element)), Counter[str]()
        loose = "".join(part or "" for part in (element.text, *(child.tail for child in element))).strip()
        if loose and local(element) not in EXPRESSIONS:
            message = f"In '{label(about)}' staat losse tekst ('{loose[:60]}'). Verwijder die."
            yield Finding(about, message, line=element.sourceline)
        for child in element:
            name, line = local(child), child.sourceline
            seen[name] += 1
            if not str(child.tag).startswith(BPMN):
                message = f"'{name}' in '{label(about)}' hoort in extensionElements. Verplaats of verwijder het."
                yield Finding(about, message, line=line)
            elif name not in known:
                yield Finding(
                    about, f"'{name}' in '{label(about)}' wordt niet ondersteund. Verwijder het.", line=line
                )
            elif name in ONLY_ONCE and seen[name] == 2:
                yield Finding(about, f"'{name}' staat tweemaal in '{label(about)}'. Laat er een over.", line=line)


_ENDS = '<startEvent id="s"/><endEvent id="e"/>'
_IF = '<sequenceFlow id="f" sourceRef="s" targetRef="e">'
_WHEN = "<conditionalEventDefinition><documentation>let op</documentation><condition>= amv.is_amv</condition>"
_CATCH = '{s>c>e}<intermediateCatchEvent id="c">'
rule = Rule(
    "unknown-elements",
    find,
    structure=True,
    valid=(
        _ENDS + '<textAnnotation id="n"><text>let op</text></textAnnotation>{s>e}',
        f"{_ENDS}{_CATCH}{_WHEN}</conditionalEventDefinition></intermediateCatchEvent>",
    ),
    invalid=(
        _ENDS + '{s>e}<correlationSubscription id="c" correlationKeyRef="k"/>',
        _ENDS + '<userTask id="a"><potentialOwner id="x"/></userTask>{s>a>e}',
        _ENDS + '<userTask id="a"><camunda:script/></userTask>{s>a>e}',
        _ENDS + '<userTask id="a">= klaar</userTask>{s>a>e}',
        _ENDS + '<userTask id="a"><timerEventDefinition/></userTask>{s>a>e}',
        f"{_ENDS}{_IF}<condition>= amv.is_amv</condition></sequenceFlow>",
        f"{_ENDS}{_CATCH}{_WHEN}<condition>= amv.ouder</condition></conditionalEventDefinition>"
        "</intermediateCatchEvent>",
        '<message id="m" name="antwoord"/><process id="p">'
        f'{_ENDS}{_CATCH}<messageEventDefinition messageRef="m"><operationRef>o</operationRef>'
        "</messageEventDefinition></intermediateCatchEvent></process>",
    ),
)

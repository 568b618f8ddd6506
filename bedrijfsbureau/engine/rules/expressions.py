"""Every expression is FEEL, starts with `=` and parses: conditions, moments, correlation keys, due dates, reasons to
skip and values to write. No other language is ever evaluated."""

from collections.abc import Iterator

from bedrijfsbureau.engine.diagram import Flow, Node, Repeat, Scope
from bedrijfsbureau.engine.dialect import NEVER
from bedrijfsbureau.engine.expressions import NotAFormula, formula, moment
from bedrijfsbureau.engine.rule import Finding, Question, Rule, label


def find(question: Question) -> Iterator[Finding]:
    for scope in question.scopes:
        for about, what, text, line in _texts(scope):
            try:
                (moment if what == "Moment" else formula)(text, question.names)
            except NotAFormula as refused:
                yield Finding(
                    about, f"{what} van '{label(about)}': {refused}", line=line
                )


def _texts(scope: Scope) -> Iterator[tuple[Node | Flow, str, str | None, int]]:
    for flow in scope.flows:
        if flow.condition is not None:
            yield flow, "Voorwaarde", flow.condition, flow.line
    for node in scope.nodes:
        for trigger in node.triggers:
            if trigger.kind in {"timer", "conditional"}:
                yield node, "Moment" if trigger.kind == "timer" else "Voorwaarde", trigger.expression, trigger.line
            if trigger.key is not None:
                yield node, "Sleutel", trigger.key, trigger.line
        if "due" in node.bb:
            yield node, "Termijn", node.bb["due"], node.line
        if node.bb.get("skipWhen", NEVER).strip() != NEVER:
            yield node, "Overslaan als", node.bb["skipWhen"], node.line
        if node.ad_hoc is not None and node.ad_hoc.completion is not None:
            yield node, "Klaar als", node.ad_hoc.completion, node.line
        if node.repeat is not None:
            for what, text in _of_loop(node.repeat).items():
                if text is not None:
                    yield node, what, text, node.repeat.line
        for field, value, line in node.writes:
            yield node, f"Waarde voor {field}", value, line


def _of_loop(repeat: Repeat) -> dict[str, str | None]:
    return {
        "Lijst": repeat.collection,
        "Aantal": repeat.cardinality,
        "Klaar als": repeat.completion,
        "Herhalen zolang": repeat.condition,
    }


_CATCH = '<startEvent id="s"/><endEvent id="e"/>{s>c>e}<intermediateCatchEvent id="c">'
rule = Rule(
    "expressions",
    find,
    valid=(
        '<startEvent id="s"/><userTask id="a" bb:due="= aanvraag.datum" bb:skipWhen="never"/><endEvent id="e"/>{s>a>e}',
        _CATCH + "<timerEventDefinition><timeDate>= verzoek.herinneren_op</timeDate></timerEventDefinition>"
        "</intermediateCatchEvent>",
    ),
    invalid=(
        _CATCH + "<conditionalEventDefinition><condition>gereedheid.planbaar</condition></conditionalEventDefinition>"
        "</intermediateCatchEvent>",
        _CATCH + '<timerEventDefinition><timeDate>= __import__("os").getpid() (</timeDate></timerEventDefinition>'
        "</intermediateCatchEvent>",
        _CATCH + "<timerEventDefinition><timeDuration/></timerEventDefinition></intermediateCatchEvent>",
        '<startEvent id="s"/><userTask id="a" bb:due="morgen"/><endEvent id="e"/>{s>a>e}',
    ),
)

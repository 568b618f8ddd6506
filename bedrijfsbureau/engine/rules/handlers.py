"""A service task names a registered handler, a business rule task a decision; nothing else says what they do."""

from collections.abc import Iterator

from bedrijfsbureau.engine.rule import Finding, Question, Rule

_NEEDED = {"serviceTask": ("handler", "de handler"), "businessRuleTask": ("decision", "de beslissing")}


def find(question: Question) -> Iterator[Finding]:
    for _, node in question.nodes:
        if node.tag in _NEEDED:
            name, what = _NEEDED[node.tag]
            if not node.bb.get(name, "").strip():
                yield Finding(node, f"Bij '{node.label}' ontbreekt {what} (bb:{name}). Vul die in.")


_TASK = '<startEvent id="s"/><endEvent id="e"/>{s>a>e}'
rule = Rule(
    "handlers",
    find,
    structure=True,
    valid=(_TASK + '<businessRuleTask id="a" bb:decision="rvt_en_medisch" bb:result="voorschrift"/>',),
    invalid=(_TASK + '<serviceTask id="a"/>', _TASK + '<businessRuleTask id="a" bb:result="voorschrift"/>'),
)

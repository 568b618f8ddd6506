"""Small DMN files for the tests."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(*elements: str, namespace: str = "urn:test") -> bytes:
    start = f'<definitions xmlns="{MODEL}" id="d" name="test" namespace="{namespace}">'
    return f"{start}{''.join(elements)}</definitions>".encode()


def text(content: str, tag: str = "literalExpression", **attributes: str) -> str:
    named = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{tag}{named}><text>{escape(content)}</text></{tag}>"


def decision(name: str, logic: str, requires: Sequence[str] = (), type_ref: str = "") -> str:
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<decision id="{name}" name="{name}"><variable name="{name}"{typed}/>{"".join(requires)}{logic}</decision>'


def needs(kind: str, identity: str) -> str:
    """`kind`: Decision, Input or Knowledge."""
    group = "knowledgeRequirement" if kind == "Knowledge" else "informationRequirement"
    return f'<{group}><required{kind} href="#{identity}"/></{group}>'


def table(
    rules: Sequence[tuple[Sequence[str], Sequence[str]]],
    policy: str = "UNIQUE",
    aggregation: str = "",
    inputs: Sequence[str] = ("x",),
    outputs: Sequence[tuple[str, str, str]] = (("uit", "", ""),),
) -> str:
    """`rules`: tests and outputs; `outputs`: name, allowed values (best first) and default."""
    aggregated = f' aggregation="{aggregation}"' if aggregation else ""
    columns = "".join(f'<input label="{each}">{text(each, "inputExpression")}</input>' for each in inputs)
    for name, values, default in outputs:
        allowed = text(values, "outputValues") if values else ""
        columns += f'<output name="{name}">{allowed}{text(default, "defaultOutputEntry") if default else ""}</output>'
    rows = ""
    for number, (tests, results) in enumerate(rules, start=1):
        cells = "".join(text(each, "inputEntry") for each in tests) + "".join(
            text(each, "outputEntry") for each in results
        )
        rows += f'<rule id="r{number}">{cells}{text(f"bron {number}", "annotationEntry")}</rule>'
    return f'<decisionTable id="t" hitPolicy="{policy}"{aggregated}>{columns}{rows}</decisionTable>'

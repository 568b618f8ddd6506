"""Which kinds of values go together (DMN 1.5, 10.3.2.3 and tables 56-60)."""

from bedrijfsbureau.feel.checking.findings import Findings, dutch
from bedrijfsbureau.feel.checking.scope import NUMBER, STRING, Known
from bedrijfsbureau.feel.compare import ORDERED
from bedrijfsbureau.feel.nodes import Arithmetic, Node
from bedrijfsbureau.feel.types import OLD_NAMES, Type

DAYS, MONTHS = "days and time duration", "years and months duration"
DATES = ("date", "date and time")
RESULTS: dict[tuple[str, str, str], str] = {
    ("+", "string", "string"): "string",
    **{(sign, "number", "number"): "number" for sign in ("+", "-", "*", "/", "**")},
    **{(sign, kind, kind): kind for sign in "+-" for kind in (DAYS, MONTHS)},
    **{(sign, moment, by): moment for sign in "+-" for moment in DATES for by in (DAYS, MONTHS)},
    **{("+", by, moment): moment for moment in DATES for by in (DAYS, MONTHS)},
    **{("-", one, other): DAYS for one in DATES for other in DATES},
    **{(sign, "time", DAYS): "time" for sign in "+-"},
    ("+", DAYS, "time"): "time",
    ("-", "time", "time"): DAYS,
    **{(sign, kind, "number"): kind for sign in "*/" for kind in (DAYS, MONTHS)},
    **{("*", "number", kind): kind for kind in (DAYS, MONTHS)},
    **{("/", kind, kind): "number" for kind in (DAYS, MONTHS)},
}


def name_of(kind: Type) -> str:
    return OLD_NAMES.get(kind.name, kind.name)


def type_of_arithmetic(node: Arithmetic, left: Known, right: Known, findings: Findings) -> Known:
    if left is None or right is None:
        return NUMBER if node.operator == "**" else None
    result = RESULTS.get((node.operator, name_of(left), name_of(right)))
    if result is None:
        hint = hint_for(left, right)
        findings.type(node, f"'{node.operator}' kan niet met {dutch(left)} en {dutch(right)}.{hint}")
        return None
    return Type(result)


def check_comparison(node: Node, operator: str, left: Known, right: Known, findings: Findings) -> None:
    if left is None or right is None:
        return
    if name_of(left) != name_of(right):
        if operator not in ("=", "!="):
            findings.type(node, f"'{operator}' kan niet met {dutch(left)} en {dutch(right)}.{hint_for(left, right)}")
        else:
            findings.type(
                node, f"{dutch(left).capitalize()} en {dutch(right)} zijn niet te vergelijken.{hint_for(left, right)}"
            )
    elif operator not in ("=", "!=") and name_of(left) not in ORDERED:
        findings.type(node, f"'{operator}' kan niet met {dutch(left)}: daarin is geen volgorde.")


def hint_for(left: Type, right: Type) -> str:
    kinds = {left.name, right.name}
    if STRING.name in kinds and kinds & {"date", "time", "date and time"}:
        other = next(name for name in (left.name, right.name) if name != STRING.name)
        return f' Schrijf de tekst als {other}("...").'
    if NUMBER.name in kinds and "date" in kinds:
        return ' Schrijf een aantal dagen als duration("P3D").'
    return ""

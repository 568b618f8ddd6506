"""The words of a rappel: four small templates that a process owner writes.

They are Jinja2, narrowed until nothing in them can take long or reach further than the names below: names, `if`,
comparisons and three filters. What is left is also rendered in Jinja's sandbox.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.rappel.letter import Point

LONGEST = {"subject": 200, "opening": 4000, "line": 1000, "closing": 4000}  # characters
OF_THE_MESSAGE = ("partij", "locatie", "datum", "aantal", "nieuw", "herinneringen")
OF_A_LINE = ("dossier", "v_nummer", "vraag", "toelichting", "herinnering", "gevraagd_op")
FILTERS = frozenset({"upper", "lower", "capitalize"})
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter,
)  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
NOT_ALLOWED = "Gebruik alleen namen, {% if %} en vergelijkingen. Lussen, berekeningen en aanroepen kunnen hier niet."

_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


@dataclass(frozen=True)
class Texts:
    subject: str
    opening: str
    line: str
    closing: str
    with_v_nummer: bool = False


@dataclass(frozen=True)
class Words:
    """What comes out."""

    subject: str
    body: str


DEFAULT = Texts(
    subject="Openstaande vragen van het bedrijfsbureau, {{ datum }}",
    opening="Aan {{ partij }},\n\nWij wachten op {% if aantal == 1 %}een antwoord{% else %}{{ aantal }} antwoorden"
    "{% endif %} van u.{% if locatie %} Het gaat om dossiers van onze locatie {{ locatie }}.{% endif %}",
    line="- {{ dossier }}{% if v_nummer %} (V-nummer {{ v_nummer }}){% endif %}: {{ vraag }}."
    "{% if toelichting %} {{ toelichting }}{% endif %}"
    "{% if herinnering %} Herinnering {{ herinnering }}, gevraagd op {{ gevraagd_op }}.{% endif %}",
    closing="Hebt u al geantwoord, dan hoeft u niets te doen.\n\nMet vriendelijke groet,\nhet bedrijfsbureau",
)


def faults(texts: Texts) -> dict[str, list[str]]:
    """What is wrong with each template, in Dutch; empty when all can be used."""
    found = {name: _wrong(name, getattr(texts, name)) for name in LONGEST}
    return {name: [message] for name, message in found.items() if message}


def compose(texts: Texts, partij: str, locatie: str | None, day: date, points: Sequence[Point]) -> Words:
    """The same words for the same points. Raises InvalidInput when a template is not as `faults` wants it."""
    if wrong := faults(texts):
        raise InvalidInput(wrong)
    new = sum(1 for point in points if not point.reminder)
    values = (partij, locatie, _date(day), len(points), new, len(points) - new)
    message = dict(zip(OF_THE_MESSAGE, values, strict=True))
    lines = [_fill(texts.line, _of_line(point, texts)) for point in points]
    parts = [_fill(texts.opening, message), "\n".join(lines), _fill(texts.closing, message)]
    subject = " ".join(_fill(texts.subject, message).split())  # a header is one line
    return Words(CONTROL.sub("", subject)[: LONGEST["subject"]], "\n\n".join(part for part in parts if part) + "\n")


def _of_line(point: Point, texts: Texts) -> Mapping[str, Any]:
    v_nummer = (point.v_nummer or "") if texts.with_v_nummer else ""
    values = (point.dossier, v_nummer, point.question, point.remark, point.reminder, _date(point.asked_on))
    return dict(zip(OF_A_LINE, values, strict=True))


def _fill(template: str, values: Mapping[str, Any]) -> str:
    return CONTROL.sub("", _environment.from_string(template).render(values)).strip()


def _wrong(name: str, template: str) -> str | None:
    if name != "closing" and not template.strip():
        return "Vul dit in."
    if len(template) > LONGEST[name]:
        return f"Dit is langer dan {LONGEST[name]} tekens."
    try:
        tree = _environment.parse(template)
    except TemplateSyntaxError as error:
        return f"Regel {error.lineno} is niet te lezen: controleer de accolades. ({error.message})"
    known = OF_A_LINE if name == "line" else OF_THE_MESSAGE
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Name) and node.name not in known:
            return f"De naam '{node.name[:40]}' bestaat hier niet. U kunt kiezen uit: {', '.join(known)}."
        if not isinstance(node, ALLOWED) or (isinstance(node, nodes.Filter) and not _is_known(node)):
            return NOT_ALLOWED
    return _fails(template, known)


def _fails(template: str, known: Sequence[str]) -> str | None:
    """A number may be compared with a number, and a text with a text: each name is tried with what it can be."""
    for number, text in ((0, ""), (1, "x"), (2, "x")):
        numbers = {"aantal", "nieuw", "herinneringen", "herinnering"}
        try:
            _fill(template, {name: number if name in numbers else text for name in known})
        except TypeError:
            return "Een getal en een tekst zijn niet te vergelijken. Schrijf een getal zonder aanhalingstekens."
    return None


def _is_known(node: nodes.Filter) -> bool:
    return node.name in FILTERS and not node.args and not node.kwargs


def _date(day: date) -> str:
    return f"{day:%d-%m-%Y}"


assert {field.name for field in fields(Texts)} == {*LONGEST, "with_v_nummer"}

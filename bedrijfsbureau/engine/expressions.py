"""FEEL in diagrams: a text that starts with `=`, compiled once, strictly."""

import re
from dataclasses import dataclass
from typing import Any

from bedrijfsbureau import feel
from bedrijfsbureau.engine.due import without_weeks

_SHOWN = 120  # characters of an expression in a message
_JUEL = re.compile(r"[$#]\{([^{}]*)\}", re.DOTALL)


@dataclass(frozen=True)
class Formula:
    """Compiled FEEL; the only thing the script environment evaluates."""

    text: str
    code: Any


class NotAFormula(Exception):
    """The message is a Dutch sentence that says what to do."""


def formula(text: str | None, names: frozenset[str] = frozenset()) -> Formula:
    """Raises NotAFormula."""
    stripped = (text or "").strip()
    if not stripped:
        raise NotAFormula("De uitdrukking is leeg. Vul een FEEL-uitdrukking in die begint met '='.")
    if not stripped.startswith("="):
        raise NotAFormula(f"'{_short(stripped)}' {_advice(stripped)}")
    body = stripped[1:].strip()
    try:
        return Formula(body, feel.compile(body, names))
    except feel.FeelSyntaxError as error:
        raise NotAFormula(f"'{_short(body)}' is geen geldige FEEL. {error}") from error


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."


def _advice(text: str) -> str:
    """For what is no FEEL: other engines write `${ready}` or `#{ready}` (JUEL)."""
    if juel := _JUEL.fullmatch(text):
        return f"is van een andere motor. Schrijf FEEL, zoals '= {_short(juel[1].strip())}'."
    return "begint niet met '='. Zet een '=' voor de FEEL-uitdrukking."


_ISO = (  # a literal of BPMN 2.0 (10.5.5: ISO 8601) -> the FEEL that says the same
    (re.compile(r"-?P[0-9YMWDTHS.]+"), "duration"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"\d{4}-\d\d-\d\dT[0-9:.+Z-]+"), "date and time"),
    (re.compile(r"R\d*/[0-9PYMWDTHSZ:.+/-]+"), "string"),
)


def moment(text: str | None, names: frozenset[str] = frozenset()) -> Formula:
    """When a timer is due: FEEL with `=`, or an ISO 8601 date, date and time, duration or repetition as it stands.

    Raises NotAFormula."""
    stripped = (text or "").strip()
    for pattern, function in _ISO:
        if pattern.fullmatch(stripped):
            literal = formula(f'= {function}("{without_weeks(stripped)}")')
            if literal.code.evaluate({}) is None:
                raise NotAFormula(f"'{stripped}' is geen datum, tijdstip of duur die bestaat. Verbeter de waarde.")
            return literal
    return formula(text, names)

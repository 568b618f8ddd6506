"""FEEL in diagrams: a text that starts with `=`, compiled once, strictly."""

from dataclasses import dataclass
from typing import Any

from bedrijfsbureau import feel


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
        raise NotAFormula(f"'{stripped}' begint niet met '='. Zet een '=' voor de FEEL-uitdrukking.")
    body = stripped[1:].strip()
    try:
        return Formula(body, feel.compile(body, names))
    except feel.FeelSyntaxError as error:
        raise NotAFormula(f"'{body}' is geen geldige FEEL. {error}") from error

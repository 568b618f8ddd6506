"""FEEL as the models and policies of dossiers use it: the standard language and the functions about working days."""

from collections.abc import Mapping
from typing import Any

from bedrijfsbureau import feel
from bedrijfsbureau.termijnen import functions

NAMES = frozenset(functions)


def evaluate(text: str, context: Mapping[str, Any]) -> feel.Value:
    """The value of one expression. Raises FeelSyntaxError, FeelLimitError."""
    return feel.compile(text, NAMES).evaluate(context, functions)

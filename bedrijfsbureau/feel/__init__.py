"""FEEL, the expression language of DMN 1.5: safe, exact and fast. Knows nothing of dossiers.

expression = feel.compile('aanvraag.soort = "eerste"')
expression.evaluate({"aanvraag": {"soort": "eerste"}})  # True
"""

from bedrijfsbureau.feel.checking import Finding, Schema, check
from bedrijfsbureau.feel.durations import DaysDuration, MonthsDuration
from bedrijfsbureau.feel.errors import FeelError, FeelFunctionError, FeelLimitError, FeelSyntaxError
from bedrijfsbureau.feel.exchange import to_feel, to_json
from bedrijfsbureau.feel.explanation import Explanation
from bedrijfsbureau.feel.expression import Expression, Outcome, compile
from bedrijfsbureau.feel.run import Warning
from bedrijfsbureau.feel.text import show
from bedrijfsbureau.feel.times import DateTime, Time
from bedrijfsbureau.feel.types import Type
from bedrijfsbureau.feel.unary import UnaryTests, compile_unary
from bedrijfsbureau.feel.values import Function, Range, Value

__all__ = [
    "DateTime",
    "DaysDuration",
    "Explanation",
    "Expression",
    "FeelError",
    "FeelFunctionError",
    "FeelLimitError",
    "FeelSyntaxError",
    "Finding",
    "Function",
    "MonthsDuration",
    "Outcome",
    "Range",
    "Schema",
    "Time",
    "Type",
    "UnaryTests",
    "Value",
    "Warning",
    "check",
    "compile",
    "compile_unary",
    "show",
    "to_feel",
    "to_json",
]

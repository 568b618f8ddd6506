"""FEEL, the expression language of DMN 1.5 (chapter 10): safe, exact and fast. Knows nothing of dossiers.

expression = feel.compile('aanvraag.soort = "eerste"')
expression.evaluate({"aanvraag": {"soort": "eerste"}})  # True

compile(text, names)        an Expression: evaluate, run (with warnings), explain, reads, canonical. FeelSyntaxError.
compile_unary(text, names)  the tests of one cell of a decision table (7.3.2): matches. FeelSyntaxError.
check(text, schema)         what is wrong with the names and types, before there are data. Raises nothing.
to_feel, to_json, show      values in, values out, and their text. FeelLimitError.

Values are None, bool, Decimal, str, datetime.date (FarDate outside the years 1 to 9999), Time, DateTime, DaysDuration,
MonthsDuration, list, dict, Range and Function. What cannot be computed is null, with a warning; evaluation raises only
FeelLimitError (it would take too long or too much, see run.py) and FeelFunctionError (a function that was handed in).
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

"""DMN 1.5: decisions as tables and boxed expressions, read from a file and taken with FEEL.

model = dmn.read(xml)
model.decide("prioriteit", context).value
dmn.analyse(model)  # gaps, overlaps, and rules that never hit
"""

from bedrijfsbureau.dmn.analysis import Finding, analyse
from bedrijfsbureau.dmn.analysis.model import tables_in
from bedrijfsbureau.dmn.definitions import Decision, DecisionTrace, Definitions
from bedrijfsbureau.dmn.errors import DmnError
from bedrijfsbureau.dmn.files import read_all, read_among, read_file
from bedrijfsbureau.dmn.given import read_given
from bedrijfsbureau.dmn.logic import Literal, RuleHit, TableTrace
from bedrijfsbureau.dmn.reader import read
from bedrijfsbureau.dmn.tables import Input, Rule, Table
from bedrijfsbureau.dmn.trace import trace_to_json

__all__ = [
    "Decision",
    "DecisionTrace",
    "Definitions",
    "DmnError",
    "Finding",
    "Input",
    "Literal",
    "Rule",
    "RuleHit",
    "Table",
    "TableTrace",
    "analyse",
    "read",
    "read_all",
    "read_among",
    "read_file",
    "read_given",
    "tables_in",
    "trace_to_json",
]

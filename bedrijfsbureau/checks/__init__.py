"""Completeness checks: is everything there to hear this person, and if not: what, why, and who supplies it?

Pure: a check sees one `DossierView` and answers four questions. No clock, no query, no write.
"""

from bedrijfsbureau.checks.check import OPEN_STATES, OURSELVES, Check, Example, State, is_code
from bedrijfsbureau.checks.compare import Comparison, FieldChange, RowChange, compare, rows_of, told
from bedrijfsbureau.checks.evaluate import Readiness, Verdict, evaluate, judge, open_tasks, readiness, state_of
from bedrijfsbureau.checks.examples import Basisdossier, failing
from bedrijfsbureau.checks.findings import Finding, Surroundings, findings, findings_of_row
from bedrijfsbureau.checks.found import ENTRY_POINT_GROUP, built_in, plugins, titles
from bedrijfsbureau.checks.lacking import lacking
from bedrijfsbureau.checks.message import Show, places, show
from bedrijfsbureau.checks.names import unknown_paths
from bedrijfsbureau.checks.origin import Origin, origins
from bedrijfsbureau.checks.policy import Phase, Policy, Rule, instellingen, policy
from bedrijfsbureau.checks.reference import page
from bedrijfsbureau.checks.row import is_row
from bedrijfsbureau.checks.typed import context_of, mistyped, schema, type_of
from bedrijfsbureau.checks.view import PACT, VW2000, DossierView, Vrijstelling

__all__ = [
    "ENTRY_POINT_GROUP",
    "OPEN_STATES",
    "OURSELVES",
    "PACT",
    "VW2000",
    "Basisdossier",
    "Check",
    "Comparison",
    "DossierView",
    "Example",
    "FieldChange",
    "Finding",
    "Origin", "Phase",
    "Policy",
    "Readiness",
    "RowChange",
    "Rule",
    "Show",
    "State",
    "Surroundings",
    "Verdict",
    "Vrijstelling",
    "built_in",
    "compare",
    "context_of",
    "evaluate",
    "failing",
    "findings",
    "findings_of_row",
    "instellingen",
    "is_code",
    "is_row",
    "judge",
    "lacking",
    "mistyped",
    "open_tasks", "origins",
    "page",
    "places",
    "plugins",
    "policy",
    "readiness",
    "rows_of",
    "schema",
    "show",
    "state_of",
    "titles",
    "told", "type_of",
    "unknown_paths",
]

"""Completeness checks: is everything there to hear this person, and if not: what, why, and who supplies it?

Pure: a check sees one `DossierView` and answers four questions. No clock, no query, no write.
"""

from bedrijfsbureau.checks.check import OPEN_STATES, Check, Example, State
from bedrijfsbureau.checks.evaluate import Readiness, Verdict, evaluate, judge, open_tasks, readiness
from bedrijfsbureau.checks.examples import complete_dossier, failing
from bedrijfsbureau.checks.found import ENTRY_POINT_GROUP, built_in, plugins
from bedrijfsbureau.checks.message import Show, places, show
from bedrijfsbureau.checks.names import unknown_paths
from bedrijfsbureau.checks.policy import Phase, Policy, Rule, instellingen, policy
from bedrijfsbureau.checks.reference import page
from bedrijfsbureau.checks.typed import mistyped, schema
from bedrijfsbureau.checks.view import PACT, VW2000, DossierView, Vrijstelling

__all__ = [
    "ENTRY_POINT_GROUP", "OPEN_STATES", "PACT", "VW2000", "Check", "DossierView", "Example", "Phase", "Policy",
    "Readiness", "Rule", "Show", "State", "Verdict", "Vrijstelling", "built_in", "complete_dossier", "evaluate",
    "failing", "instellingen", "judge", "mistyped", "open_tasks", "page", "places", "plugins", "policy", "readiness",
    "schema", "show", "unknown_paths",
]

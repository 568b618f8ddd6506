"""From syntax tree to closures: each node becomes a Python function of a Frame, so that a run needs no interpreter."""

from bedrijfsbureau.feel.closures import calls, collections, leaves, logic, loops, operators  # noqa: F401  fill the table
from bedrijfsbureau.feel.closures.table import Closure, translate

__all__ = ["Closure", "translate"]

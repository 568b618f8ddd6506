"""Which stukken a check waits for, whatever someone fills in on a form: what to say before a task is completed."""

import re
from collections.abc import Collection

from bedrijfsbureau import feel
from bedrijfsbureau.checks.check import Check
from bedrijfsbureau.checks.row import FUNCTION_NAMES
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.termijnen import functions

TEXT = re.compile(r'"(\w+)"')
PRESENT = "aanwezig"  # the name by which a row asks for a kind of stuk
UNSEEN = frozenset({"stukken", "verzoeken", "relaties"})  # looked at in ways that no kind of stuk says


def lacking(
    check: Check, view: DossierView, kinds: Collection[str], on_form: Collection[str]
) -> tuple[tuple[str, ...], ...]:
    """For each part of "voldaan als" that is not true and that no field on the form can make true: the kinds of stuk
    it names that are not there, of which one will do. A check in Python can't be taken apart, and says itself what it
    `needs`."""
    text = check.expressions.get("voldaan_als")
    if text is None:
        return tuple((name,) for name in check.needs if name in kinds and name not in view.aanwezig)
    found = []
    for part in feel.compile(text, FUNCTION_NAMES).conjuncts:
        expression = feel.compile(part, FUNCTION_NAMES)
        paths = {".".join(path) for path in expression.reads}
        if PRESENT not in paths or paths & UNSEEN or any(_touch(path, field) for path in paths for field in on_form):
            continue
        if expression.evaluate(view.context, functions) is not True:
            named = [name for name in TEXT.findall(part) if name in kinds and name not in view.aanwezig]
            found.append(tuple(dict.fromkeys(named)))
    return tuple(names for names in dict.fromkeys(found) if names)


def _touch(path: str, field: str) -> bool:
    """One is the other, or part of it."""
    return path == field or path.startswith(f"{field}.") or field.startswith(f"{path}.")

"""Who looks at what, so that after a change only those are asked again that could answer differently.

A check or decision is a pure function of the paths it reads and of the day. What can't be seen into, and what looks at
other dossiers, is always asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Generic, TypeVar

from bedrijfsbureau import checks, dmn, feel
from bedrijfsbureau.actions.kinds.expressions import NAMES
from bedrijfsbureau.dossiersoort import Dossiersoort
from bedrijfsbureau.feel import Expression, UnaryTests
from bedrijfsbureau.termijnen import in_force

Path = tuple[str, ...]
Key = TypeVar("Key")
FROM_OUTSIDE = "relaties"  # changes when another dossier does
TERMS = frozenset({("planning", "rechter_datum"), ("route", "niet_ontvankelijk_grond")})
"""What `terms.py` looks at beside the decision about them and the rules."""


class Readers(Generic[Key]):
    """reads: for each key the paths it looks at; None for one that can't be seen into."""

    def __init__(self, reads: Mapping[Key, frozenset[Path] | None]) -> None:
        self.all = frozenset(reads)
        self.always = frozenset(
            key for key, paths in reads.items() if paths is None or any(path[0] == FROM_OUTSIDE for path in paths)
        )
        self._at: dict[Path, set[Key]] = defaultdict(set)
        self._below: dict[Path, set[Key]] = defaultdict(set)
        for key, paths in reads.items():
            for path in paths or ():
                self._at[path].add(key)
                for length in range(1, len(path) + 1):
                    self._below[path[:length]].add(key)

    def of(self, names: Iterable[str]) -> set[Key]:
        """Those that read one of these paths, something below it, or the whole that it is in; and `always`."""
        found = set(self.always)
        for name in names:
            path = tuple(name.split("."))
            found |= self._below.get(path, frozenset())
            for length in range(1, len(path)):
                found |= self._at.get(path[:length], frozenset())
        return found


def readers_of_checks(policy: checks.Policy) -> Readers[int]:
    """By the number of the rule in the policy."""
    return Readers({number: reads_of_check(rule.check) for number, rule in enumerate(policy.rules)})


def reads_of_check(check: checks.Check) -> frozenset[Path] | None:
    """What it says to read, and what its sentences name; None for a check in Python that says nothing."""
    if not check.expressions and not check.reads:
        return None
    return check.reads | {tuple(place.split(".")) for text in check.messages.values() for place in checks.places(text)}


def readers_of_decisions(soort: Dossiersoort, decisions: Mapping[str, dmn.Definitions]) -> Readers[str]:
    """Of the decisions that hold at all times: those that fill fields, and the ones about terms and priority."""
    reads: dict[str, frozenset[Path]] = defaultdict(frozenset)
    for field in soort.conduct.computed:
        reads[field.decision] |= reads_of_decision(decisions[field.decision], field.decision)
        reads[field.decision] |= feel.compile(field.value, NAMES).reads
    for name in decisions.keys() & {"termijnen", "prioriteit"}:
        reads[name] |= reads_of_decision(decisions[name], name)
    if "termijnen" in reads:
        reads["termijnen"] |= TERMS | {tuple(path.split(".")) for rule in in_force().values() for path in rule.reads}
    return Readers(reads)


def reads_of_decision(model: dmn.Definitions, wanted: str) -> frozenset[Path]:
    """The paths in every expression of the decision and of all it requires, its input data included."""
    pending, seen = [model.find(wanted)], set()
    reads: set[Path] = set()
    while pending:
        element = pending.pop()
        if element.id in seen:
            continue
        seen.add(element.id)
        reads.add((element.name,))
        reads.update(path for expression in _expressions(element) for path in expression.reads)
        inputs = [each for name in ("requires", "outputs", "input_decisions") for each in getattr(element, name, ())]
        pending += [model.elements[reference] for reference in inputs if reference in model.elements]
    return frozenset(reads)


def _expressions(part: Any) -> Iterator[Expression | UnaryTests]:
    """Every piece of FEEL in a model's logic, however deep it is boxed."""
    if isinstance(part, Expression | UnaryTests):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from _expressions(getattr(part, field.name))
    elif isinstance(part, tuple | list):
        for each in part:
            yield from _expressions(each)
    elif isinstance(part, Mapping):
        yield from _expressions(tuple(part.values()))

"""A check: four pure questions about a dossier, and the words to say what came out.

A Python file and a FEEL row both become a `Check`; nothing after this can tell them apart.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bedrijfsbureau.checks.view import DossierView

CODE = re.compile(r"[A-Z]{2,5}[0-9]{2,3}")
OURSELVES = "wij"  # the partij of what is our own work: it is done, not asked for


def is_code(text: str) -> bool:
    return CODE.fullmatch(text) is not None


Question = Callable[[DossierView], bool | None]
"""None is "unknown": for `applies` it counts as yes, for the other three as no."""


class State(StrEnum):
    """What a check can say of a dossier; the value is what users read."""

    VOLDAAN = "voldaan"
    ONTBREEKT = "ontbreekt"
    VERLOPEN = "verlopen"
    TEGENSTRIJDIG = "tegenstrijdig"
    WACHT_OP = "wacht op"
    NIET_VAN_TOEPASSING = "niet van toepassing"
    VRIJGESTELD = "vrijgesteld"
    FOUT = "fout"


OPEN_STATES = frozenset({State.ONTBREEKT, State.VERLOPEN, State.TEGENSTRIJDIG, State.WACHT_OP, State.FOUT})


def always(_: DossierView) -> bool:
    return True


def never(_: DossierView) -> bool:
    return False


def nothing(_: DossierView) -> tuple[str, ...]:
    return ()


def no_particulars(_: DossierView) -> Mapping[str, str]:
    return {}


def paths(*names: str) -> frozenset[tuple[str, ...]]:
    """Of "amv.is_amv", a whole group such as "documenten", or "stukken", "verzoeken", "relaties"."""
    return frozenset(tuple(name.split(".")) for name in names)


@dataclass(frozen=True)
class Example:
    """A change on the complete dossier of each kind in `on`, and the state that must come out.

    changes: path -> value; besides record paths "vandaag", "stukken", "verzoeken", "relaties", "instellingen.<name>"
    and "aanwezig" (one present stuk of each named kind, and no other). `message`: what the verdict must say.
    """

    name: str
    on: tuple[str, ...]
    state: State
    changes: Mapping[str, Any] = field(default_factory=dict)
    message: str | None = None


@dataclass(frozen=True)
class Check:
    """One check on the completeness of a dossier.

    messages: state -> Dutch sentence with `{path}` for a value of the dossier, `{verzoek.verzonden_op}` for the open
    verzoek and `{name}` for a particular. missing: the record paths someone has to look at. particulars: words that
    only this check can find ("1 dag te laat"). expressions: the FEEL of a row. reads: all it may look at in a dossier,
    which a check in Python says itself with `paths`; one that says nothing is asked again at every change. needs: kinds
    of stuk without which a check in Python is never satisfied; of a row its FEEL tells.
    """

    code: str
    title: str
    theme: str
    basis: str
    evidence: str
    messages: Mapping[State, str]
    applies: Question = always
    satisfied: Question = never
    contradictory: Question = never
    expired: Question = never
    missing: Callable[[DossierView], tuple[str, ...]] = nothing
    particulars: Callable[[DossierView], Mapping[str, str]] = no_particulars
    examples: tuple[Example, ...] = ()
    explanation: str = ""
    expressions: Mapping[str, str] = field(default_factory=dict)
    reads: frozenset[tuple[str, ...]] = frozenset()
    needs: tuple[str, ...] = ()

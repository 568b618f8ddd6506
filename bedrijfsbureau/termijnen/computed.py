"""What goes into a computation besides the rule, and what comes out of it."""

from dataclasses import dataclass
from datetime import date, datetime

from bedrijfsbureau.termijnen.length import Length


@dataclass(frozen=True)
class Suspension:
    """The term stands still (Awb 4:15) from the day `begin` until `end`, when it runs again; None: still open."""

    begin: date
    end: date | None
    reason: str
    basis: str = "Awb 4:15"


@dataclass(frozen=True)
class Extension:
    """The term is made longer by a decision, such as Vw 42 lid 4 ("9 maanden")."""

    length: Length
    reason: str
    basis: str


@dataclass(frozen=True)
class Options:
    """`ground`: letter that may select another length."""

    ground: str | None = None
    suspensions: tuple[Suspension, ...] = ()
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True)
class Step:
    """One sentence of the answer to "waarom deze datum?", with the date it arrives at."""

    text: str
    on: date | None


@dataclass(frozen=True)
class Computed:
    """The last day of a term. `due_on` is None while a suspension is open. `due_at`: only for a term in hours.

    `days`: each counted day of a term that is counted from its start (days of the AA or EDT); empty for other terms and
    after an extension or suspension. `missing`: instellingen that are empty, without which there is no date.
    """

    kind: str
    due_on: date | None
    steps: tuple[Step, ...]
    basis: str
    due_at: datetime | None = None
    days: tuple[date, ...] = ()
    missing: tuple[str, ...] = ()

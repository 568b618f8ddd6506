"""Terms as pages and the command line show them: of one dossier, and the list of what is at risk."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Dossier, Json, Termijn
from bedrijfsbureau.queries.access import dossiers_visible_to
from bedrijfsbureau.termijnen import Fact, fact_from, in_force
from bedrijfsbureau.termijnen.dwangsom import Dwangsom, run_up


@dataclass(frozen=True)
class TermijnLine:
    """A term of a dossier. `due_on` is None while it can't be computed; `content`: basis, steps [{text, on}], days."""

    kind: str
    title: str
    due_on: date | None
    content: Json
    rule: str | None
    rule_version: int | None
    begin_on: date | None
    warn_on: date | None
    urgent_on: date | None
    met_on: date | None
    steers: bool
    facts: tuple[Fact, ...]

    @property
    def is_over(self) -> bool:
        """No longer applies; only what happened to it is kept."""
        return bool(self.content.get("over"))

    @property
    def is_minimum(self) -> bool:
        """Nobody can be too late for it: something may not happen before it is over."""
        rule = in_force().get(self.rule or "")
        return rule is not None and rule.is_minimum

    def to_json(self, today: date) -> dict[str, Any]:
        """`dwangsom`: what has run up until today; null where none runs or it is not switched on."""
        return {
            "term": self.kind, "title": self.title, "date": _text(self.due_on), "rule": self.rule,
            "version": self.rule_version, "start": _text(self.begin_on), "warn_from": _text(self.warn_on),
            "met_on": _text(self.met_on), "missing": self.content.get("missing", []),
            "steps": self.content.get("steps", []), "facts": [fact.to_json() for fact in self.facts],
            "dwangsom": _dwangsom(run_up(self.content, self.met_on, today)),
        }  # fmt: skip


COLUMNS = (
    Termijn.kind, Termijn.title, Termijn.due_on, Termijn.content, Termijn.rule, Termijn.rule_version, Termijn.begin_on,
    Termijn.warn_on, Termijn.urgent_on, Termijn.met_on, Termijn.steers, Termijn.facts,
)  # fmt: skip


def of_dossier(tx: Tx, dossier_id: int) -> tuple[TermijnLine, ...]:
    """Those with a date first, by date. One statement."""
    return _of(tx, Dossier.id == dossier_id)


def of_number(tx: Tx, number: str) -> tuple[TermijnLine, ...]:
    """Raises NotFound when there is no such dossier that the actor may see."""
    seen = tx.session.scalar(select(Dossier.id).where(Dossier.number == number, dossiers_visible_to(tx.actor)))
    if seen is None:
        raise NotFound(f"Dossier '{number[:40]}' bestaat niet, of hoort bij een andere locatie.")
    return _of(tx, Dossier.id == seen)


def _of(tx: Tx, wanted: ColumnElement[bool]) -> tuple[TermijnLine, ...]:
    mine = select(Dossier.id).where(wanted, dossiers_visible_to(tx.actor))
    query = select(*COLUMNS).where(Termijn.dossier_id.in_(mine))
    result: Iterable[Any] = tx.session.execute(query)
    lines = [_line(*row) for row in result]
    return tuple(sorted(lines, key=lambda line: (line.due_on or date.max, line.kind)))


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _dwangsom(run: Dwangsom | None) -> Json | None:
    return {"euros": run.euros, "days": run.days, "is_full": run.is_full} if run else None


def _line(*columns: Any) -> TermijnLine:
    line = TermijnLine(*columns)
    return replace(line, facts=tuple(map(fact_from, columns[-1])))

"""Dossiers as they occur, each with every verdict it must get. The YAML says what differs from the complete dossier."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bedrijfsbureau import checks
from bedrijfsbureau.checks import DossierView, Readiness, State, Vrijstelling
from tests.checks.kinds import Kind, kind

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Golden:
    """`expected`: state -> codes; every check that is not named must be voldaan."""

    soort: str
    name: str
    row: Mapping[str, Any]
    expected: Mapping[str, list[str]]

    def verdicts(self) -> tuple[checks.Verdict, ...]:
        of = kind(self.soort)
        return checks.evaluate(of.policy, _view(of, self.row))

    def found(self) -> dict[str, list[str]]:
        """As `expected`, of what the checks say now."""
        found: dict[str, list[str]] = {}
        for verdict in self.verdicts():
            if verdict.state is not State.VOLDAAN:
                found.setdefault(verdict.state.value, []).append(verdict.code)
        return found

    def readiness(self) -> Readiness:
        return checks.readiness(self.verdicts())


def read(soort: str) -> list[Golden]:
    rows = yaml.safe_load((FOLDER / f"{soort}.yaml").read_text(encoding="utf-8"))
    return [Golden(soort, row["naam"], row, row["verwacht"]) for row in rows]


def _view(of: Kind, row: Mapping[str, Any]) -> DossierView:
    """`zonder`: groups that are empty. `wijziging`: as in the examples of checks. `weg`, `erbij`: stukken by kind, or
    whole. `vrijstellingen`: {code, tot}."""
    empty = {field.path: None for group in row.get("zonder") or () for field in of.soort.record.group(group)}
    assert of.soort.basisdossier is not None
    gone = row.get("weg") or ()
    kept = [stuk for stuk in of.soort.basisdossier["stukken"] if gone != "alles" and stuk["soort"] not in gone]
    changes = {**empty, **(row.get("wijziging") or {}), "stukken": [*kept, *(row.get("erbij") or ())]}
    view = of.view(changes)
    given = tuple(
        Vrijstelling(each["code"], "Sem", "wordt uitgezocht", view.today, _day(each["tot"]))
        for each in row.get("vrijstellingen") or ()
    )
    return replace(view, vrijstellingen=given)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)

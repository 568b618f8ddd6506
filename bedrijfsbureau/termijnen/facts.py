"""What happened to a term of one dossier: suspensions, extensions, dates of a court, notices of default.

A fact is never changed: a correction is a new one that says which it replaces, and the old one says why it is gone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen.compute import months_in
from bedrijfsbureau.termijnen.computed import Extension, Options, Suspension
from bedrijfsbureau.termijnen.law import Ground, Rule, Version
from bedrijfsbureau.termijnen.length import Length, parse_length
from bedrijfsbureau.termijnen.words import euros, number_date, unlabelled


class FactKind(StrEnum):
    """The value is what stands in the database and, in Dutch, on the screen."""

    SUSPENSION = "opschorting"
    EXTENSION = "verlenging"
    COURT_DATE = "rechterdatum"
    NOTICE = "ingebrekestelling"


@dataclass(frozen=True)
class Fact:
    """`ground`: a key of the rule. `decision`: what it can be found by (besluit, zaaknummer, kenmerk). `begin` until
    `end`: of a suspension, the day `end` counts again; None as long as it is open. `length`: of an extension. `on`: of
    a court date the last day, of a notice the day it came in. `per_day`, `most`: the penalty that a court set beside
    its date, in euros a day and in all (0: none, no maximum), and `runs_from` its first day when the judgment names
    one; else it is the day after the last one. `gone`: who took it back, when and why; empty while it counts.
    `replaces`: the number of the fact that it corrects, else 0."""

    number: int
    kind: FactKind
    decision: str
    recorded: Mapping[str, str] = field(default_factory=dict)
    ground: str = ""
    reason: str = ""
    begin: date | None = None
    end: date | None = None
    length: str = ""
    on: date | None = None
    per_day: int = 0
    most: int = 0
    runs_from: date | None = None
    replaces: int = 0
    gone: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Without what is empty."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items() if value}


DATES = ("begin", "end", "on", "runs_from")


def fact_from(content: Mapping[str, Any]) -> Fact:
    dates = {name: date.fromisoformat(content[name]) for name in DATES if name in content}
    return Fact(**{**content, **dates, "kind": FactKind(content["kind"])})


def counting(contents: Iterable[Mapping[str, Any]], *kinds: FactKind) -> Iterator[Fact]:
    """Those of these kinds that were not taken back, as the database keeps them."""
    return (fact_from(each) for each in contents if not each.get("gone") and each["kind"] in kinds)


def options_of(rule: Rule, contents: Iterable[Mapping[str, Any]], ground: str | None = None) -> Options:
    """`ground`: the letter that may select another length."""
    suspensions, extensions = [], []
    for fact in counting(contents, FactKind.SUSPENSION, FactKind.EXTENSION):
        if fact.kind is FactKind.SUSPENSION:
            known = rule.suspensions.get(fact.ground)
            assert fact.begin is not None
            suspensions.append(Suspension(fact.begin, fact.end, _why(fact, known), _basis(fact, known)))
        else:
            known = rule.extensions.get(fact.ground)
            extensions.append(Extension(parse_length(fact.length), _why(fact, known), _basis(fact, known)))
    return Options(ground, tuple(suspensions), tuple(extensions))


def too_long(rule: Rule, version: Version | None, ground: Ground, facts: Iterable[Fact], wanted: Length) -> str | None:
    """Why this extension may not be made beside those that count; None when it may. Lengths in another unit than that
    of the cap can't be added to it, so they are refused."""
    if ground.most is None:
        return None
    spent = [each for each in facts if each.kind is FactKind.EXTENSION]
    lengths = [parse_length(each.length) for each in spent if _together(rule, each.ground) == ground.together]
    if version and version.extended and _together(rule, version.extended[2]) == ground.together:
        lengths.append(parse_length(version.extended[0]))
    most, all_of_them = _amount(ground.most), [_amount(each) for each in (*lengths, wanted)]
    if any(unit != most[1] for _, unit in all_of_them):
        return f"Geef de verlenging in dezelfde eenheid als het maximum: {ground.most}."
    total = sum(count for count, _ in all_of_them)
    if total <= most[0]:
        return None
    left = most[0] - (total - all_of_them[-1][0])
    rest = f"er is nog {left} {most[1]} over" if left > 0 else "dat is al gebruikt"
    basis = unlabelled(ground.basis)
    return f"Op deze grond kan samen hoogstens met {ground.most} worden verlengd ({basis}); {rest}."


def said(fact: Fact, rule: Rule | None) -> str:
    """The fact in a Dutch sentence, for history and screens."""
    grounds = {**rule.extensions, **rule.suspensions} if rule else {}
    why = _why(fact, grounds.get(fact.ground))
    match fact.kind:
        case FactKind.SUSPENSION:
            assert fact.begin is not None
            until = f"tot {number_date(fact.end)}" if fact.end else "zonder einddatum"
            return f"Opgeschort van {number_date(fact.begin)} {until}: {why}."
        case FactKind.EXTENSION:
            return f"Verlengd met {fact.length}: {why}."
        case FactKind.COURT_DATE:
            assert fact.on is not None
            with_dwangsom = f", met een dwangsom van {dwangsom_words(fact.per_day, fact.most)}" if fact.per_day else ""
            return f"De rechter bepaalde {number_date(fact.on)}{with_dwangsom}: {why}."
        case FactKind.NOTICE:
            assert fact.on is not None
            return f"Ingebrekestelling ontvangen op {number_date(fact.on)}: {why}."


def dwangsom_words(per_day: int, most: int) -> str:
    return f"{euros(per_day)} per dag{f', hoogstens {euros(most)}' if most else ''}"


def _why(fact: Fact, ground: Ground | None) -> str:
    parts = [ground.name if ground else fact.ground, fact.reason, fact.decision]
    return ", ".join(part for part in parts if part) or "zonder toelichting"


def _basis(fact: Fact, ground: Ground | None) -> str:
    return unlabelled(ground.basis) if ground else fact.ground


def _together(rule: Rule, key: str) -> str:
    known = rule.extensions.get(key)
    return known.together if known else key


def _amount(length: Length) -> tuple[int, str]:
    months = months_in(length)
    return (months, "maanden") if months else (length.count, str(length.unit))


def refused(**fields: str) -> InvalidInput:
    return InvalidInput({name: [message] for name, message in fields.items()}, " ".join(fields.values()))

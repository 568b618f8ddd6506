"""A rule of law applied to what the record of a dossier says: the start that counts, the version, the last day.

For one dossier and for all of them the same function, so that recomputing in bulk can't say anything else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bedrijfsbureau.termijnen.apply import apply, before, nothing_to_start
from bedrijfsbureau.termijnen.calendar import ONE_DAY, atw
from bedrijfsbureau.termijnen.computed import Computed, Step
from bedrijfsbureau.termijnen.dwangsom import BY_COURT, CourtDwangsom, is_switched_on
from bedrijfsbureau.termijnen.facts import Fact, dwangsom_words, options_of
from bedrijfsbureau.termijnen.law import Rule
from bedrijfsbureau.termijnen.words import number_date

Gegevens = Mapping[str, Any]  # as the database keeps them: group -> field -> JSON value


@dataclass(frozen=True)
class Worked:
    """A term of a dossier worked out. `also`: dates that were kept but do not count, by record path. `dwangsom_from`:
    the first day of the penalty of Awb 4:17, where it is switched on. `dwangsom`: the one that a court set."""

    rule: Rule
    computed: Computed
    version: int | None = None
    begin_on: date | None = None
    also: Mapping[str, date] | None = None
    dwangsom_from: date | None = None
    dwangsom: CourtDwangsom | None = None

    def windows(self) -> tuple[date | None, date | None]:
        """From when there is a warning, and from when it is urgent."""
        due_on, rule = self.computed.due_on, self.rule
        lengths = (rule.warning, rule.urgent)
        first, second = (before(due_on, length, atw) if due_on and length else None for length in lengths)
        return first, second


def work_out(
    rule: Rule, gegevens: Gegevens, settings: Mapping[str, object], facts: Iterable[Mapping[str, Any]] = (),
    kept: int | None = None, locatie: str | None = None,
) -> Worked | None:  # fmt: skip
    """`facts` as the database keeps them; `kept`: the version that this dossier was computed by. None while there is no
    start, or no version for its date."""
    starts: Sequence[str] = rule.starts
    if rule.start_setting:
        chosen = settings.get(rule.start_setting)
        if chosen is None:
            return Worked(rule, nothing_to_start(rule, rule.start_setting))
        starts = [path for path in starts if path.endswith(f".{chosen}")]
    start = first_date(gegevens, starts)
    if start is None or (rule.not_with and value_at(gegevens, rule.not_with)):
        return None
    version = rule.version_on(first_date(gegevens, rule.dated_by) or start, kept)
    if version is None:
        return None
    ground = value_at(gegevens, "route.niet_ontvankelijk_grond")
    made = apply(rule, version, start, settings, options_of(rule, facts, ground), locatie)
    also = {path: day for path in rule.also_kept if (day := date_at(gegevens, path))}
    return Worked(rule, made, version.number, start, also)


def court_date(
    rule: Rule, on: date, facts: Sequence[Fact], basis: str, settings: Mapping[str, object]
) -> Worked:  # fmt: skip
    """The last day that a court set; the decisions say where to find that. The latest of them says the penalty."""
    of_date = facts[-1] if facts and facts[-1].on == on else None
    earlier = facts[:-1] if of_date else facts
    said = ((each.on, each.decision) for each in earlier)
    steps = [Step(f"Eerder bepaalde de rechter {number_date(day)} ({decision}).", day) for day, decision in said if day]
    where = f" ({of_date.decision})" if of_date else ""
    dwangsom = _dwangsom(of_date, on, settings) if of_date and of_date.per_day else None
    if dwangsom:
        amount = dwangsom_words(dwangsom.per_day, dwangsom.most)
        steps.append(Step(f"Vanaf {number_date(dwangsom.first_day)} een dwangsom van {amount}.", None))
    last = Step(f"De rechter bepaalde deze datum{where}. Zij verschuift niet.", on)
    return Worked(rule, Computed(rule.term, on, (*steps, last), basis), dwangsom=dwangsom)


def _dwangsom(fact: Fact, on: date, settings: Mapping[str, object]) -> CourtDwangsom:
    first = fact.runs_from or on + ONE_DAY
    return CourtDwangsom(first, fact.per_day, fact.most, fact.decision, is_switched_on(settings, first, BY_COURT))


def after_notice(rule: Rule, notice: Fact, due_on: date | None, settings: Mapping[str, object]) -> Worked:
    """Two weeks after both the notice of default and the end of the term (Awb 4:17 lid 3)."""
    assert notice.on is not None
    start = max(notice.on, due_on) if due_on else notice.on
    version = rule.version_on(start)
    assert version is not None
    made = apply(rule, version, start, settings)
    said = [Step(f"Ingebrekestelling ontvangen op {number_date(notice.on)} ({notice.decision}).", notice.on)]
    if due_on and notice.on <= due_on:
        early = f"Zij kwam vóór het einde van de beslistermijn ({number_date(due_on)}): de twee weken beginnen daarna."
        said.append(Step(early, due_on))
    first = made.due_on + ONE_DAY if made.due_on else None
    dwangsom_from = first if first and is_switched_on(settings, first) else None
    return Worked(rule, replace(made, steps=(*said, *made.steps)), version.number, start, dwangsom_from=dwangsom_from)


def met_on(rule: Rule, gegevens: Gegevens, due_on: date | None, today: date) -> date | None:
    """The day on which the term was met. A day to come after the last one meets nothing: it may still change."""
    day = date_at(gegevens, rule.met_by) if rule.met_by else None
    return day if day and (day <= today or (due_on is not None and day <= due_on)) else None


def first_date(gegevens: Gegevens, paths: Iterable[str]) -> date | None:
    return next((day for path in paths if (day := date_at(gegevens, path))), None)


def date_at(gegevens: Gegevens, path: str) -> date | None:
    value = value_at(gegevens, path)
    return date.fromisoformat(value) if isinstance(value, str) else None


def value_at(gegevens: Gegevens, path: str) -> Any:
    group, _, field = path.partition(".")
    content = gegevens.get(group)
    return content.get(field) if isinstance(content, dict) else None

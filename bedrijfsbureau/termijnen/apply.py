"""A rule of law applied to a start: which version, which calendar, and the sentences that say so."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen.calendar import Calendar
from bedrijfsbureau.termijnen.compute import AMSTERDAM, NO_OPTIONS, compute
from bedrijfsbureau.termijnen.computed import Computed, Extension, Options, Step
from bedrijfsbureau.termijnen.law import Rule, Version
from bedrijfsbureau.termijnen.length import Length, Unit, add_months, parse_length, parse_lengths
from bedrijfsbureau.termijnen.rule import Method, TermRule, method_named
from bedrijfsbureau.termijnen.words import number_date, unlabelled

SETTING = "instelling "
PENDING = "Nog niet te berekenen, te bevestigen"
NOTHING: Mapping[str, object] = MappingProxyType({})


def apply(
    rule: Rule, version: Version, start: date, settings: Mapping[str, object] | None = None,
    options: Options = NO_OPTIONS, locatie: str | None = None,
) -> Computed:  # fmt: skip
    """`settings`: the instellingen of the policy; None: asked outside a dossier, so what the sources say counts where
    an instelling is meant. A term whose instelling is empty has no date and names it in `missing`. Raises InvalidInput
    (Dutch)."""
    given = NOTHING if settings is None else settings
    wanted = _calendar(version, given, locatie, alone=settings is None)
    missing = tuple(name for name in _settings(version.length, wanted) if given.get(name) is None)
    first = Step(_said(version, wanted), None)
    if missing:
        names = ", ".join(f"'{name}'" for name in missing)
        why = f"{PENDING}: de instelling {names} is nog leeg."
        return Computed(rule.term, None, (first, Step(why, None)), version.basis, missing=missing)
    lengths = parse_lengths(_length(version.length, given))
    extended = _for_everyone(rule, version)
    method = _method(wanted, given)
    made = compute(
        TermRule(rule.term, lengths, method, version.basis), start,
        replace(options, extensions=(*extended, *options.extensions)),
    )  # fmt: skip
    return replace(made, steps=(first, *made.steps))


def nothing_to_start(rule: Rule, setting: str) -> Computed:
    """The instelling that says where it begins is empty."""
    why = f"{PENDING}: de instelling '{setting}' zegt waar deze termijn begint, en is nog leeg."
    return Computed(rule.term, None, (Step(why, None),), rule.latest.basis, missing=(setting,))


def before(due_on: date, length: Length, calendar: Calendar) -> date:
    """The day this long before the last day: from then on there is a warning."""
    match length.unit:
        case Unit.WERKDAG:
            return calendar.add_working_days(due_on, -length.count)
        case Unit.WEEK:
            return due_on - timedelta(weeks=length.count)
        case Unit.MAAND:
            return add_months(due_on, -length.count)
        case Unit.JAAR:
            return add_months(due_on, -12 * length.count)
        case Unit.UUR:
            return due_on - timedelta(days=-(-length.count // 24))
        case Unit.DAG:
            return due_on - timedelta(days=length.count)


def day_of(moment: date) -> date:
    """The day in Amsterdam of a day or an aware moment."""
    return moment.astimezone(AMSTERDAM).date() if isinstance(moment, datetime) else moment


def _calendar(version: Version, settings: Mapping[str, object], locatie: str | None, *, alone: bool) -> str:
    """The words for how days count: those of the locatie where the sources say another, and where an instelling counts
    what it chose."""
    chosen = settings.get(version.calendar.removeprefix(SETTING)) if version.calendar.startswith(SETTING) else None
    if not alone and chosen != FROM_SOURCES:
        return version.calendar
    for name, calendar in version.by_locatie.items():
        if locatie and name.lower() in locatie.lower():
            return calendar
    return version.assumed or version.calendar


FROM_SOURCES = "volgens_bronnen"
"""The value of an instelling with which the calendar of the sources counts, by locatie and period."""


def _settings(*words: str) -> list[str]:
    return [text.split()[1] for text in words if text.startswith(SETTING)]


def _length(words: str, settings: Mapping[str, object]) -> str:
    """ "instelling screening_dagen dagen" is as many days as the instelling says."""
    if not words.startswith(SETTING):
        return words
    _, name, unit = words.split()
    count = str(settings[name])
    if not count.isdigit():
        raise InvalidInput({name: ["Vul een heel getal in."]}, f"De instelling '{name}' is geen heel getal.")
    return f"{count} {unit}"


@lru_cache(maxsize=256)
def _named(words: str, setting: str, value: str | None) -> Method:
    return method_named(words, {setting: value})


def _method(words: str, settings: Mapping[str, object]) -> Method:
    name = words.removeprefix(SETTING)
    value = settings.get(name)
    return _named(words, name, None if value is None else str(value))


def _for_everyone(rule: Rule, version: Version) -> tuple[Extension, ...]:
    if version.extended is None:
        return ()
    length, reason, key = version.extended
    ground = rule.extensions.get(key)
    return (Extension(parse_length(length), reason, unlabelled(ground.basis if ground else version.basis)),)


def _said(version: Version, calendar: str) -> str:
    period = ""
    if version.valid_from:
        period = f", voor een begin vanaf {number_date(version.valid_from)}"
    if version.valid_until:
        period += f"{' tot en met' if period else ', voor een begin tot en met'} {number_date(version.valid_until)}"
    unsure = " Te bevestigen." if version.te_bevestigen else ""
    return f"De termijn is {in_words(version.length)} ({version}{period}). Telwijze: {in_words(calendar)}.{unsure}"


def in_words(words: str) -> str:
    """A length or calendar as a version of a rule names it, for people: one that is set by an instelling says so."""
    if not words.startswith(SETTING):
        return words
    _, name, *unit = words.split()
    return f"{f'een aantal {unit[0]} ' if unit else ''}zoals ingesteld voor de dossiersoort ({name})"

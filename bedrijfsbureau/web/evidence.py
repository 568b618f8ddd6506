"""What lies beside a task: the gegevens and stukken that its checks look at, and what each check says now."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.checks import OURSELVES, DossierView, Rule, lacking
from bedrijfsbureau.dossiersoort import Field, StukKind
from bedrijfsbureau.forms import Row
from bedrijfsbureau.model import Actor, Json
from bedrijfsbureau.queries.access import may_see_field
from bedrijfsbureau.queries.task import StukLine, TaskPage, VerzoekLine
from bedrijfsbureau.web.filled import flat
from bedrijfsbureau.web.streep import OPEN_STATES

NOT_APPLICABLE = "niet van toepassing"
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Fact:
    label: str
    text: str  # "" when nothing is known yet
    basis: str
    te_bevestigen: bool
    shielded: bool  # there is a value, but not for this role


@dataclass(frozen=True)
class Point:
    """One check of the task."""

    code: str
    verdict: Json
    basis: str
    verzoek: VerzoekLine | None  # what was asked already
    can_ask: bool


@dataclass(frozen=True)
class Piece:
    """A kind of stuk that a check asks for, and the one that is there."""

    kind: StukKind
    line: StukLine | None


def points(kind: Kind, page: TaskPage) -> list[Point]:
    """The checks of the task that this dossier knows, in the order of the task."""
    found = []
    for rule in rules(kind, page):
        verdict = page.dossier.verdicts.get(rule.check.code)
        if verdict is not None:
            asked = page.verzoeken.get(rule.check.code)
            can_ask = verdict["state"] in OPEN_STATES and asked is None and verdict["partij"] != OURSELVES
            found.append(Point(rule.check.code, verdict, rule.check.basis, asked, can_ask))
    return found


def others(page: TaskPage, shown: Sequence[Point]) -> list[Json]:
    """What blocks besides the checks of this task."""
    codes = {point.code for point in shown}
    return [
        verdict
        for code, verdict in page.dossier.verdicts.items()
        if code not in codes and verdict["blocking"] and verdict["state"] in OPEN_STATES
    ]


def facts(kind: Kind, page: TaskPage, actor: Actor, on_form: Sequence[Row]) -> list[Fact]:
    """The fields that the checks of the task read, but for those on its form."""
    shown = {row.name for row in flat(on_form)}
    return [
        _fact(field, kind, page.dossier.gegevens, actor) for field in _fields(kind, page) if field.path not in shown
    ]


def pieces(kind: Kind, page: TaskPage) -> list[Piece]:
    """The stukken that the checks of the task name, there or not."""
    latest = {line.soort: line for line in reversed(page.stukken)}
    named = (name for rule in applying(kind, page) for name in WORD.findall(_words(rule)))
    known = [name for name in dict.fromkeys(named) if name in kind.soort.stukken]
    return [Piece(kind.soort.stukken[name], latest.get(name)) for name in known]


@dataclass(frozen=True)
class Lack:
    """A check that stays open after completing, for want of a stuk: one of `kinds` will do. `comes_back`: and then
    someone gets a task for it again."""

    title: str
    kinds: tuple[StukKind, ...]
    comes_back: bool


def lacks(kind: Kind, page: TaskPage, today: date, on_form: Sequence[Row]) -> list[Lack]:
    """What no answer on the form can make up for, of the checks of the task that are open."""
    stukken = [
        {"soort": line.soort, "staat": "aanwezig", "ontvangen_op": line.received_on, "geldig_tot": line.valid_until}
        for line in page.stukken
    ]
    soort = kind.soort
    view = DossierView(
        soort.key, soort.regime, today, soort.record.parse(page.dossier.gegevens), stukken,
        instellingen=kind.policy.instellingen,
    )  # fmt: skip
    fields = {row.name for row in flat(on_form)}
    verdicts = {code: each for code, each in page.dossier.verdicts.items() if each["state"] in OPEN_STATES}
    return [
        Lack(
            rule.check.title, tuple(soort.stukken[name] for name in names),
            verdicts[rule.check.code]["blocking"] and rule.check.code not in page.verzoeken,
        )
        for rule in rules(kind, page)
        if rule.check.code in verdicts
        for names in lacking(rule.check, view, soort.stukken, fields)
    ]  # fmt: skip


def rules(kind: Kind, page: TaskPage) -> Iterator[Rule]:
    about = page.task.local.get("punt") or page.task.local.get("code")
    codes = dict.fromkeys((*([str(about)] if about else []), *page.task.checks))
    by_code = {rule.check.code: rule for rule in kind.policy.rules}
    return (by_code[code] for code in codes if code in by_code)


def applying(kind: Kind, page: TaskPage) -> Iterator[Rule]:
    verdicts = page.dossier.verdicts
    return (rule for rule in rules(kind, page) if verdicts.get(rule.check.code, {}).get("state") != NOT_APPLICABLE)


def _words(rule: Rule) -> str:
    """Where a check names kinds of stuk: in its evidence and in its FEEL."""
    return " ".join((rule.check.evidence, *rule.check.expressions.values()))


def _fields(kind: Kind, page: TaskPage) -> Iterator[Field]:
    """In the order of the record, of the checks that apply."""
    read = {".".join(path[:2]) for rule in applying(kind, page) for path in rule.check.reads}
    groups = {path.partition(".")[0] for path in read}
    for field in kind.soort.record.fields():
        if field.path in read or (field.fields and field.path in groups):
            yield field


def shown(kind: Kind, gegevens: Mapping[str, Json], path: str) -> str:
    """The value at this path as people read it; "" when nothing is known."""
    group, _, name = path.partition(".")
    content = gegevens.get(group)
    value = content.get(name) if name and isinstance(content, Mapping) else content
    return "" if value in (None, [], "") else kind.soort.record.show(path, value)


def _fact(field: Field, kind: Kind, gegevens: Mapping[str, Json], actor: Actor) -> Fact:
    text = shown(kind, gegevens, field.path)
    shielded = bool(text) and not may_see_field(actor, field.sensitivity)
    return Fact(field.label, "" if shielded else text, field.basis, field.te_bevestigen, shielded)

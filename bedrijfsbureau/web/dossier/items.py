"""The page of completeness: every check of a dossier as a row that opens to its rule, basis, evidence and history."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from bedrijfsbureau.actions.command.stuk_rows import named_kinds
from bedrijfsbureau.actions.vrijstellingen import may_waive
from bedrijfsbureau.actions.what_if import WhatIf
from bedrijfsbureau.checks import Rule
from bedrijfsbureau.dossiersoort import StukKind
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Actor, Json
from bedrijfsbureau.queries.access import may_work
from bedrijfsbureau.queries.dossier import TaskLine, VrijstellingLine
from bedrijfsbureau.queries.history import HistoryLine
from bedrijfsbureau.queries.stukken import StukPage
from bedrijfsbureau.queries.task import VerzoekLine
from bedrijfsbureau.web.dossier.frame import Opened
from bedrijfsbureau.web.dossier.verdict import CLOSED
from bedrijfsbureau.web.dossier.what_if import then
from bedrijfsbureau.web.formats import day
from bedrijfsbureau.web.streep import mark

UNSURE = re.compile(r"\[(I|U)\]")
STARTS_TASK = "punt_open"  # the message with which a model opens a task for one check
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
OPEN = "bwa"


@dataclass(frozen=True)
class Evidence:
    """A kind of stuk the check looks at, and the ones of it that are or were there, newest first."""

    kind: StukKind
    stukken: tuple[StukPage, ...]


@dataclass(frozen=True)
class Item:
    code: str
    verdict: Json
    asks: str  # what the rule asks, in words
    missing: tuple[str, ...]  # labels of the fields that are still empty
    basis: str
    is_unsure: bool  # the basis rests on what nobody confirmed
    evidence: tuple[Evidence, ...]
    history: tuple[HistoryLine, ...]  # newest first
    verzoek: VerzoekLine | None
    task: TaskLine | None  # open, and serves this check
    vrijstelling: VrijstellingLine | None  # that counts now
    asked: VrijstellingLine | None  # that waits for a second person
    returned: str  # why the hoormedewerker sent it back
    how: str  # who moves, in words, after the name of the partij
    can_ask: bool
    can_start: bool
    can_waive: bool
    can_confirm: bool  # the request of a colleague
    can_withdraw: bool
    four_eyes: bool  # a vrijstelling of it needs a second person
    then: tuple[str, ...]  # what becomes true when what is missing comes in

    @property
    def mark(self) -> str:
        return mark(self.verdict)


@dataclass(frozen=True)
class Around:
    """What the items are made from, besides the dossier itself."""

    stukken: Sequence[StukPage]
    verzoeken: Mapping[str, VerzoekLine]
    vrijstellingen: Mapping[str, VrijstellingLine]
    history: Mapping[str, Sequence[HistoryLine]]
    what_if: WhatIf | None = None


def items(opened: Opened, around: Around, actor: Actor) -> list[Item]:
    """One for each verdict: blocking first, then waiting, advising, vrijgesteld; the others in the order of policy."""
    verdicts = opened.head.verdicts
    judged = [rule for rule in opened.kind.policy.rules if rule.check.code in verdicts]
    found = [_item(opened, around, actor, rule, verdicts[rule.check.code]) for rule in judged]
    return sorted(found, key=lambda item: "bwavon".index(item.mark))


def _item(opened: Opened, around: Around, actor: Actor, rule: Rule, verdict: Json) -> Item:
    check, code, soort = rule.check, rule.check.code, opened.kind.soort
    task = next((t for t in opened.tasks if t.is_open and t.serves(code, verdict["task"])), None)
    verzoek = around.verzoeken.get(code)
    works = may_work(actor) and opened.head.stage not in CLOSED
    is_open = mark(verdict) in OPEN
    given = around.vrijstellingen.get(code)
    counts = given if given and not given.is_asked and mark(verdict) == "v" else None
    asked = given if given and given.is_asked else None
    may = works and may_waive(actor, rule.waiver)
    own = given is not None and given.granted_by_id == actor.id
    return Item(
        code=code, verdict=verdict, asks=check.explanation or verdict["message"],
        missing=_labels(opened, verdict.get("missing", ())),
        basis=check.basis, is_unsure=bool(UNSURE.search(check.basis)),
        evidence=tuple(
            Evidence(kind, tuple(stuk for stuk in around.stukken if stuk.soort == kind.key))
            for kind in (soort.stukken[name] for name in named_kinds(check, soort.stukken))
        ),
        history=tuple(around.history.get(code, ())),
        verzoek=verzoek, task=task, vrijstelling=counts, asked=asked,
        returned=opened.head.reopened.get(code, ""),
        how=_how(verdict, verzoek, task, actor),
        can_ask=works and is_open and verzoek is None,
        can_start=works and is_open and task is None and _awaits_start(opened),
        can_waive=may and is_open and asked is None,
        can_confirm=may and asked is not None and not own,
        can_withdraw=works and bool(counts or asked) and (own or may),
        four_eyes=rule.four_eyes,
        then=tuple(then(around.what_if, code, verdict)) if is_open and around.what_if else (),
    )  # fmt: skip


def _how(verdict: Json, verzoek: VerzoekLine | None, task: TaskLine | None, actor: Actor) -> str:
    """What is being done about it; the message of the verdict when nothing is."""
    if verzoek is not None:
        asked = _("Gevraagd %(day)s", day=day(verzoek.asked_on))
        reminded = _(", herinnerd %(day)s", day=day(verzoek.reminded_on)) if verzoek.reminded_on else ""
        return f"{asked}{reminded}"
    if task is None or mark(verdict) not in OPEN:
        return SENTENCE_END.split(str(verdict["message"]), maxsplit=1)[0]  # the rest is said when it is open
    if task.assignee_id == actor.id:
        return str(_("Taak bij u: %(task)s", task=task.name))
    if task.assignee:
        return str(_("Taak bij %(name)s: %(task)s", name=task.assignee, task=task.name))
    return str(_("Taak bij team %(team)s: %(task)s", team=task.team, task=task.name))


def _labels(opened: Opened, paths: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_label(opened, path) for path in paths))


def _label(opened: Opened, path: str) -> str:
    try:
        return opened.kind.soort.record.field(path).label
    except NotFound:
        return path.replace("_", " ").replace(".", ": ")


def _awaits_start(opened: Opened) -> bool:
    """Whether the model can open a task for one check, and still runs; the action says it when it can't just now."""
    return any(element.message == STARTS_TASK for element in opened.kind.model.elements.values())

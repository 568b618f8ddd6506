"""The sentence a dossier's page opens with: is it ready, and if not, who moves next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import ngettext

from bedrijfsbureau.checks import OURSELVES, Policy
from bedrijfsbureau.model import Actor, Json, Role, Stage
from bedrijfsbureau.queries.access import may_work
from bedrijfsbureau.queries.dossier import Head, TaskLine
from bedrijfsbureau.web.formats import whom
from bedrijfsbureau.web.streep import Streep, large_streep, mark

IN_PREPARATION = frozenset({Stage.VOORBEREIDING, Stage.PLANNING})
CLOSED = frozenset({Stage.AANVAARD, Stage.DUBLIN, Stage.AFGEBROKEN, Stage.AFGEROND})


@dataclass(frozen=True)
class Opening:
    """`blocking`: how many points. `why_not`: why vrijgeven can't be done yet, "" when that is no question."""

    title: str
    sentence: str
    blocking: int
    why_not: str

    @property
    def is_ready(self) -> bool:
        return not self.blocking


@dataclass(frozen=True)
class Next:
    """The one primary action. `anchor`: of an item on the page of completeness, instead of a task."""

    label: str
    task_id: str = ""
    anchor: str = ""
    to_gehoor: bool = False


def opening(head: Head, actor: Actor, tasks: Sequence[TaskLine] = ()) -> Opening:
    blocking = {code: verdict for code, verdict in head.verdicts.items() if mark(verdict) in "bw"}
    return Opening(
        _title(head, len(blocking)),
        _sentence(blocking, actor, tasks) if head.stage not in CLOSED else "",
        len(blocking),
        _why_not(head, len(blocking)),
    )


def themes(policy: Policy, verdicts: Mapping[str, Json]) -> list[tuple[str, Streep]]:
    """The large streep, a part for each theme, in the order of the policy."""
    judged = [rule for rule in policy.rules if rule.check.code in verdicts]
    parts = groupby(judged, key=lambda rule: rule.check.theme)
    return [(theme, large_streep([verdicts[rule.check.code] for rule in part])) for theme, part in parts]


def next_action(head: Head, tasks: Sequence[TaskLine], actor: Actor) -> Next | None:
    """My own task first, then one my team can take, then the first thing nobody asked for yet."""
    if head.stage is Stage.VRIJGEGEVEN and actor.role is Role.HOORMEDEWERKER:
        return Next(_("Naar het gehoor"), to_gehoor=True)
    if head.stage in CLOSED or not may_work(actor):
        return None
    mine = [task for task in tasks if task.is_open and task.assignee_id == actor.id]
    free = [task for task in tasks if task.is_open and task.assignee_id is None and task.team in actor.teams]
    for task in (*mine, *free):
        return Next(task.name, task_id=task.id)
    for code, verdict in head.verdicts.items():
        if mark(verdict) == "b" and verdict["partij"] != OURSELVES:
            return Next(_("Opvragen bij %(partij)s", partij=verdict["partij"]), anchor=code)
    return None


def _title(head: Head, blocking: int) -> str:
    ended = {
        Stage.AANVAARD: _("Aanvaard: het dossier is bij de hoormedewerker"),
        Stage.DUBLIN: _("Gesloten: het dossier is naar de Dublinprocedure"),
        Stage.AFGEBROKEN: _("Gesloten: de voorbereiding is afgebroken"),
        Stage.AFGEROND: _("Gesloten: de voorbereiding is afgerond"),
    }
    if head.stage in ended:
        return str(ended[head.stage])
    if blocking:
        return str(
            ngettext(
                "Nog niet behandelklaar: %(num)d punt blokkeert", "Nog niet behandelklaar: %(num)d punten blokkeren",
                blocking,
            )
        )  # fmt: skip
    if head.stage is Stage.VRIJGEGEVEN:
        return str(_("Vrijgegeven voor het gehoor: niets blokkeert"))
    return str(_("Behandelklaar: niets blokkeert"))


def _sentence(blocking: Mapping[str, Json], actor: Actor, tasks: Sequence[TaskLine]) -> str:
    """ "1 punt kunt u nu zelf doen, 3 punten volgen daarna, 2 punten zijn aan MediFirst, 1 punt wacht op KMar." """
    own, others, waiting = [], [], []
    for code, verdict in blocking.items():
        if mark(verdict) == "w":
            waiting.append(whom(verdict["partij"]))
        elif verdict["partij"] == OURSELVES:
            own.append(any(task.is_open and task.serves(code, verdict["task"]) for task in tasks))
        else:
            others.append(verdict["partij"])
    parts = list(_own(own.count(True), own.count(False), may_work(actor) and actor.role is not Role.HOORMEDEWERKER))
    for partij in dict.fromkeys(others):
        count = others.count(partij)
        parts.append(
            ngettext("%(num)d punt is aan %(partij)s", "%(num)d punten zijn aan %(partij)s", count, partij=partij)
        )
    for partij in dict.fromkeys(waiting):
        count = waiting.count(partij)
        parts.append(
            ngettext("%(num)d punt wacht op %(partij)s", "%(num)d punten wachten op %(partij)s", count, partij=partij)
        )
    return ", ".join(parts) + "." if parts else ""


def _own(now: int, later: int, by_reader: bool) -> Iterator[str]:
    """What is our own work: `now` has an open task, `later` gets one when the process is there."""
    if now and by_reader:
        yield ngettext("%(num)d punt kunt u nu zelf doen", "%(num)d punten kunt u nu zelf doen", now)
    elif now:
        yield ngettext("%(num)d punt is aan het bedrijfsbureau", "%(num)d punten zijn aan het bedrijfsbureau", now)
    if later and now:
        yield ngettext("%(num)d punt volgt daarna", "%(num)d punten volgen daarna", later)
    elif later:
        yield ngettext("%(num)d punt volgt later in het proces", "%(num)d punten volgen later in het proces", later)


def _why_not(head: Head, blocking: int) -> str:
    if head.stage not in IN_PREPARATION or not blocking:
        return ""
    return str(
        ngettext(
            "Vrijgeven kan als dit punt is opgelost.", "Vrijgeven kan als deze %(num)d punten zijn opgelost.", blocking
        )
    )

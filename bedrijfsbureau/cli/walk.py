"""Living a sample dossier: stukken come in and tasks are done, each with what the complete dossier says."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bedrijfsbureau.actions import gehoren, stukken, tasks, verzoeken, vrijstellingen
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.cli import papers
from bedrijfsbureau.cli.stories import Story
from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.dossiersoort import Dossiersoort
from bedrijfsbureau.forms import Form
from bedrijfsbureau.model import SYSTEM, Actor, Dossier, Medewerker, Role, Stage, Task, TaskStatus

STEP = timedelta(minutes=50)
BEGIN, END = time(8, 35), time(16, 30)  # of a working day
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MOST_STEPS = 100
ON_PAPER = frozenset({"screeningsformulier", "aanvraagformulier"})  # the others lie elsewhere, as many do
LET_GO_FOR = timedelta(days=60)
JUDGE_STUK = "t_stuk_beoordelen"  # what came in has been looked at in every story


class Walk:
    """One dossier, led by one colleague, until its story is told."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        dossier_id: int,
        soort: Dossiersoort,
        complete: Mapping[str, Any],
        story: Story,
    ) -> None:
        self.database, self.actor, self.dossier_id, self.soort, self.story = database, actor, dossier_id, soort, story
        self.gegevens = complete["gegevens"]
        self.stukken = [stuk for stuk in complete["stukken"] if stuk["soort"] not in story.without]
        self.at = datetime.min

    def go(self, begin: datetime, end: datetime) -> None:
        """Do what the story tells between these moments; the last steps share the last moment when time runs out."""
        self.at, self.end = begin, end
        for stuk in self.stukken if self.story.only != frozenset() else ():
            self._add_stuk(stuk)
        for code in self.story.ask if self.story.fresh else ():
            self._do(verzoeken.ask, self.dossier_id, code)
        if self.story.let_go:
            self._let_go(self.story.let_go)
        self._work()
        for code in () if self.story.fresh else self.story.ask:
            self._do(verzoeken.ask, self.dossier_id, code)
        self._finish()

    def _work(self) -> None:
        for _ in range(MOST_STEPS):
            task = self._next_task()
            if task is None:
                break
            self._do(tasks.complete, task[0], self._fill(task[1]))

    def _let_go(self, code: str) -> None:
        until = (self.end + LET_GO_FOR).date()
        reason = "De advocaat is bekend bij de Raad voor Rechtsbijstand."
        self._do(vrijstellingen.grant, self.dossier_id, code, reason, until, "Blijkt uit een ander stuk")

    def _do(self, action: Any, *arguments: Any, actor: Actor | None = None, **more: Any) -> None:
        self.at = min(_later(self.at), self.end)
        perform(self.database, actor or self.actor, self.at, action, *arguments, **more)

    def _add_stuk(self, stuk: Mapping[str, Any]) -> None:
        received = stuk.get("ontvangen_op")
        paper: dict[str, Any] = {}
        kind = self.soort.stukken[stuk["soort"]]
        if stuk["soort"] in ON_PAPER:
            lines = [f"Naam: {self.story.naam}", f"Ontvangen: {received or self.at.date()}"]
            stored = papers.keep(self.database, kind.name, lines)
            paper = {"stored": stored, "filename": f"{stuk['soort']}.pdf", "media_type": papers.MEDIA_TYPE}
        self._do(
            stukken.add_stuk,
            self.dossier_id,
            soort=stuk["soort"],
            received_on=date.fromisoformat(received) if received else self.at.date(),
            source=stuk.get("van") or kind.party,
            gegevens=stuk.get("gegevens") or {},
            **paper,
        )

    def _next_task(self) -> tuple[str, Form | None] | None:
        """The oldest open task that this story does, with its form."""
        with reading(self.database, SYSTEM, self.at) as tx:
            is_open = select(Task).where(Task.dossier_id == self.dossier_id, Task.status == TaskStatus.OPEN)
            dossier = tx.session.get_one(Dossier, self.dossier_id)
            kind = load_kind(tx, dossier.process_version_id, dossier.policy_version_id)
            for task in tx.session.scalars(is_open.order_by(Task.opened_at, Task.element)):
                chosen = self.story.only is None or task.element in self.story.only or task.element == JUDGE_STUK
                if chosen and task.element not in self.story.leave:
                    return task.id, kind.forms[task.form] if task.form else None
        return None

    def _fill(self, form: Form | None) -> dict[str, Any]:
        """Every field of the form as the complete dossier has it."""
        found = {}
        for field in form.fields if form else ():
            group, _, name = field.path.partition(".")
            value = (self.gegevens.get(group) or {}).get(name) if name else self.gegevens.get(group)
            if value is not None and not field.computed:
                found[field.path] = value
        return found

    def _finish(self) -> None:
        with reading(self.database, SYSTEM, self.at) as tx:
            released = tx.session.get_one(Dossier, self.dossier_id).stage == Stage.VRIJGEGEVEN
            hana = tx.session.scalar(select(Medewerker.id).where(Medewerker.username == "hana"))
        officer = Actor(hana, "Hana Vermeer", Role.HOORMEDEWERKER)
        if released and "send back" in self.story.ending:
            self._do(gehoren.send_back, self.dossier_id, *self.story.returned, actor=officer)
        if released and self.story.ending == "send back, accept":
            talked = {"gesprek_op": self.at.date().isoformat(), "besluit": "heropend"}
            self.gegevens = {**self.gegevens, "retour": talked}
            self._work()
        if released and "accept" in self.story.ending:
            self._do(gehoren.accept, self.dossier_id, actor=officer)


def _later(at: datetime) -> datetime:
    """The next moment that someone does something: within working hours, and not at the weekend."""
    local = (at + STEP).astimezone(AMSTERDAM)
    if local.time() < BEGIN:
        local = datetime.combine(local.date(), BEGIN, AMSTERDAM)
    if local.time() > END:
        local = datetime.combine(local.date() + timedelta(days=1), BEGIN, AMSTERDAM)
    while local.weekday() > 4:
        local = datetime.combine(local.date() + timedelta(days=1), BEGIN, AMSTERDAM)
    return local.astimezone(UTC)

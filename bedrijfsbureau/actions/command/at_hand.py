"""The dossier at hand: its rows, what it looks like to checks and conditions, and the ways to change it.

One command works on one `AtHand`: loaded once under the row lock, changed through its methods, settled once
(`settle.py`). What checks and FEEL see is computed when asked and forgotten at every change; a change says what it
touched, and only the checks and decisions that look at that are asked again.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cached_property
from importlib.metadata import version
from typing import Any
from zoneinfo import ZoneInfo

from bedrijfsbureau import checks, engine
from bedrijfsbureau.actions.command import history
from bedrijfsbureau.actions.command.access import WORKS_ON_DOSSIERS, require_role
from bedrijfsbureau.actions.command.parts import read_parts, relaties_of
from bedrijfsbureau.actions.command.unwritten import Unwritten
from bedrijfsbureau.actions.command.verdicts import kept_verdicts
from bedrijfsbureau.actions.kinds.expiring import last_days, look_after
from bedrijfsbureau.actions.kinds.kind import Kind, load_kind
from bedrijfsbureau.actions.kinds.view import shown_by, view_of
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotAwaited, NotFound
from bedrijfsbureau.model import Base, Dossier, Event, Json, Relatie, Termijn, Verzoek, Vrijgave
from bedrijfsbureau.queries.access import may_see_locatie

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
RELEASE = version("bedrijfsbureau")
ANSWER = "antwoord_ontvangen"


class AtHand:
    def __init__(self, tx: Tx, dossier: Dossier, kind: Kind, unwritten: Unwritten) -> None:
        self.tx = tx
        self.dossier = dossier
        self.kind = kind
        self.unwritten = unwritten
        self.relaties: list[Json] = []
        self.termijnen: dict[str, Termijn] = {}
        self.vrijgave: Vrijgave | None = None  # the one that counts: not withdrawn, not returned, not accepted
        self.instance: engine.Instance | None = None
        fresh = dossier.judged == self.judged
        none: list[checks.Verdict | None] = [None] * len(kind.policy.rules)
        self._verdicts = kept_verdicts(kind.policy, dossier) if fresh else none
        self._unjudged = {n for n, verdict in enumerate(self._verdicts) if verdict is None} | kind.checking.always
        self.judged_now: set[int] = set()  # rules of the policy of which the verdict was reached in this command
        self.undecided = set(kind.deciding.always if fresh else kind.deciding.all)  # decisions to be taken (again)
        self.closing: dict[str, str] = {}  # task id -> why it ends in this command
        self.answers: list[str] = []  # checks whose open verzoek a stuk that came in may answer
        self.sent: list[tuple[str, str | None, Json]] = []  # messages the process sent: name, key, local data
        self.cause = ""  # what made checks open again, in Dutch, for the sentence about a setback
        self.told = False  # whether the process told the people of the gehoor already
        self.lapsing = "het proces is hier niet meer"  # why any other task ends in it
        self.timers_before: dict[str, datetime] = {}  # timer id -> due, as the rows of due work have it

    @cached_property
    def today(self) -> date:
        return self.tx.now.astimezone(AMSTERDAM).date()

    @property
    def judged(self) -> str:
        """What the verdicts hold for beside the record: on another day or under another policy all are judged again."""
        return f"{self.today} {self.dossier.policy_version_id} {RELEASE}"

    @cached_property
    def parsed(self) -> Json:
        """The record as FEEL sees it; `write` keeps it true."""
        return self.kind.soort.record.read(self.dossier.gegevens)

    def _parse_again(self, groups: set[str]) -> None:
        if "parsed" in self.__dict__:
            changed = {group: self.dossier.gegevens.get(group) for group in groups}
            self.parsed = {**self.parsed, **self.kind.soort.record.only(groups).read(changed)}

    @cached_property
    def view(self) -> checks.DossierView:
        return view_of(self.dossier, self.parsed, self.kind, self.relaties, self.today)

    @cached_property
    def verdicts(self) -> tuple[checks.Verdict, ...]:
        """In the order of the policy."""
        view, rules, show = self.view, self.kind.policy.rules, shown_by(self.kind.soort.record)
        for number in self._unjudged:
            self._verdicts[number] = checks.judge(rules[number], view, show)
        self.judged_now |= self._unjudged
        self._unjudged = set()
        return tuple(verdict for verdict in self._verdicts if verdict is not None)

    def verdict(self, code: str) -> checks.Verdict | None:
        number = self.kind.policy.places.get(code)
        return None if number is None else self.verdicts[number]

    @cached_property
    def blocking(self) -> tuple[checks.Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.blocks)

    @cached_property
    def readiness(self) -> checks.Readiness:
        return checks.readiness(self.blocking)

    @cached_property
    def record_context(self) -> Mapping[str, Any]:
        """The names that need no verdicts: what the record says, and what decisions found."""
        return {**self.view.context, **{name: result["outcome"] for name, result in self.dossier.results.items()}}

    @cached_property
    def context(self) -> Mapping[str, Any]:
        """The names a condition, timer or decision may use; token-local data comes on top of it in `Host`."""
        readiness = self.readiness
        return {
            **self.record_context,
            "gereedheid": {
                "planbaar": readiness.planbaar,
                "behandelklaar": readiness.behandelklaar,
                "open_P": readiness.open_p,
                "open_B": readiness.open_b,
            },
            "open_taken": checks.open_tasks(self.verdicts),
        }

    def changed(self, *names: str, codes: Collection[str] = ()) -> None:
        """What checks or conditions can see has changed: these record paths or names, and what is known of the checks
        `codes`; without any, it may be anything. Looked at again when next asked."""
        checking, deciding = self.kind.checking, self.kind.deciding
        anything = not names and not codes
        self._unjudged |= checking.all if anything else checking.of(names) | self.kind.policy.numbers(codes)
        self.undecided |= deciding.all if anything else deciding.of(names)
        for name in ("view", "verdicts", "blocking", "readiness", "record_context", "context"):
            self.__dict__.pop(name, None)

    def go_over(self, kind: Kind) -> None:
        """From here on judged by another policy, or by another process: everything is asked again."""
        self.kind = kind
        self.__dict__.pop("parsed", None)
        self._verdicts = [None] * len(kind.policy.rules)
        self._unjudged, self.judged_now = set(), set()
        self.changed()
        self.undecided = set(kind.deciding.all)

    def write(self, changes: Mapping[str, Any], **because: Any) -> None:
        """Set record fields (path -> JSON value); what really changed goes into the history with old and new value."""
        gegevens = {
            group: dict(fields) if isinstance(fields, dict) else fields
            for group, fields in self.dossier.gegevens.items()
        }
        differences = []
        for path, new in changes.items():
            group, _, field = path.partition(".")
            holder, key = (gegevens.setdefault(group, {}), field) if field else (gegevens, group)
            if holder.get(key) != new:
                differences.append({"path": path, "old": holder.get(key), "new": new})
                holder[key] = new
        if differences:
            self.dossier.gegevens = gegevens
            self._parse_again({difference["path"].partition(".")[0] for difference in differences})
            self.record("gegevens_gewijzigd", changes=differences, **because)
            for day in set(last_days(differences, self.kind.lapsing)):
                look_after(self.tx, self.dossier.id, day)
            self.changed(*(difference["path"] for difference in differences))

    def record(self, kind: str, **data: Any) -> None:
        self.unwritten.add_values(Event, history.next_event(self.tx, self.dossier, kind, data))

    def is_awaited(self, message: str, key: str | None = None) -> bool:
        awaited = self.instance.awaited if self.instance else ()
        return any(a.message == message and (a.key is None or a.key == key) for a in awaited)

    def deliver(self, message: str, key: str | None = None, local: Json | None = None) -> None:
        """Hand a message to the process. Raises NotAwaited, with the reason in the history by the caller."""
        if self.instance is None:
            raise NotAwaited("Dit dossier heeft geen lopend proces meer.")
        if message == ANSWER and key is not None and (verzoek := self.verzoek(key)) is not None:
            verzoek.answered_at = self.tx.now  # whatever way it came: nobody is reminded of it any more
        self.instance.deliver(message, key, local or {})

    def verzoek(self, code: str) -> Verzoek | None:
        """The open verzoek for this check, else the latest one."""
        mine = [v for v in self.dossier.verzoeken if v.code == code]
        return next((v for v in mine if v.is_open), mine[-1] if mine else None)


def load(tx: Tx, key: int | str, owner: type[Base] = Dossier) -> AtHand:
    """Lock the dossier, by its id or by that of a row that belongs to it, and read all a command may look at.

    Raises NotFound when the actor may not see it, Forbidden when the role does not work on dossiers.
    """
    at_hand = look(tx, key, owner)
    require_role(tx, *WORKS_ON_DOSSIERS)
    return at_hand


def look(tx: Tx, key: int | str, owner: type[Base] = Dossier) -> AtHand:
    """`load` for who reads only: in a transaction that reads nothing is locked. Raises NotFound."""
    parts = read_parts(tx, owner, key)
    if parts is None or not may_see_locatie(tx.actor, parts[Dossier][0].locatie_id):
        raise NotFound
    dossier: Dossier = parts[Dossier][0]
    tx.touched.append(dossier.id)
    unwritten = Unwritten(row for part, rows in parts.items() if part is not Relatie for row in rows)
    kind = load_kind(tx, dossier.process_version_id, dossier.policy_version_id)
    at_hand = AtHand(tx, dossier, kind, unwritten)
    at_hand.relaties = relaties_of(parts)
    at_hand.termijnen = {termijn.kind: termijn for termijn in parts[Termijn]}
    at_hand.vrijgave = next(iter(parts[Vrijgave]), None)
    return at_hand

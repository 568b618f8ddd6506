"""The dossier at hand: its rows, what it looks like to checks and conditions, and the ways to change it.

One command works on one `AtHand`: loaded once under the row lock, changed through its methods, settled once
(`settle.py`). What checks and FEEL see is computed when asked and forgotten at every change, so nothing can be stale.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ScalarSelect, select

from bedrijfsbureau import checks, engine
from bedrijfsbureau.actions import history
from bedrijfsbureau.actions.access import WORKS_ON_DOSSIERS, require_role
from bedrijfsbureau.actions.kind import Kind, load_kind
from bedrijfsbureau.actions.parts import read_parts, relaties_of
from bedrijfsbureau.actions.view import shown_by, view_of
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotAwaited, NotFound
from bedrijfsbureau.model import Dossier, Json, Termijn, Verzoek, Vrijgave
from bedrijfsbureau.queries.access import dossiers_visible_to

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class AtHand:
    def __init__(self, tx: Tx, dossier: Dossier, kind: Kind) -> None:
        self.tx = tx
        self.dossier = dossier
        self.kind = kind
        self.relaties: list[Json] = []
        self.termijnen: dict[str, Termijn] = {}
        self.vrijgave: Vrijgave | None = None  # the one that counts: not withdrawn, not returned, not accepted
        self.instance: engine.Instance | None = None
        self.computed_for: checks.DossierView | None = None  # the record that terms and decisions were worked out for
        self.closing: dict[str, str] = {}  # task id -> why it ends in this command
        self.answers: list[str] = []  # checks whose open verzoek a stuk that came in may answer
        self.sent: list[tuple[str, str | None, Json]] = []  # messages the process sent: name, key, local data
        self.lapsing = "het proces is hier niet meer"  # why any other task ends in it
        self.timers_before: dict[str, datetime] = {}  # timer id -> due, as the rows of due work have it

    @property
    def today(self) -> date:
        return self.tx.now.astimezone(AMSTERDAM).date()

    @cached_property
    def view(self) -> checks.DossierView:
        return view_of(self.dossier, self.kind, self.relaties, self.today)

    @cached_property
    def verdicts(self) -> tuple[checks.Verdict, ...]:
        return checks.evaluate(self.kind.policy, self.view, shown_by(self.kind.soort.record))

    @cached_property
    def readiness(self) -> checks.Readiness:
        return checks.readiness(self.verdicts)

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

    def changed(self) -> None:
        """Something that checks or conditions can see has changed: look again when next asked."""
        for name in ("view", "verdicts", "readiness", "record_context", "context"):
            self.__dict__.pop(name, None)

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
            self.record("gegevens_gewijzigd", changes=differences, **because)
            self.changed()

    def record(self, kind: str, **data: Any) -> None:
        history.record(self.tx, self.dossier, kind, **data)

    def is_awaited(self, message: str, key: str | None = None) -> bool:
        awaited = self.instance.awaited if self.instance else ()
        return any(a.message == message and (a.key is None or a.key == key) for a in awaited)

    def deliver(self, message: str, key: str | None = None, local: Json | None = None) -> None:
        """Hand a message to the process. Raises NotAwaited, with the reason in the history by the caller."""
        if self.instance is None:
            raise NotAwaited("Dit dossier heeft geen lopend proces meer.")
        self.instance.deliver(message, key, local or {})

    def verzoek(self, code: str) -> Verzoek | None:
        """The open verzoek for this check, else the latest one."""
        mine = [v for v in self.dossier.verzoeken if v.code == code]
        return next((v for v in mine if v.is_open), mine[-1] if mine else None)


def load(tx: Tx, dossier_id: int | ScalarSelect[int]) -> AtHand:
    """Lock the dossier, then read all a command may look at, in two statements.

    Raises NotFound when the actor may not see it, Forbidden when the role does not work on dossiers.
    """
    mine = select(Dossier).where(Dossier.id == dossier_id, dossiers_visible_to(tx.actor)).with_for_update()
    dossier = tx.session.scalar(mine, execution_options={"populate_existing": True})
    if dossier is None:
        raise NotFound
    require_role(tx, *WORKS_ON_DOSSIERS)
    tx.session.info.setdefault("touched", []).append(dossier.id)
    at_hand = AtHand(tx, dossier, load_kind(tx, dossier.process_version_id, dossier.policy_version_id))
    rows = read_parts(tx, dossier)
    at_hand.relaties = relaties_of(rows)
    at_hand.termijnen = {termijn.kind: termijn for termijn in rows[Termijn]}
    at_hand.vrijgave = next(iter(rows[Vrijgave]), None)
    return at_hand

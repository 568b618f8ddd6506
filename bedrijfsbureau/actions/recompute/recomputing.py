"""Recomputing one rule for every open dossier, a page at a time: read together, computed pure, written together.

A rule of law changes for all at once, so this does not load each dossier as a command does. What else depends on the
date (a field, the priority, what tasks are due) is looked at again by the worker, for those dossiers only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, cast

from sqlalchemy import Select, literal_column, select, true, type_coerce
from sqlalchemy.dialects.postgresql import JSONB

from bedrijfsbureau.actions.command import history
from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.command.bulk import insert_all, update_all
from bedrijfsbureau.actions.command.terms import BESLISTERMIJNEN, columns_of
from bedrijfsbureau.actions.command.unwritten import table_of
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, DueWork, Event, Json, Termijn, TermijnRun, TermijnRunRow, WorkKind
from bedrijfsbureau.termijnen import Rule
from bedrijfsbureau.termijnen.on_record import Worked, work_out

GROUND = "route.niet_ontvankelijk_grond"
URGENT, WARNED, NEITHER = 1, 2, 3
TERMS, DOSSIERS = table_of(Termijn), table_of(Dossier)
STALE = "?"  # as long as what it stands for: SQLite then writes only the pages of a dossier that differ


@dataclass
class Chain:
    """The end of a dossier's history, as `history.next_event` moves it on."""

    id: int
    event_count: int
    event_hash: str


class Found(NamedTuple):
    """One term of one dossier, and what its rule reads of the record."""

    chain: Chain
    locatie_id: int
    versions: tuple[int, int]  # of process and policy
    beslistermijn: date | None
    judged: str
    kind: str
    due_on: date | None
    rule_version: int | None
    windows: tuple[date | None, date | None]
    met_on: date | None
    facts: list[Json]
    gegevens: Json


class Change(NamedTuple):
    """What recomputing makes of it."""

    found: Found
    columns: Json

    @property
    def moves(self) -> bool:
        return bool(self.columns["due_on"] != self.found.due_on)

    def becomes_overdue(self, today: date) -> bool:
        old, new = self.found.due_on, self.columns["due_on"]
        is_over = new is not None and new < today and self.columns["met_on"] is None
        return is_over and (old is None or old >= today)


@dataclass
class Recompute:
    """A rule on its way through the dossiers. Equal records without facts are worked out once: `known`."""

    tx: Tx
    rule: Rule
    known: dict[Any, Json] = field(default_factory=dict)

    @cached_property
    def today(self) -> date:
        return self.tx.now.astimezone(AMSTERDAM).date()

    def page(self, after: int, size: int, *, lock: bool) -> list[Found]:
        """Terms of this rule in open dossiers beyond `after`, in order."""
        query = self._terms().where(Termijn.rule == self.rule.key, Dossier.closed_at.is_(None))
        query = query.where(Dossier.id > after).order_by(Dossier.id).limit(size)
        return self._read(query, lock)

    def undone_page(self, run_id: int, after: int, size: int) -> tuple[list[Found], dict[int, int | None]]:
        """Those that a run changed, and the version that each had before."""
        row = TermijnRunRow
        query = select(row.dossier_id, row.old_version, row.new_version).where(row.run_id == run_id)
        query = query.where(row.dossier_id > after).order_by(row.dossier_id).limit(size)
        rows = {each.dossier_id: each for each in self.tx.connection.execute(query)}
        of = self._terms().where(Termijn.rule == self.rule.key, Dossier.id.in_(list(rows)))
        terms = self._read(of.order_by(Dossier.id), lock=True)
        return terms, {id: each.old_version for id, each in rows.items()}

    def changes(self, page: Iterable[Found], kept: Mapping[int, int | None] | None = None) -> Iterator[Change]:
        """Those whose date or version becomes another. `kept`: the version to go back to, by dossier."""
        for found in page:
            columns = self._columns(found, kept.get(found.chain.id) if kept else None)
            if columns and (columns["due_on"], columns["rule_version"]) != (found.due_on, found.rule_version):
                yield Change(found, columns)

    def write(self, changes: Sequence[Change], run: TermijnRun) -> None:
        if not changes:
            return
        stale = [self._matters(change) for change in changes]
        connection, values = self.tx.connection, list(map(self._values, changes, [run] * len(changes), stale))
        terms = [({"dossier_id": each.found.chain.id, "kind": each.found.kind}, each.columns) for each in changes]
        update_all(connection, TERMS, terms)
        dossiers = [({"id": each["row"]["dossier_id"]}, each["dossier"]) for each in values]
        update_all(connection, DOSSIERS, dossiers, count_up="version")
        insert_all(connection, table_of(Event), [each["event"] for each in values])
        insert_all(connection, table_of(TermijnRunRow), [each["row"] for each in values])
        if reviews := [self._review(change, run) for change, again in zip(changes, stale, strict=True) if again]:
            insert_all(connection, table_of(DueWork), reviews)

    def _terms(self) -> Select[Any]:
        return _terms(self.rule.reads, self.tx.connection.dialect.name == "postgresql")

    def _read(self, query: Select[Any], lock: bool) -> list[Found]:
        if lock:
            query = query.with_for_update(of=Dossier)
        paths = sorted({*self.rule.reads, GROUND})
        return [_found(row, paths) for row in self.tx.connection.execute(query)]

    def _columns(self, found: Found, kept: int | None) -> Json | None:
        policy = load_kind(self.tx, *found.versions).policy
        key = (found.versions, kept, *found.gegevens.items()) if not found.facts else None
        if key is None or key not in self.known:
            gegevens = _nested(found.gegevens)
            worked = work_out(self.rule, gegevens, policy.instellingen, found.facts, kept)
            columns = columns_of(worked, gegevens, self.today) if isinstance(worked, Worked) else {}
            if key is None:
                return columns
            self.known[key] = columns
        return self.known[key]

    def _values(self, change: Change, run: TermijnRun, is_stale: bool) -> dict[str, Json]:
        found, columns = change.found, change.columns
        old, new = found.due_on, columns["due_on"]
        data = {
            "term": found.kind, "old": old and old.isoformat(), "new": new and new.isoformat(), "rule": self.rule.key,
            "version": columns["rule_version"], "batch": run.id, "by": run.started_by,
            "why": [step["text"] for step in columns["content"]["steps"]],
        }  # fmt: skip
        chain = found.chain
        event = history.next_event(self.tx, cast(Dossier, chain), "termijn_berekend", data)
        steers = new if found.kind in BESLISTERMIJNEN else found.beslistermijn
        return {
            "event": event,
            "dossier": {
                "event_count": chain.event_count, "event_hash": chain.event_hash,
                "beslistermijn": steers, "judged": STALE * len(found.judged) if is_stale else found.judged,
            },
            "row": {
                "run_id": run.id, "dossier_id": chain.id, "kind": found.kind, "old_on": old, "new_on": new,
                "old_version": found.rule_version, "new_version": columns["rule_version"],
            },
        }  # fmt: skip

    def _matters(self, change: Change) -> bool:
        """A field of the record carries this date, or it makes the dossier more or less urgent today: then all of it is
        judged again, by the worker or by the first command that comes before."""
        windows = change.columns["warn_on"], change.columns["urgent_on"]
        before, after = _level(change.found.windows, self.today), _level(windows, self.today)
        fields = load_kind(self.tx, *change.found.versions).soort.conduct.term_fields
        return change.moves and (before != after or change.found.kind in fields)

    def _review(self, change: Change, run: TermijnRun) -> Json:
        return {
            "kind": WorkKind.REVIEW, "dossier_id": change.found.chain.id, "reference": f"termijnen:{run.id}",
            "payload": {}, "due_at": self.tx.now, "attempts": 0, "next_try_at": None, "claimed_by": None,
            "claimed_until": None, "done_at": None, "error": None,
        }  # fmt: skip


_ONCE = select(type_coerce(Dossier.gegevens.op("||")(literal_column("'{}'")), JSONB).label("gegevens"))
_RECORD = _ONCE.correlate(Dossier).offset(0).lateral("record")
"""PostgreSQL unpacks a large JSON anew for each path that is asked of it; this has it unpacked once."""


def _terms(reads: Iterable[str], on_postgresql: bool) -> Select[Any]:
    """Of the record only what the rule reads: the whole of it costs more to send than all the rest."""
    paths = sorted({*reads, GROUND})
    gegevens: Any = _RECORD.c.gegevens if on_postgresql else Dossier.gegevens
    values = [gegevens[tuple(path.split("."))].as_string() for path in paths]
    columns: list[Any] = [
        Dossier.id, Dossier.event_count, Dossier.event_hash, Dossier.locatie_id, Dossier.process_version_id,
        Dossier.policy_version_id, Dossier.beslistermijn, Dossier.judged, Termijn.kind, Termijn.due_on,
        Termijn.rule_version, Termijn.warn_on, Termijn.urgent_on, Termijn.met_on, Termijn.facts,
    ]  # fmt: skip
    found = select(*columns, *values).select_from(Dossier).join(Termijn, Termijn.dossier_id == Dossier.id)
    return found.join(_RECORD, true()) if on_postgresql else found


def _found(row: Any, paths: Sequence[str]) -> Found:
    (
        dossier_id, count, head, locatie_id, process_id, policy_id, beslistermijn, judged, kind, due_on, version,
        warn_on, urgent_on, met_on, facts, *values,
    ) = row  # fmt: skip
    gegevens = dict(zip(paths, values, strict=True))
    versions = (process_id, policy_id)
    return Found(
        Chain(dossier_id, count, head), locatie_id, versions, beslistermijn, judged, kind, due_on,
        version, (warn_on, urgent_on), met_on, facts, gegevens,
    )  # fmt: skip


def _nested(flat: Mapping[str, Any]) -> Json:
    made: Json = {}
    for path, value in flat.items():
        group, _, name = path.partition(".")
        made.setdefault(group, {})[name] = value
    return made


def _level(windows: tuple[date | None, date | None], today: date) -> int:
    warn_on, urgent_on = windows
    if urgent_on and urgent_on <= today:
        return URGENT
    return WARNED if warn_on and warn_on <= today else NEITHER

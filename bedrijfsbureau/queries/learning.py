"""What returns and vrijstellingen say about the checks: which let through what came back, and which are let go often.

Counted over vrijgaven, as they were sealed: a check is missed when it was green or vrijgesteld at the vrijgave and the
hearing officer sent the dossier back on it. Only numbers: nothing here says who did what.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from bedrijfsbureau.checks import State
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Forbidden
from bedrijfsbureau.model import Dossier, PolicyVersion, Role, Vrijgave
from bedrijfsbureau.queries.access import dossiers_counted_for, dossiers_visible_to

SEES_LEARNING = frozenset({Role.PROCESEIGENAAR, Role.MANAGER, Role.AUDITOR})
MOST_RETURNS = 50
MINIMUM = 20  # vrijgaven below which a share says nothing; no source fixes it
GREEN = (State.VOLDAAN.value, State.VRIJGESTELD.value)
CODED = re.compile(r"\w+")
NAMES = ("code", "state", "title")  # of a verdict in the sealed content
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Tally:
    """Vrijgaven in which the check applied; of those how many let it go, were sent back on it, and let that through."""

    applied: int = 0
    waived: int = 0
    returned: int = 0
    missed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.applied + other.applied, self.waived + other.waived, self.returned + other.returned,
            self.missed + other.missed,
        )  # fmt: skip

    @property
    def tells(self) -> bool:
        """Whether anything came back on it or was let go."""
        return bool(self.missed or self.waived)

    @property
    def missed_share(self) -> float | None:
        return self._share(self.missed)

    @property
    def waived_share(self) -> float | None:
        return self._share(self.waived)

    def _share(self, part: int) -> float | None:
        """None: too few to tell."""
        return part / self.applied if self.applied >= MINIMUM else None


@dataclass(frozen=True)
class Row:
    """One check of one dossiersoort. `versions`: by number of the policy; `months`: by "2026-11", the oldest first;
    `reasons`: code of the reason -> how often it came back for that."""

    dossiersoort: str
    code: str
    title: str
    total: Tally
    versions: Mapping[int, Tally]
    months: Mapping[str, Tally]
    reasons: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Return:
    """A dossier that came back on a check. `missed`: the check was green, or let go, at the vrijgave."""

    dossier_id: int
    number: str
    released_at: datetime
    returned_at: datetime
    reason: str
    missed: bool


@dataclass(frozen=True)
class Period:
    """Both days included, of the vrijgave."""

    first: date
    last: date

    @property
    def months(self) -> list[str]:
        found, day = [], self.first.replace(day=1)
        while day <= self.last:
            found.append(f"{day:%Y-%m}")
            day = (day + timedelta(days=31)).replace(day=1)
        return found


def rows(tx: Tx, soort: str, period: Period, version: int | None = None) -> list[Row]:
    """Of every check that applied in a vrijgave, what was missed most first. Two statements. Raises Forbidden."""
    require_learning(tx)
    found: dict[str, list[Any]] = {}
    for line in tx.session.execute(_counts(tx, soort, period, version)):
        found.setdefault(line.code, []).append(line)
    reasons = _reasons(tx, soort, period, version)
    made = [_row(soort, code, lines, period, reasons.get(code, {})) for code, lines in found.items()]
    return sorted(made, key=lambda row: (-row.total.missed, -row.total.returned, -row.total.waived, row.code))


def by_code(tx: Tx, soort: str, period: Period, version: int | None = None) -> dict[str, Row]:
    """For beside the rows of a policy; empty for a role that does not see them."""
    may_see = tx.actor.is_system or tx.actor.role in SEES_LEARNING
    return {row.code: row for row in rows(tx, soort, period, version)} if may_see else {}


def returns(tx: Tx, soort: str, period: Period, code: str) -> list[Return]:
    """The last MOST_RETURNS dossiers that came back on this check, of those that the actor may open, newest first.
    Raises Forbidden."""
    require_learning(tx)
    query = (
        select(Dossier.id, Dossier.number, Vrijgave)
        .join(Dossier, Dossier.id == Vrijgave.dossier_id)
        .join(PolicyVersion, PolicyVersion.id == Vrijgave.policy_version_id)
        .where(*_within(tx, soort, period, None), dossiers_visible_to(tx.actor))
        .where(Vrijgave.returned_at.is_not(None), Vrijgave.return_code == code)
        .order_by(Vrijgave.returned_at.desc(), Vrijgave.id.desc())
        .limit(MOST_RETURNS)
    )
    return [
        Return(dossier_id, number, row.at, row.returned_at, _reason(row.return_reason), _was_green(row, code))
        for dossier_id, number, row in tx.session.execute(query)
        if row.returned_at is not None
    ]


def soorten(tx: Tx) -> list[str]:
    """Of which something was released, what was released most first."""
    query = select(Dossier.dossiersoort).join(Vrijgave, Vrijgave.dossier_id == Dossier.id)
    query = query.where(dossiers_counted_for(tx.actor)).group_by(Dossier.dossiersoort)
    return list(tx.session.scalars(query.order_by(func.count().desc(), Dossier.dossiersoort)))


def versions(tx: Tx, soort: str) -> list[int]:
    """Numbers of the policies under which something was released, the newest first."""
    query = select(PolicyVersion.number).join(Vrijgave, Vrijgave.policy_version_id == PolicyVersion.id).distinct()
    return sorted(tx.session.scalars(query.where(PolicyVersion.dossiersoort == soort)), reverse=True)


def last_year(today: date) -> Period:
    return Period((today - timedelta(days=365)).replace(day=1), today)


def require_learning(tx: Tx) -> None:
    if not tx.actor.is_system and tx.actor.role not in SEES_LEARNING:
        raise Forbidden("Leren van terugzendingen is voor de proceseigenaar, de manager en de auditor.")


def _row(soort: str, code: str, lines: Sequence[Any], period: Period, reasons: Mapping[str, int]) -> Row:
    by_version: dict[int, Tally] = {}
    by_month = {month: Tally() for month in period.months}
    for line in lines:
        tally = Tally(line.applied, line.waived, line.returned, line.missed)
        by_version[line.version] = by_version.get(line.version, Tally()) + tally
        by_month[line.month] = by_month.get(line.month, Tally()) + tally
    title = max((line for line in lines), key=lambda line: line.version).title
    total = sum(by_version.values(), Tally())
    return Row(soort, code, title, total, dict(sorted(by_version.items())), dict(sorted(by_month.items())), reasons)


def _counts(tx: Tx, soort: str, period: Period, version: int | None) -> Select[Any]:
    """By policy, month and check, from the verdicts in the sealed content: the database takes it apart."""
    code: Any
    state: Any
    title: Any
    month: Any
    if tx.database.engine.dialect.name == "postgresql":
        each = func.jsonb_array_elements(Vrijgave.content["verdicts"]).table_valued("value", joins_implicitly=True)
        code, state, title = (each.c.value.op("->>")(name) for name in NAMES)
        month = func.to_char(func.timezone("Europe/Amsterdam", Vrijgave.at), "YYYY-MM")
    else:
        each = func.json_each(Vrijgave.content, "$.verdicts").table_valued("value", joins_implicitly=True)
        code, state, title = (func.json_extract(each.c.value, f"$.{name}") for name in NAMES)
        month = func.strftime("%Y-%m", Vrijgave.at)
    is_returned = and_(Vrijgave.returned_at.is_not(None), Vrijgave.return_code == code)
    return (
        select(
            PolicyVersion.number.label("version"), month.label("month"), code.label("code"),
            func.max(title).label("title"), func.count().label("applied"),
            _count(state == State.VRIJGESTELD.value).label("waived"), _count(is_returned).label("returned"),
            _count(and_(is_returned, state.in_(GREEN))).label("missed"),
        )
        .select_from(Vrijgave)
        .join(PolicyVersion, PolicyVersion.id == Vrijgave.policy_version_id)
        .join(Dossier, Dossier.id == Vrijgave.dossier_id)
        .where(*_within(tx, soort, period, version), state != State.NIET_VAN_TOEPASSING.value)
        .group_by(PolicyVersion.number, month, code)
    )  # fmt: skip


def _reasons(tx: Tx, soort: str, period: Period, version: int | None) -> dict[str, dict[str, int]]:
    query = (
        select(Vrijgave.return_code, Vrijgave.return_reason, func.count())
        .join(PolicyVersion, PolicyVersion.id == Vrijgave.policy_version_id)
        .join(Dossier, Dossier.id == Vrijgave.dossier_id)
        .where(*_within(tx, soort, period, version), Vrijgave.returned_at.is_not(None))
        .group_by(Vrijgave.return_code, Vrijgave.return_reason)
    )
    found: dict[str, Counter[str]] = {}
    for code, reason, number in tx.session.execute(query):
        found.setdefault(code or "", Counter())[_reason(reason)] += number
    return {code: dict(counter.most_common()) for code, counter in found.items()}


def _reason(written: str | None) -> str:
    """Its code; "" for free text, of before there was a list."""
    return written if written and CODED.fullmatch(written) else ""


def _was_green(row: Vrijgave, code: str) -> bool:
    return any(verdict["code"] == code and verdict["state"] in GREEN for verdict in row.content["verdicts"])


def _within(tx: Tx, soort: str, period: Period, version: int | None) -> list[ColumnElement[bool]]:
    begin = datetime.combine(period.first, time.min, AMSTERDAM)
    end = datetime.combine(period.last + timedelta(days=1), time.min, AMSTERDAM)
    mine = [dossiers_counted_for(tx.actor), Dossier.dossiersoort == soort]
    conditions = [*mine, Vrijgave.at >= begin, Vrijgave.at < end]
    return conditions if version is None else [*conditions, PolicyVersion.number == version]


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

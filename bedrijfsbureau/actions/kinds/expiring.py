"""What goes out of date: the dossier is looked at as soon as the last day is over, as work of its own.

It is a row of due work, so a worker that was down does it when it is back, before the round of the night comes along.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bedrijfsbureau import checks
from bedrijfsbureau.checks.check import never
from bedrijfsbureau.database import Tx
from bedrijfsbureau.dossiersoort import Record
from bedrijfsbureau.dossiersoort.field import Type
from bedrijfsbureau.model import DueWork, WorkKind

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def look_after(tx: Tx, dossier_id: int, last_day: date) -> None:
    """At midnight in Amsterdam after `last_day`; asked twice it is planned once. A day that is over needs nothing."""
    if last_day < tx.now.astimezone(AMSTERDAM).date() or last_day.year >= 9999:
        return
    day = last_day + timedelta(days=1)
    row = {
        "kind": WorkKind.REVIEW, "dossier_id": dossier_id, "reference": f"verloopt {last_day.isoformat()}",
        "payload": {}, "due_at": datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM), "attempts": 0,
    }  # fmt: skip
    planned = tx.insert_once(DueWork).inline().values(row)
    tx.write_later(lambda connection: connection.execute(planned))


def lapsing_fields(policy: checks.Policy, record: Record) -> frozenset[str]:
    """Paths of dates, and of lists that hold one, that a check reads which can be "verlopen"."""
    read = {path for rule in policy.rules if rule.check.expired is not never for path in rule.check.reads}
    names = {".".join(path[:length]) for path in read for length in (1, 2) if len(path) >= length}
    return frozenset(
        field.path
        for field in record.fields()
        if field.path in names and (field.type is Type.DATUM or any(each.type is Type.DATUM for each in field.fields))
    )


def last_days(changes: Iterable[Mapping[str, Any]], lapsing: frozenset[str]) -> Iterator[date]:
    """The dates that were filled in by these changes ({path, new}) and can lapse."""
    for change in changes:
        if change["path"] in lapsing:
            yield from dates_in(change["new"])


def dates_in(value: Any) -> Iterator[date]:
    """Of a field, or of the rows of a list."""
    if isinstance(value, list):
        for each in value:
            yield from dates_in(each)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from dates_in(each)
    elif isinstance(value, str):
        try:
            yield date.fromisoformat(value)
        except ValueError:  # a text beside the date
            return

"""The receipt log: what happened to each aanvraag, and what a medewerker must have chosen for the next thing to happen.

The log ("Receipt phase of an environmental permit application process (WABO), CoSeLoG project", J.C.A.M. Buijs,
4TU.ResearchData) says which activity was done when and by whom, never what was chosen in it. A choice shows in what
follows: T03 after T02 means that the confirmation was not in order. Texts are not in the log and stay empty.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bedrijfsbureau.errors import InvalidInput

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KANALEN = {"Internet": "internet", "Desk": "balie", "Post": "post", "e-mail": "e-mail", "Intern": "intern"}
COLUMNS = (
    *("case:concept:name", "case:channel", "case:startdate", "case:deadline"),
    *("concept:name", "org:group", "org:resource", "time:timestamp"),
)

# activity -> the field it decides, the value each following activity tells of, and the value when none of them follows
CHOICES: Mapping[str, tuple[str, Mapping[str, Any], Any]] = {
    "T02": ("bevestiging.akkoord_controle", {"T03": False, "T04": True}, True),
    "T04": ("bevestiging.vastgesteld", {"T03": False, "T05": True}, True),
    "T10": ("stopindicatie.uitkomst", {"T11": "vergunningvrij", "T16": "aanhouden"}, "geen"),
    "T12": ("document_x.akkoord", {"T13": False, "T14": True}, True),
    "T17": ("rapport_y.akkoord", {"T18": False, "T19": True}, True),
}
DATES = {
    "T05": "bevestiging.verzonden_op",
    "T08": "advies.gevraagd_op",
    "T14": "document_x.vastgesteld_op",
    "T15": "document_x.verzonden_op",
    "T19": "rapport_y.vastgesteld_op",
    "T20": "rapport_y.verzonden_op",
}


@dataclass(frozen=True)
class LogEvent:
    """One completed activity. `at` is aware UTC; `team` is None where the log names no group."""

    activity: str
    at: datetime
    resource: str
    team: str | None

    @property
    def code(self) -> str:
        """The short name: "T07-1" of "T07-1 Draft intern advice aspect 1"."""
        return self.activity.split(" ", 1)[0]


@dataclass(frozen=True)
class Trace:
    """Everything the log tells about one aanvraag, its events in order of time."""

    key: str
    kanaal: str | None
    ontvangen_op: date
    beslissen_voor: date | None
    events: tuple[LogEvent, ...]

    def gegevens(self, index: int) -> dict[str, Any]:
        """What the event at `index` put into the record, as JSON values by path: facts, dates, looked-ahead choices."""
        event = self.events[index]
        following = [later.code for later in self.events[index + 1 :]]
        if index == 0:
            return self._receipt()
        if event.code == "T06":
            return _advice(following)
        if event.code in CHOICES:
            path, told_by, otherwise = CHOICES[event.code]
            return {path: next((told_by[code] for code in following if code in told_by), otherwise)}
        if event.code in DATES:
            return {DATES[event.code]: event.at.astimezone(AMSTERDAM).date().isoformat()}
        return {}

    def _receipt(self) -> dict[str, Any]:
        return {
            "aanvraag.kanaal": self.kanaal,
            "aanvraag.ontvangen_op": self.ontvangen_op.isoformat(),
            "aanvraag.beslissen_voor": self.beslissen_voor and self.beslissen_voor.isoformat(),
        }


def read(path: Path) -> tuple[Trace, ...]:
    """The traces in the order in which they begin in the file. Raises InvalidInput when a column is missing."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise InvalidInput({"log": [f"Deze kolommen ontbreken: {', '.join(missing)}."]})
        for row in reader:
            rows[row["case:concept:name"]].append(row)
    return tuple(_trace(key, of_one) for key, of_one in rows.items())


def _trace(key: str, rows: list[dict[str, str]]) -> Trace:
    first = rows[0]
    return Trace(
        key=key,
        kanaal=KANALEN.get(first["case:channel"]),
        ontvangen_op=_moment(first["case:startdate"]).astimezone(AMSTERDAM).date(),
        beslissen_voor=_moment(first["case:deadline"]).astimezone(AMSTERDAM).date() if first["case:deadline"] else None,
        events=tuple(sorted((_event(row) for row in rows), key=lambda event: event.at)),
    )


def _event(row: dict[str, str]) -> LogEvent:
    group = row["org:group"]
    team = group.replace("Group", "Groep") if group.startswith("Group ") else None
    return LogEvent(row["concept:name"], _moment(row["time:timestamp"]).astimezone(UTC), row["org:resource"], team)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _advice(following: list[str]) -> dict[str, Any]:
    """The round of advice up to the next T06 or T10. An answer of a party counts only after a request (T08)."""
    round_ = list(takewhile(lambda code: code not in ("T06", "T10"), following))
    closing = following[len(round_) : len(round_) + 1]
    asked = round_[round_.index("T08") :] if "T08" in round_ else []
    aspecten = sorted({int(code[-1]) for code in round_ if code.startswith("T07-")})
    extern = sorted({int(code[-1]) for code in asked if code.startswith("T09-")})
    if aspecten or extern:
        return {"advies.nodig": "ja", "advies.aspecten": aspecten, "advies.extern": extern}
    return {"advies.nodig": "opnieuw" if closing == ["T06"] else "nee"}

"""Where the real log lies, and traces written out by hand for what the log shows rarely."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bedrijfsbureau.cli.receipt_log import LogEvent, Trace

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "bpmn/ontvangst-omgevingsvergunning/ontvangst-omgevingsvergunning.bpmn"
LOG = ROOT.parent / "shared/data/receipt/receipt.csv"
needs_log = pytest.mark.skipif(not LOG.exists(), reason=f"the receipt log of 4TU.ResearchData is not at {LOG}")


def trace(codes: str, activities: dict[str, str]) -> Trace:
    """A trace of the activities with these short names ("T02 T04"), after the receipt itself, one an hour."""
    begin = datetime(2011, 10, 11, 8, 0, tzinfo=UTC)
    names = ["Confirmation of receipt", *(activities[code] for code in codes.split())]
    events = tuple(LogEvent(name, begin + timedelta(hours=i), "Resource01", "Groep 1") for i, name in enumerate(names))
    return Trace("case-1", "internet", date(2011, 10, 11), None, events)

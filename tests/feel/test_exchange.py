"""Values in and out."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bedrijfsbureau import feel

MOMENT = datetime(2026, 7, 1, 12, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, 3), (True, True), (None, None), (0.5, 0.5), ("2026-01-01", "2026-01-01"), (date(2026, 1, 1), "2026-01-01"),
        (datetime(2026, 1, 1, 10, tzinfo=UTC), "2026-01-01T10:00:00Z"),
         (MOMENT, "2026-07-01T12:30:00@Europe/Amsterdam"),
        (time(10, 30), "10:30:00"), (timedelta(days=1, hours=2), "P1DT2H"), ((1, {"a": 2}), [1, {"a": 2}]),
        (Decimal("12345678901234567890.5"), "12345678901234567890.5"), (Decimal("1.10"), 1.1), (float("nan"), None),
        (object(), None), (Decimal(10) ** 20 + 1, "100000000000000000001"),
    ],
)  # fmt: skip
def test_round_trip(value: object, expected: object) -> None:
    assert feel.to_json(feel.to_feel(value)) == expected


def test_numbers_are_exact() -> None:
    assert feel.to_feel(0.1) + feel.to_feel(0.2) == feel.to_feel(0.3)


def test_a_range_and_a_function_become_text() -> None:
    value = feel.compile("[[1..3), function(x) x]").evaluate({})
    assert feel.to_json(value) == ["[1..3)", "function"]

"""The log is read as it is; what it does not say follows from what happened next, or stays empty."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bedrijfsbureau.cli import receipt_log
from bedrijfsbureau.cli.receipt_log import LogEvent
from bedrijfsbureau.errors import InvalidInput
from tests.replay.receipt import trace

HEADER = (
    "case:channel,case:concept:name,case:deadline,case:startdate,concept:name,org:group,org:resource,time:timestamp\n"
)


def test_traces_are_read_in_order_of_time(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        HEADER
        + "Desk,case-2,,2011-10-10 23:30:00+02:00,T02 Check,Group 4,Resource10,2011-10-12 08:26:25.398000+02:00\n"
        + "Desk,case-2,,2011-10-10 23:30:00+02:00,Confirmation of receipt,EMPTY,admin1,2011-10-11 13:45:40+02:00\n"
        + "Fax,case-1,2011-12-06 13:41+01:00,2011-10-11 01:06+02:00,T06 Judge,Group 1,test,2011-11-24 15:36+01:00\n",
        encoding="utf-8",
    )
    second, first = receipt_log.read(log)
    assert (second.key, second.kanaal, second.beslissen_voor) == ("case-2", "balie", None)
    assert second.ontvangen_op == date(2011, 10, 10)
    assert second.events == (
        LogEvent("Confirmation of receipt", datetime(2011, 10, 11, 11, 45, 40, tzinfo=UTC), "admin1", None),
        LogEvent("T02 Check", datetime(2011, 10, 12, 6, 26, 25, 398000, tzinfo=UTC), "Resource10", "Groep 4"),
    )
    assert (first.key, first.kanaal, first.ontvangen_op) == ("case-1", None, date(2011, 10, 11))
    assert first.beslissen_voor == date(2011, 12, 6)


def test_a_log_without_its_columns_is_refused(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(HEADER.replace("case:startdate,", "").replace("org:group,", ""), encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        receipt_log.read(log)
    assert refused.value.fields == {"log": ["Deze kolommen ontbreken: case:startdate, org:group."]}


@pytest.mark.parametrize(
    ("codes", "index", "expected"),
    [
        ("T02 T03 T02 T04", 1, {"bevestiging.akkoord_controle": False}),
        ("T02 T06 T04", 1, {"bevestiging.akkoord_controle": True}),
        ("T02 T04 T03", 1, {"bevestiging.akkoord_controle": True}),
        ("T02", 1, {"bevestiging.akkoord_controle": True}),
        ("T02 T04 T06 T03", 2, {"bevestiging.vastgesteld": False}),
        ("T02 T04 T05", 3, {"bevestiging.verzonden_op": "2011-10-11"}),
        ("T06 T02 T10", 1, {"advies.nodig": "nee"}),
        ("T06 T06", 1, {"advies.nodig": "opnieuw"}),
        ("T06", 1, {"advies.nodig": "nee"}),
        ("T06 T07-5 T02 T07-1 T06 T07-2", 1, {"advies.nodig": "ja", "advies.aspecten": [1, 5], "advies.extern": []}),
        ("T06 T08 T09-3 T09-1 T06", 1, {"advies.nodig": "ja", "advies.aspecten": [], "advies.extern": [1, 3]}),
        ("T06 T09-3 T07-1 T06", 1, {"advies.nodig": "ja", "advies.aspecten": [1], "advies.extern": []}),
        ("T06 T10 T02 T16", 2, {"stopindicatie.uitkomst": "aanhouden"}),
        ("T06 T10 T11", 2, {"stopindicatie.uitkomst": "vergunningvrij"}),
        ("T06 T10", 2, {"stopindicatie.uitkomst": "geen"}),
        ("T12 T13 T12 T14", 1, {"document_x.akkoord": False}),
        ("T17 T19", 1, {"rapport_y.akkoord": True}),
        ("T03", 1, {}),
    ],
)
def test_choices_show_in_what_follows(codes: str, index: int, expected: dict[str, Any]) -> None:
    names = {code: f"{code} with its name" for code in codes.split()}
    assert trace(codes, names).gegevens(index) == expected


def test_the_receipt_brings_what_is_known_of_the_aanvraag() -> None:
    assert trace("", {}).gegevens(0) == {
        "aanvraag.kanaal": "internet",
        "aanvraag.ontvangen_op": "2011-10-11",
        "aanvraag.beslissen_voor": None,
    }

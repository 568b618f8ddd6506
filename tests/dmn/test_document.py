"""Files from strangers."""

import pytest

from bedrijfsbureau import dmn, feel
from tests.dmn.models import decision, definitions, text

BODY = definitions(decision("a", text("1"))).decode()
HOSTILE = [
    (
        '<!DOCTYPE definitions [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + BODY.replace("<text>1", "<text>&x;"),
        "DOCTYPE",
    ),
    ('<!DOCTYPE definitions [<!ENTITY x "1">]>' + BODY, "DOCTYPE"),
    ('<!DOCTYPE definitions SYSTEM "http://127.0.0.1:9/x.dtd">' + BODY, "DOCTYPE"),
    ("<definitions>", "geen goede XML"),
    ("", "geen goede XML"),
    ("<definitions>" + "<a>" * 5000 + "</a>" * 5000 + "</definitions>", "geen goede XML"),
    ("<definitions>" + "<a/>" * 200_001 + "</definitions>", "meer dan 200000 elementen"),
    ("<bpmn/>", "geen DMN-bestand"),
    ("x" * 5_000_001, "groter dan 5 MB"),
]


@pytest.mark.parametrize(("xml", "message"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_is_refused(xml: str, message: str) -> None:
    with pytest.raises(dmn.DmnError, match=message):
        dmn.read(xml.encode())


def test_older_versions_of_dmn_read_alike() -> None:
    older = BODY.replace("https://www.omg.org/spec/DMN/20230324/MODEL/", "http://www.omg.org/spec/DMN/20151101/dmn.xsd")
    assert dmn.read(older.encode()).decide("a", {}).value == 1


def test_a_decision_that_runs_away_is_stopped() -> None:
    model = dmn.read(definitions(decision("a", text("count(for i in 1..1000, j in 1..1000 return i)"))))
    with pytest.raises(feel.FeelLimitError, match="De berekening is gestopt"):
        model.decide("a", {})

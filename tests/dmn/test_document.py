"""Files from strangers."""

import pytest

from bedrijfsbureau import dmn, feel
from tests.dmn.models import decision, definitions, needs, text

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


def service(number: int, logic: str) -> str:
    required = [needs("Knowledge", f"s{number + 1}")] if "(" in logic else []
    output = f'<outputDecision href="#o{number}"/>'
    return f'<decisionService id="s{number}" name="s{number}">{output}</decisionService>' + decision(
        f"o{number}", text(logic), required
    )


BOMBS = {
    "services that call services": [service(n, f"s{n + 1}() + s{n + 1}()") for n in range(40)] + [service(40, "1")],
    "lists of one list twice": [decision("o40", text("[1]"))]
    + [decision(f"o{n}", text(f"[o{n + 1}, o{n + 1}]"), [needs("Decision", f"o{n + 1}")], "lijst") for n in range(40)],
    "a long chain": [decision("o500", text("1"))]
    + [decision(f"o{n}", text(f"o{n + 1}"), [needs("Decision", f"o{n + 1}")]) for n in range(500)],
    "loops in loops": [decision("o0", text("count(for a in 1..999, b in 1..999 return a)"))],
}
LISTS = '<itemDefinition name="lijst" isCollection="true"><typeRef>Any</typeRef></itemDefinition>'


@pytest.mark.parametrize("name", BOMBS)
def test_a_model_that_grows_without_end_is_stopped(name: str) -> None:
    model = dmn.read(definitions(LISTS, *BOMBS[name]))
    with pytest.raises(feel.FeelLimitError):
        feel.to_json(model.decide("o0", {}).value)


@pytest.mark.parametrize("tag", ["list", "functionDefinition"])
def test_a_model_nested_as_deep_as_xml_may_be_is_read(tag: str) -> None:
    model = dmn.read(definitions(decision("a", f"<{tag}>" * 200 + text("1") + f"</{tag}>" * 200)))
    assert dmn.analyse(model) == ()
    feel.to_json(model.decide("a", {}).value)

"""What the FEEL of a diagram says about the record is told beside its element."""

import pytest

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions.publishing.typed import mistyped
from tests.actions.conftest import KLEIN, RECEIPT, shipped


@pytest.mark.parametrize("key", [KLEIN, RECEIPT, "asiel-aa", "asiel-pact"])
def test_nothing_is_said_of_what_ships(key: str) -> None:
    assert [*mistyped(shipped(key))] == []


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("persoon.naam = 3", "Tekst en getal zijn niet te vergelijken."),
        ("persoon.nam = null", "Er is geen onderdeel 'nam'. Bedoelde u 'naam'?"),
        ("persoon.naam", "De uitkomst is tekst, maar hier hoort ja/nee."),
        ("gereedheid.plnbaar", "Er is geen onderdeel 'plnbaar'. Bedoelde u 'planbaar'?"),
        ("gereedheid.open_P = 3", "Lijst en getal zijn niet te vergelijken."),
        ("persoon.naam = null and van_dit_token = 3", None),
    ],
)
def test_a_condition_that_cannot_be_right_is_a_warning_on_its_element(condition: str, message: str | None) -> None:
    soort = shipped(KLEIN)
    gateway = (
        '<exclusiveGateway id="keuze" name="Naam bekend?" default="anders"/>'
        '<endEvent id="ja"/><endEvent id="nee"/><sequenceFlow id="anders" sourceRef="keuze" targetRef="nee"/>'
        '<sequenceFlow id="dan" sourceRef="keuze" targetRef="ja">'
        f"<conditionExpression>= {condition}</conditionExpression></sequenceFlow>"
    )
    diagram = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" isExecutable="true">'
        f'<startEvent id="s"/><sequenceFlow id="begin" sourceRef="s" targetRef="keuze"/>{gateway}'
        "</process></definitions>"
    )
    changed = dossiersoort.from_json({**soort.to_json(), "files": {**soort.files, "proef.bpmn": diagram}})

    found = [(problem.element, problem.severity, problem.message) for problem in mistyped(changed)]

    assert found == ([("keuze", "warning", f"Voorwaarde naar 'ja' van 'Naam bekend?': {message}")] if message else [])


def test_what_a_decision_finds_and_an_instelling_is_known_by_name() -> None:
    soort = shipped("asiel-aa")
    text = soort.files["asiel-aa.bpmn"].replace("= voorschrift.medisch<", "= voorschrift.medish<")
    text = text.replace("= instellingen.vrijgave_automatisch", "= instellingen.vrijgave_automatich")
    changed = dossiersoort.from_json({**soort.to_json(), "files": {**soort.files, "asiel-aa.bpmn": text}})

    assert sorted(problem.message.partition(": ")[2] for problem in mistyped(changed)) == [
        "Er is geen onderdeel 'medish'. Bedoelde u 'medisch'?",
        "Er is geen onderdeel 'vrijgave_automatich'. Bedoelde u 'vrijgave_automatisch'?",
    ]

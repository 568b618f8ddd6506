"""Decisions of a dossier: why they came out as they did is kept; a table that contradicts itself is not published."""

from dataclasses import replace
from typing import Any

import pytest

from bedrijfsbureau import dossiersoort, feel
from bedrijfsbureau.actions.command.host import decide
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.actions.kinds.decisions import choices_of, decisions
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.publishing.references import broken
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import ModelRefused, Problem, StepFailed
from bedrijfsbureau.model import Role
from tests.actions.conftest import RECEIPT, Scene, shipped
from tests.dmn.models import decision, definitions, table

AA = "asiel-aa"


def prioritise(tx: Tx, dossier_id: int, **changes: Any) -> Any:
    with handling(tx, dossier_id) as at_hand:
        context = {**at_hand.view.context, **feel.to_feel(changes)}
        return decide(at_hand, "prioriteit", "prioriteit", context)


def told(scene: Scene, dossier_id: int) -> list[dict[str, Any]]:
    return [event.data for event in scene.events(dossier_id) if event.kind == "beslissing"]


def test_what_was_decided_is_kept_with_rules_inputs_and_version(asiel: Scene) -> None:
    scene = asiel
    dates = dict.fromkeys(("datum_verzoek", "datum_indiening", "datum_registratie"), "2026-03-02")
    dossier_id = scene.open_dossier({"aanvraag": {**dates, "soort": "opvolgend"}})

    (filled,) = (event.data for event in scene.events(dossier_id) if event.data.get("because") == "berekend")
    assert [change["path"] for change in filled["changes"]] == ["dublin.verordening"]
    assert [(row["decision"], row["rules"]) for row in filled["tables"]] == [("regime_en_dublin", [1])]
    assert filled["process"] == 1

    for order in ("gevaar", "overlast"):  # for the same outcome by the same rules once is enough
        scene.act(prioritise, dossier_id, openbare_orde={"uitkomst": order})
    scene.act(prioritise, dossier_id, regime="PACT-2026")
    first, second = told(scene, dossier_id)
    inputs = {
        "Datum van de rechter": None, "Regime": "VW2000-2021", "Amv of waarborgen": False,
        "Openbare orde": "gevaar", "Soort aanvraag": "opvolgend",
    }  # fmt: skip
    seen = {"decision": "prioriteit", "table": "prioriteit_tabel", "inputs": inputs, "rules": [3, 5]}
    assert first == {"name": "prioriteit", "outcome": "hoog", "rules": [3, 5], "tables": [seen], "process": 1}
    assert (second["outcome"], second["rules"]) == ("hoog", [4, 5])


def with_table(logic: str, soort: str = RECEIPT) -> dossiersoort.Dossiersoort:
    content = shipped(soort).to_json()
    files = {**content["files"], "eigen.dmn": definitions(decision("eigen", logic)).decode()}
    return dossiersoort.from_json({**content, "files": files})


def problems(logic: str) -> list[tuple[str, str, str]]:
    return [(each.code, each.severity, each.message) for each in broken(with_table(logic))]


OVERLAP = table([(["<= 5"], ["1"]), ([">= 5"], ["2"])])
GAP = table([(["< 5"], ["1"])])


def test_what_is_wrong_with_a_table_is_a_problem_of_the_dossiersoort() -> None:
    assert problems(table([(["-"], ["1"])])) == []
    assert problems(GAP) == [
        ("dmn_gap", "warning", "eigen.dmn: eigen: Voor x = 5 geldt geen enkele regel; de uitkomst is dan leeg.")
    ]
    sentence = "De regels 1 en 2 gelden tegelijk voor x = 5; in een UNIQUE-tabel mag maar één regel gelden."
    assert problems(OVERLAP) == [("dmn_overlap", "error", f"eigen.dmn: eigen: {sentence}")]
    ((code, severity, _),) = problems(table([(["1 +"], ["1"])]))[:1]
    assert (code, severity) == ("dmn", "error")


def test_what_could_not_be_examined_is_no_problem() -> None:
    assert problems(table([(["> limiet"], ["1"]), (["-"], ["2"])], "FIRST")) == []


def test_a_table_with_an_overlap_is_not_published_and_one_with_a_gap_is(receipt: Scene) -> None:
    owner = receipt.by(role=Role.PROCESEIGENAAR, id=None, locatie_id=None)
    for logic, is_refused in ((OVERLAP, True), (GAP, False)):
        draft = owner.act(processes.save_draft, RECEIPT, {"eigen.dmn": definitions(decision("eigen", logic)).decode()})
        if is_refused:
            with pytest.raises(ModelRefused) as refused:
                owner.act(processes.publish, draft.id)
            assert [problem.code for problem in refused.value.problems] == ["dmn_overlap"]
        else:
            owner.act(processes.publish, draft.id)


def test_two_hits_where_one_is_allowed_stop_the_command(klein: Scene) -> None:
    """What can't be examined beforehand still is an error when it happens, not a first hit."""
    owner = klein.by(role=Role.PROCESEIGENAAR, id=None, locatie_id=None)
    logic = table([(["abs(?) > 0"], ['"hoog"']), (["-"], ['"normaal"'])], inputs=["1"])
    text = definitions(decision("prioriteit", logic)).decode()
    owner.act(processes.publish, owner.act(processes.save_draft, klein.soort, {"prioriteit.dmn": text}).id)
    with pytest.raises(StepFailed, match=r"prioriteit.*UNIQUE, maar de regels 1 en 2 gelden tegelijk"):
        klein.open_dossier()


@pytest.mark.parametrize("soort", ["asiel-aa", "asiel-pact", RECEIPT])
def test_the_shipped_tables_are_clean(soort: str) -> None:
    found = [each for each in broken(shipped(soort)) if each.code.startswith("dmn")]
    assert found == []


def test_choices_of_the_record_count_as_the_values_of_an_input() -> None:
    choices = choices_of(shipped(AA).record)
    assert choices["aanvraag.soort"] == ["eerste", "opvolgend", "kind_hier_geboren"]
    rows = [([f'"{choice}"'], ["1"]) for choice in [*choices["aanvraag.soort"], "verschreven"]]
    model = with_table(table(rows, inputs=["aanvraag.soort"]), AA)
    (only,) = (each for each in broken(model) if each.code.startswith("dmn"))
    assert (only.code, "Regel 4 geldt nooit" in only.message) == ("dmn_unreachable", True)


def test_files_may_import_each_other() -> None:
    content = shipped(RECEIPT).to_json()
    basis = definitions(decision("basis", table([(["-"], ["1"])])), namespace="urn:basis").decode()
    importing = definitions('<import name="b" namespace="urn:basis" importType="x"/>').decode()
    soort = dossiersoort.from_json({**content, "files": {**content["files"], "a.dmn": importing, "b.dmn": basis}})
    assert [each for each in broken(soort) if each.code.startswith("dmn")] == []
    assert list(decisions(soort.files_ending(".dmn"))) == ["basis"]


def test_a_problem_keeps_its_place() -> None:
    (problem,) = broken(with_table(GAP))
    assert replace(problem, message="") == Problem(None, 1, "dmn_gap", "", "warning")

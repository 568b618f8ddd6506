"""A condition in a form that can never be right is refused with the form, the field and what is wrong."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.publishing.typed_forms import mistyped_forms
from bedrijfsbureau.errors import ModelRefused
from bedrijfsbureau.model import SYSTEM
from tests.actions.conftest import ASIEL, KLEIN, RECEIPT, Scene, shipped
from tests.cli.conftest import run_alone

FORM = "forms/t_proef.json"


def with_condition(condition: str, soort: str = KLEIN) -> dossiersoort.Dossiersoort:
    field = {"type": "textfield", "key": "persoon.naam", "label": "Naam", "conditional": {"hide": f"={condition}"}}
    known = shipped(soort)
    text = json.dumps({"id": "t_proef", "type": "default", "components": [field]}, indent=1)
    return dossiersoort.from_json({**known.to_json(), "files": {**known.files, FORM: text}})


@pytest.mark.parametrize("key", [KLEIN, RECEIPT, ASIEL, "asiel-pact"])
def test_nothing_is_said_of_what_ships(key: str) -> None:
    assert [*mistyped_forms(shipped(key))] == []


@pytest.mark.parametrize(("condition", "said"), [
    ("persoon.naam = 3", "Tekst en getal zijn niet te vergelijken (in 'verbergen': persoon.naam = 3, teken 1)."),
    ("persoon.nam = null",
     "Er is geen onderdeel 'nam'. Bedoelde u 'naam'? (in 'verbergen': persoon.nam = null, teken 1)."),
    ("person.naam = null", None),
    ("persoon.naam", "De uitkomst is tekst, maar hier hoort ja/nee (in 'verbergen': persoon.naam, teken 1)."),
])  # fmt: skip
def test_a_wrong_name_or_type_names_form_field_and_place(condition: str, said: str | None) -> None:
    (problem,) = mistyped_forms(with_condition(condition))

    assert (problem.severity, problem.code, problem.line) == ("error", "form", 7)
    assert problem.message.startswith(f"{FORM}, veld 'Naam' (persoon.naam): ")
    assert said is None or problem.message.endswith(said)


def test_what_belongs_to_the_task_or_to_a_decision_is_known() -> None:
    condition = 'count(verzoeken) = 0 and regime = null and vandaag > date("2026-01-01")'
    assert [*mistyped_forms(with_condition(condition))] == []


def test_it_is_refused_when_a_folder_is_published(klein: Scene) -> None:
    with pytest.raises(ModelRefused) as refused:
        perform(klein.database, SYSTEM, klein.now, processes.publish_dossiersoort, with_condition("nergens.veld = 3"))
    assert [problem.message[:46] for problem in refused.value.problems] == [
        "forms/t_proef.json, veld 'Naam' (persoon.naam)"
    ]


def test_the_command_line_looks_at_a_form_and_at_a_whole_folder(tmp_path: Path) -> None:
    folder = tmp_path / "asiel-aa"
    source = Path(__file__).parents[3] / "bpmn"
    copytree(source / "asiel-aa", folder)
    (tmp_path / "punten-asiel.yaml").write_bytes((source / "punten-asiel.yaml").read_bytes())
    form = folder / "forms" / "t_medisch.json"
    form.write_text(form.read_text("utf-8").replace("=medisch.toestemming !=", "=medisch.toestemmen !="), "utf-8")

    for asked in (form, folder):
        result = run_alone("model", "check", asked)
        assert result.exit_code == 1
        assert "Er is geen onderdeel 'toestemmen'" in result.output
    assert run_alone("model", "check", folder / "forms" / "t_tolk.json").exit_code == 0

"""The folders we ship, as they are."""

import json
from pathlib import Path

import pytest

from bedrijfsbureau import dossiersoort

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "bpmn").glob("*/soort.yaml"))


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def soort(request):
    return dossiersoort.read(request.param)


def test_a_published_version_needs_no_folder(soort):
    assert dossiersoort.from_json(json.loads(json.dumps(soort.to_json()))) == soort


def test_the_complete_dossier_fits_the_record(soort):
    assert soort.record.check(soort.basisdossier["gegevens"]) == {}


def test_an_empty_dossier_has_every_field(soort):
    context = soort.record.parse({})
    assert {name: content if isinstance(content, list) else list(content) for name, content in context.items()} == {
        group.name: [] if group.rows else [field.name for field in group] for group in soort.record.groups
    }


def test_what_rests_on_inference_is_to_be_confirmed(soort):
    unsure = [field.path for field in soort.record.fields() if "[U]" in field.basis and not field.te_bevestigen]
    assert unsure == []


def test_a_setting_without_source_is_empty_or_to_be_confirmed(soort):
    assert [
        instelling.name for instelling in soort.instellingen.values()
        if "[U]" in instelling.standing and not instelling.te_bevestigen
    ] == []

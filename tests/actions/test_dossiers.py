"""Opening a dossier, and correcting its record outside a task."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bedrijfsbureau.actions import dossiers
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import Dossier, OpenPoint, Role, Stage
from tests.actions.conftest import KLEIN, Scene


def test_a_new_dossier_has_a_number_a_stage_its_first_tasks_and_its_open_points(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A. Voorbeeld"}})

    dossier = klein.dossier(dossier_id)
    assert (dossier.number, dossier.stage, dossier.heading) == ("D-2026-00001", Stage.PLANNING, "A. Voorbeeld")
    assert sorted(klein.tasks(dossier_id)) == ["t_naam", "t_punt"]
    assert {code: verdict["state"] for code, verdict in dossier.verdicts.items()} == {
        "NAM01": "voldaan",
        "PAS01": "ontbreekt",
    }
    assert [(point.code, point.partij) for point in klein.rows(OpenPoint, dossier_id)] == [("PAS01", "aanvrager")]
    assert klein.kinds(dossier_id) == ["geopend", "taak_geopend", "taak_geopend"]


def test_numbers_count_on_within_the_year_in_amsterdam(klein: Scene) -> None:
    new_year = klein.by(now=klein.now.replace(month=12, day=31, hour=23, minute=30))  # 0:30 on 1 January in Amsterdam

    numbers = [scene.dossier(scene.open_dossier()).number for scene in (klein, klein, new_year)]

    assert numbers == ["D-2026-00001", "D-2026-00002", "D-2027-00001"]


def test_those_who_open_one_at_once_get_numbers_of_their_own(klein: Scene) -> None:
    start = threading.Barrier(4)

    def open_one(_: int) -> int:
        start.wait(10)
        return klein.open_dossier()

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(open_one, range(4)))

    assert sorted(klein.dossier(each).number for each in opened) == [f"D-2026-0000{n}" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("gegevens", "path"),
    [
        ({"persoon": {"leeftijd": 3}}, "persoon.leeftijd"),
        ({"onbekend": {}}, "onbekend"),
        ({"persoon": {"oproep_op": "morgen"}}, "persoon.oproep_op"),
        ({"persoon": "tekst"}, "persoon"),
    ],
)
def test_a_record_that_does_not_fit_is_named_by_field_and_opens_nothing(
    klein: Scene, gegevens: dict[str, object], path: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        klein.open_dossier(gegevens)

    assert list(error.value.fields) == [path]
    with pytest.raises(NotFound):
        klein.act(dossiers.change_gegevens, 1, {})


def test_only_who_may_open_dossiers_opens_one(klein: Scene) -> None:
    with pytest.raises(Forbidden):
        klein.by(role=Role.AUDITOR).open_dossier()


def test_an_unknown_dossiersoort_is_named(klein: Scene) -> None:
    with pytest.raises(NotFound) as error:
        klein.act(dossiers.open_dossier, soort="groot", locatie_id=klein.locatie_id, gegevens={})

    assert "dossiersoort 'groot'" in str(error.value)


def test_a_correction_is_in_the_record_and_in_the_history_and_is_judged(klein: Scene) -> None:
    dossier_id = klein.open_dossier()

    klein.act(dossiers.change_gegevens, dossier_id, {"persoon.naam": "B. Anders"})

    dossier = klein.dossier(dossier_id)
    assert (dossier.gegevens, dossier.verdicts["NAM01"]["state"]) == ({"persoon": {"naam": "B. Anders"}}, "voldaan")
    changed = next(event for event in klein.events(dossier_id) if event.kind == "gegevens_gewijzigd")
    assert changed.data["changes"] == [{"path": "persoon.naam", "old": None, "new": "B. Anders"}]


def test_a_correction_that_does_not_fit_changes_nothing(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    before = klein.kinds(dossier_id)

    with pytest.raises(InvalidInput) as error:
        klein.act(dossiers.change_gegevens, dossier_id, {"persoon.naam": "C", "persoon.oproep_op": 5})

    assert list(error.value.fields) == ["persoon.oproep_op"]
    assert (klein.dossier(dossier_id).gegevens, klein.kinds(dossier_id)) == ({}, before)


def test_who_saw_an_older_version_is_told_so(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    seen = klein.dossier(dossier_id).version
    klein.act(dossiers.change_gegevens, dossier_id, {"persoon.naam": "A"}, expected_version=seen)

    with pytest.raises(Conflict) as error:
        klein.act(dossiers.change_gegevens, dossier_id, {"persoon.naam": "B"}, expected_version=seen)

    assert "gewijzigd sinds u het opende" in str(error.value)
    assert klein.dossier(dossier_id).gegevens["persoon"]["naam"] == "A"


def test_another_locatie_does_not_know_the_dossier(klein: Scene) -> None:
    dossier_id = klein.open_dossier()

    with pytest.raises(NotFound):
        klein.by(locatie_id=klein.locatie_id + 1).act(dossiers.change_gegevens, dossier_id, {"persoon.naam": "A"})


def test_what_is_the_same_is_no_change(klein: Scene) -> None:
    dossier_id = klein.open_dossier({"persoon": {"naam": "A"}})
    before = klein.kinds(dossier_id)

    dossier: Dossier = klein.act(dossiers.change_gegevens, dossier_id, {"persoon.naam": "A"})

    assert (dossier.dossiersoort, klein.kinds(dossier_id)) == (KLEIN, before)

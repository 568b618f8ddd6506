"""Linking the dossiers of one family."""

from datetime import UTC, datetime

import pytest

from bedrijfsbureau.actions import dossiers, relaties
from bedrijfsbureau.actions.work import rounds
from bedrijfsbureau.errors import Conflict, InvalidInput, NotFound
from tests.actions.conftest import ASIEL, shipped

MARCH = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def family(asiel):
    """Three complete dossiers: two with the gehoor on 9 March, one on 11 March."""
    scene = asiel.by(now=MARCH)
    complete = shipped(ASIEL).basisdossier["gegevens"]
    days = ("2026-03-09", "2026-03-09", "2026-03-11")
    found = [scene.open_dossier({**complete, "planning": {**complete["planning"], "gehoor_op": day}}) for day in days]
    return scene, found


def together(scene, dossier_id):
    return scene.dossier(dossier_id).verdicts["TEG04"]["state"]


def test_linked_dossiers_see_when_the_others_are_heard(family):
    scene, (first, second, third) = family
    for one, other in ((first, second), (first, third), (second, third)):
        scene.act(relaties.link, one, other, "gezin")
    assert {together(scene, each) for each in (first, second, third)} == {"tegenstrijdig"}
    assert [kind for kind in scene.kinds(first) if kind == "gekoppeld"] == ["gekoppeld", "gekoppeld"]


def test_two_that_are_heard_on_the_same_day_agree(family):
    scene, (first, second, _) = family
    scene.act(relaties.link, first, second, "gezin")
    assert [together(scene, first), together(scene, second)] == ["voldaan", "voldaan"]


def test_the_nightly_review_sees_that_the_other_was_moved(family):
    scene, (first, second, _) = family
    scene.act(relaties.link, first, second, "gezin")
    scene.act(dossiers.change_gegevens, second, {"planning.gehoor_op": "2026-03-10"})
    scene.act(rounds.review, first)
    assert together(scene, first) == "tegenstrijdig"


@pytest.mark.parametrize(("other", "error"), [(0, InvalidInput), (1, Conflict), (None, NotFound)])
def test_what_is_refused(family, other, error):
    scene, found = family
    scene.act(relaties.link, found[0], found[1], "gezin")
    with pytest.raises(error):
        scene.act(relaties.link, found[0], 999 if other is None else found[other], "gezin")

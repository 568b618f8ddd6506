"""Instellingen of a draft: filled in by type, confirmed, compared, judged and tried like its rows."""

from typing import Any

import pytest

from bedrijfsbureau import checks
from bedrijfsbureau.actions.drafting import policy_drafts, policy_findings, policy_instellingen
from bedrijfsbureau.actions.drafting.policy_instellingen import Filled, readers
from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import Conflict, InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM
from tests.actions.conftest import Scene, shipped
from tests.actions.drafting.test_policy_drafts import owner
from tests.actions.previewing.test_previews import content, tried

GROUND = "Afspraak met het COA, 1 november 2026"


def fill(scene: Scene, name: str, value: Any, *, unsure: bool = False, revision: int | None = None) -> dict[str, Any]:
    """The policy of the draft afterwards."""
    draft = policy_draft(scene)
    filled = Filled(value, "Na hoeveel dagen", GROUND, unsure)
    saved = owner(scene).act(policy_instellingen.save_instelling, draft, name, filled, revision)
    policy: dict[str, Any] = saved.policy
    return policy


def policy_draft(scene: Scene) -> int:
    found = owner(scene).act(policy_drafts.draft_of, scene.soort) or owner(scene).act(policy_drafts.begin, scene.soort)
    return int(found.id)


def test_a_value_is_filled_in_and_confirmed(asiel: Scene) -> None:
    before = content(asiel)
    after = fill(asiel, "adres_bevestiging_dagen", "30")

    assert after["instellingen"]["adres_bevestiging_dagen"] == {
        "type": "getal", "waarde": 30, "betekenis": "Na hoeveel dagen", "standing": GROUND, "te_bevestigen": False,
    }  # fmt: skip
    (change,) = checks.compare(before, after).instellingen
    assert (change.label, change.old.split(";")[0]) == ("Adres bevestiging dagen", "niet ingevuld (te bevestigen)")
    assert change.new == f"30 (bevestigd); Na hoeveel dagen; {GROUND}"
    draft = owner(asiel).act(policy_drafts.draft_of, asiel.soort)
    assert draft.trail[-1]["remark"] == "instelling 'Adres bevestiging dagen' gewijzigd en bevestigd"


VALUES = [
    ("gezin_samen_plannen", "nee", False),
    ("overgang_gebeurtenis", "registratie", "registratie"),
    ("overgangsdatum_pact", "1-7-2026", "2026-07-01"),
    ("vrijstelling_gronden", "Overmacht\n\nAnders", ["Overmacht", "Anders"]),
    ("veilige_landen", "mar, alb", ["MAR", "ALB"]),
    ("herinnering_na", "", None),
]


def test_a_value_is_of_its_type(asiel: Scene) -> None:
    kept = {name: fill(asiel, name, text)["instellingen"][name]["waarde"] for name, text, _ in VALUES}
    assert kept == {name: value for name, _, value in VALUES}


WRONG = [
    ("herinnering_na", "zes", "Vul een getal in"),
    ("overgang_gebeurtenis", "morgen", "Kies een van deze mogelijkheden"),
    ("overgangsdatum_pact", "31-02-2026", "Deze datum bestaat niet"),
]


def test_what_is_no_value_is_not_kept(asiel: Scene) -> None:
    for name, text, said in WRONG:
        with pytest.raises(InvalidInput) as refused:
            fill(asiel, name, text)
        assert said in refused.value.fields["waarde"][0]
    with pytest.raises(InvalidInput) as empty:
        owner(asiel).act(
            policy_instellingen.save_instelling, policy_draft(asiel), "herinnering_na", Filled("3", " ", "", False)
        )
    assert list(empty.value.fields) == ["betekenis", "standing"]
    with pytest.raises(NotFound):
        fill(asiel, "bestaat_niet", "3")
    with pytest.raises(Conflict):
        fill(asiel, "herinnering_na", "3", revision=99)


def test_a_value_from_a_file_that_is_none_is_said_beside_what_is_wrong_with_the_rows(asiel: Scene) -> None:
    policy = content(asiel)
    policy = {**policy, "instellingen": {**policy["instellingen"]}, "punten": [dict(row) for row in policy["punten"]]}
    policy["instellingen"]["rvt_dagen"] = {**policy["instellingen"]["rvt_dagen"], "waarde": "zeven"}
    policy["punten"][0]["fase"] = "X"
    owner(asiel).act(policy_drafts.replace, asiel.soort, policy)
    with reading(asiel.database, SYSTEM, asiel.now) as tx:
        newest = policy_drafts.newest_policy(tx, asiel.soort)
        said = [(f.code, f.message) for f in policy_findings.findings(tx, newest, policy) if f.severity == "error"]
    assert said == [
        ("", "Instelling 'rvt_dagen': Vul een getal in zonder punt, bijvoorbeeld 3 of 1,5."),
        ("AAN01", "'fase' moet P (vóór de planning) of B (vóór vrijgave) zijn."),
    ]


def test_what_a_value_changes_is_tried_on_the_dossiers(asiel: Scene) -> None:
    opvang = {"locatie": "Ter Apel", "adres_id": "1", "bevestigd_op": "2025-01-01"}
    dossier_id = asiel.open_dossier({"opvang": opvang})
    found = tried(asiel, fill(asiel, "adres_bevestiging_dagen", "30"))
    assert (dossier_id, "oordeel", "OPV01", "voldaan", "verlopen, blokkeert") in found


def test_who_reads_it_is_known() -> None:
    soort = shipped("asiel-aa")
    policy = checks.policy(soort.policy)
    assert readers(soort, policy, "adres_bevestiging_dagen") == (["OPV01"], [])
    assert readers(soort, policy, "overgang_gebeurtenis") == (["TEG10"], ["regime_en_dublin.dmn"])
    assert readers(soort, None, "herinnering_na") == ([], [])

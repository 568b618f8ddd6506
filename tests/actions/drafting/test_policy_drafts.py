"""A policy is drafted, checked, approved by a second person, and can't be changed any more."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from bedrijfsbureau.actions.drafting import policy_drafts, policy_publishing
from bedrijfsbureau.actions.drafting.policy_findings import findings
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, NotFound, PolicyInvalid
from bedrijfsbureau.model import SYSTEM, PolicyDraft, PolicyVersion, Role, Transition
from tests.actions.conftest import KLEIN, Scene, shipped
from tests.databases import NOW

TODAY = NOW.date()
ROW: dict[str, Any] = {
    "code": "AKK01", "fase": "B", "blokkeert": True, "ontheffing": "senior", "partij": "wij", "taak": "t_naam",
    "titel": "Akkoord gegeven", "thema": "Persoon", "voldaan_als": "persoon.akkoord = true",
    "meldingen": {"ontbreekt": "Er is nog geen akkoord."}, "basis": "[I]",
    "voorbeelden": [
        {"naam": "akkoord", "op": "klein", "wijziging": {"persoon.akkoord": True}, "staat": "voldaan"},
        {"naam": "geen akkoord", "op": "klein", "wijziging": {"persoon.akkoord": None}, "staat": "ontbreekt"},
    ],
}  # fmt: skip


def owner(scene: Scene, number: int = 71, name: str = "Petra") -> Scene:
    return scene.by(role=Role.PROCESEIGENAAR, id=number, name=name, locatie_id=None)


def colleague(scene: Scene) -> Scene:
    return owner(scene, 72, "Quinten")


def drafted(scene: Scene, *rows: dict[str, Any], **terms: Any) -> int:
    """A draft by Petra with these rows added."""
    draft: PolicyDraft = owner(scene).act(policy_drafts.begin, KLEIN)
    for row in rows:
        owner(scene).act(policy_drafts.save_row, draft.id, row)
    about = {"valid_from": TODAY, "transition": Transition.ALL, "note": "Akkoord wordt gevraagd."}
    owner(scene).act(policy_drafts.save_terms, draft.id, **{**about, **terms})
    return draft.id


def publish(scene: Scene, draft_id: int) -> PolicyVersion:
    """Offered by Petra, published by Quinten."""
    owner(scene).act(policy_drafts.offer, draft_id)
    version: PolicyVersion = colleague(scene).act(policy_publishing.publish, draft_id, "Akkoord")
    return version


def test_a_second_person_publishes_what_the_first_offered(klein: Scene) -> None:
    version = publish(klein, drafted(klein, ROW))

    assert (version.number, version.valid_from, version.note) == (2, TODAY, "Akkoord wordt gevraagd.")
    assert [row["code"] for row in version.content["policy"]["punten"]] == ["NAM01", "PAS01", "AKK01"]
    assert (version.content["policy"]["versie"], version.content["policy"]["geldig_vanaf"]) == ("2", TODAY.isoformat())
    assert [(step["who"], step["did"], step["remark"]) for step in version.trail] == [
        ("Petra", "gewijzigd", "AKK01 toegevoegd"),
        ("Petra", "gewijzigd", "ingangsdatum, overgang of toelichting"),
        ("Petra", "aangeboden", ""),
        ("Quinten", "goedgekeurd", "Akkoord"),
    ]
    assert "AKK01" in klein.dossier(klein.open_dossier()).verdicts


@pytest.mark.parametrize("worked_on_it", ["who wrote it", "who changed it later"])
def test_nobody_approves_their_own_work(klein: Scene, worked_on_it: str) -> None:
    draft_id = drafted(klein, ROW)
    approver = owner(klein)
    if worked_on_it == "who changed it later":
        approver = colleague(klein)
        approver.act(policy_drafts.save_row, draft_id, {**ROW, "titel": "Akkoord"}, instead_of="AKK01")
    owner(klein).act(policy_drafts.offer, draft_id)

    with pytest.raises(Forbidden, match="Een andere proceseigenaar moet het goedkeuren"):
        approver.act(policy_publishing.publish, draft_id)


def test_only_process_owners_draft(klein: Scene) -> None:
    for role in set(Role) - {Role.PROCESEIGENAAR}:
        with pytest.raises(Forbidden):
            klein.by(role=role).act(policy_drafts.begin, KLEIN)


def test_what_is_offered_lies_still_until_it_is_sent_back(klein: Scene) -> None:
    draft_id = drafted(klein, ROW)
    owner(klein).act(policy_drafts.offer, draft_id)

    with pytest.raises(Conflict, match="Stuur het eerst terug"):
        owner(klein).act(policy_drafts.remove_row, draft_id, "AKK01")
    with pytest.raises(InvalidInput):
        colleague(klein).act(policy_drafts.send_back, draft_id, " ")
    colleague(klein).act(policy_drafts.send_back, draft_id, "Noem de bron.")
    changed: PolicyDraft = owner(klein).act(policy_drafts.remove_row, draft_id, "AKK01")

    assert [step["did"] for step in changed.trail][-2:] == ["teruggestuurd", "gewijzigd"]
    with pytest.raises(Conflict, match=r"niet .* aangeboden"):
        colleague(klein).act(policy_publishing.publish, draft_id)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"voldaan_als": "persoon.akkoord ="}, "AKK01: Hier hoort een waarde, niet het einde"),
    ({"voldaan_als": "persoon.akoord = true"}, "Bedoelde u 'akkoord'?"),
    ({"voldaan_als": "vandaag"}, "De uitkomst is datum, maar hier hoort ja/nee"),
    ({"meldingen": {"ontbreekt": "Geen {persoon.nam}."}}, "AKK01: {persoon.nam} bestaat niet"),
    ({"meldingen": {}}, "AKK01: De melding voor 'ontbreekt' ontbreekt"),
    ({"voldaan_als": "true"}, "Voorbeeld 'geen akkoord': verwacht ontbreekt, gevonden voldaan."),
    ({"fase": "X"}, "'fase' moet P"),
    ({"geldig_vanaf": "2027-01-01", "geldig_tot_en_met": "2026-01-01"}, "De laatste dag ligt vóór de eerste"),
]


def test_what_is_wrong_can_be_kept_but_not_offered(klein: Scene) -> None:
    draft_id = drafted(klein, ROW)
    for row, message in WRONG:
        owner(klein).act(policy_drafts.save_row, draft_id, {**ROW, **row}, instead_of="AKK01")
        with pytest.raises(PolicyInvalid) as refused:
            owner(klein).act(policy_drafts.offer, draft_id)
        assert message in str(refused.value)


def test_a_row_that_the_process_works_on_stays(klein: Scene) -> None:
    draft_id = drafted(klein)
    owner(klein).act(policy_drafts.remove_row, draft_id, "NAM01")

    with pytest.raises(PolicyInvalid, match="Punt NAM01 kan niet weg: taak"):
        owner(klein).act(policy_drafts.offer, draft_id)


@pytest.mark.parametrize(
    ("terms", "message"), [({"valid_from": TODAY - timedelta(days=1)}, "is voorbij"), ({"note": " "}, "en waarom")]
)
def test_a_day_that_is_past_or_no_reason_is_refused(klein: Scene, terms: dict[str, Any], message: str) -> None:
    draft_id = drafted(klein, ROW, **terms)

    with pytest.raises(InvalidInput, match=message):
        owner(klein).act(policy_drafts.offer, draft_id)


def test_nobody_overwrites_what_a_colleague_saved(klein: Scene) -> None:
    draft_id = drafted(klein, ROW)
    colleague(klein).act(policy_drafts.remove_row, draft_id, "AKK01", revision=3)

    with pytest.raises(Conflict, match="Quinten heeft dit concept intussen gewijzigd"):
        owner(klein).act(policy_drafts.save_row, draft_id, ROW, revision=3)


def test_there_is_one_draft_of_a_dossiersoort(klein: Scene) -> None:
    draft_id = drafted(klein)
    with pytest.raises(Conflict, match="Er is al een concept"):
        colleague(klein).act(policy_drafts.begin, KLEIN)
    owner(klein).act(policy_drafts.discard, draft_id)

    assert colleague(klein).act(policy_drafts.begin, KLEIN).id != draft_id


def test_a_code_is_a_code_and_occurs_once(klein: Scene) -> None:
    draft_id = drafted(klein, ROW)
    for code, instead_of in (("akk", ""), ("NAM01", ""), ("NAM01", "AKK01")):
        with pytest.raises(InvalidInput):
            owner(klein).act(policy_drafts.save_row, draft_id, {**ROW, "code": code}, instead_of=instead_of)
    with pytest.raises(NotFound):
        owner(klein).act(policy_drafts.save_row, draft_id, {**ROW, "code": "NEW01"}, instead_of="ZZZ99")


def test_what_was_published_meanwhile_is_not_undone(klein: Scene) -> None:
    draft_id = drafted(klein, ROW)
    owner(klein).act(policy_drafts.offer, draft_id)
    content = shipped(KLEIN).to_json()
    content["policy"] = {**content["policy"], "te_bevestigen": True}
    klein.by(role=Role.PROCESEIGENAAR, id=None).act(
        processes.publish_dossiersoort, processes.dossiersoort.from_json(content)
    )

    with pytest.raises(Conflict, match="Versie 2 is gepubliceerd nadat dit concept begon"):
        colleague(klein).act(policy_publishing.publish, draft_id)


def test_the_folder_it_once_came_from_does_not_undo_it(klein: Scene) -> None:
    publish(klein, drafted(klein, ROW))
    _, policy = klein.by(role=Role.PROCESEIGENAAR, id=None).act(processes.publish_dossiersoort, shipped(KLEIN))

    assert policy.number == 2


def test_a_published_policy_never_changes(klein: Scene) -> None:
    for values in ({"valid_from": date(2020, 1, 1)}, {"content": {}}, {"trail": []}):
        with (
            pytest.raises(DBAPIError, match="a published policy never changes"),
            transaction(klein.database, SYSTEM, klein.now) as tx,
        ):
            tx.session.execute(update(PolicyVersion).values(values))


def test_an_older_version_can_be_begun_from(klein: Scene) -> None:
    with reading(klein.database, SYSTEM, klein.now) as tx:
        first = policy_drafts.newest_policy(tx, KLEIN).id
    publish(klein, drafted(klein, ROW))
    again: PolicyDraft = owner(klein).act(policy_drafts.begin, KLEIN, first)

    assert [row["code"] for row in again.policy["punten"]] == ["NAM01", "PAS01"]


def test_what_ships_has_no_findings_but_of_tasks_of_its_forms(asiel: Scene) -> None:
    with reading(asiel.database, SYSTEM, asiel.now) as tx:
        version = policy_drafts.newest_policy(tx, asiel.soort)
        found = findings(tx, version, version.content["policy"])

    assert found == []

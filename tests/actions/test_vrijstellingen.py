"""Letting a check go: who may, with a reason, until a day."""

from datetime import date, timedelta

import pytest

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import people, vrijstellingen
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.work.rounds import review
from bedrijfsbureau.database import transaction
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, Competence, Role, Vrijstelling
from bedrijfsbureau.worker import work_off
from tests.actions.conftest import KLEIN, Scene, shipped

UNTIL = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("role", "competences", "waiver", "may"),
    [
        (Role.MEDEWERKER, (), "medewerker", True),
        (Role.MEDEWERKER, (), "senior", False),
        (Role.MEDEWERKER, (Competence.SENIOR,), "senior", True),
        (Role.MEDEWERKER, (Competence.TEAMLEIDER,), "senior", True),
        (Role.MEDEWERKER, (Competence.MEDISCH,), "senior", False),
        (Role.MANAGER, (), "senior", True),
        (Role.PLANNER, (), "senior", False),
        (Role.PLANNER, (), "verdeelstation", True),
        (Role.MANAGER, (), "verdeelstation", False),
        (Role.HOORMEDEWERKER, (Competence.SENIOR,), "medewerker", False),
        (Role.MANAGER, (), None, False),
        (Role.MEDEWERKER, (Competence.TEAMLEIDER,), "teamleider", True),
        (Role.MEDEWERKER, (Competence.SENIOR,), "teamleider", False),
        (Role.MANAGER, (), "teamleider", True),
    ],
)
def test_who_may_waive(
    receipt: Scene, role: Role, competences: tuple[Competence, ...], waiver: str | None, may: bool
) -> None:
    actor = receipt.by(role=role, competences=frozenset(competences)).actor

    assert vrijstellingen.may_waive(actor, waiver) is may


def test_a_check_that_is_let_go_no_longer_blocks_and_says_by_whom_and_why(klein: Scene) -> None:
    dossier_id = klein.open_dossier()

    klein.act(vrijstellingen.grant, dossier_id, "NAM01", " naam onbekend, foto bekend ", UNTIL)

    verdict = klein.dossier(dossier_id).verdicts["NAM01"]
    assert verdict["state"] == "vrijgesteld"
    assert "Anna" in verdict["message"] and "naam onbekend, foto bekend" in verdict["message"]
    granted = klein.events(dossier_id)[-1 - klein.kinds(dossier_id)[::-1].index("vrijgesteld")]
    assert granted.data == {"code": "NAM01", "reason": "naam onbekend, foto bekend", "until": "2026-12-01"}


def test_it_ends_by_itself_after_its_last_day(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    klein.act(vrijstellingen.grant, dossier_id, "NAM01", "reden", UNTIL)
    last_day, day_after = (klein.by(role=None, now=klein.now + timedelta(days=days)) for days in (8, 9))

    last_day.act(review, dossier_id)
    assert klein.dossier(dossier_id).verdicts["NAM01"]["state"] == "vrijgesteld"
    day_after.act(review, dossier_id)
    assert klein.dossier(dossier_id).verdicts["NAM01"]["state"] == "ontbreekt"


def test_withdrawn_it_counts_again_once(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    klein.act(vrijstellingen.grant, dossier_id, "NAM01", "reden", UNTIL)
    (given,) = klein.rows(Vrijstelling, dossier_id)

    with pytest.raises(InvalidInput):
        klein.act(vrijstellingen.withdraw, dossier_id, given.id, " ")
    with pytest.raises(Forbidden):
        klein.by(id=99, competences=frozenset()).act(vrijstellingen.withdraw, dossier_id, given.id, "onjuist")
    klein.act(vrijstellingen.withdraw, dossier_id, given.id, "toch gevonden")

    assert klein.dossier(dossier_id).verdicts["NAM01"]["state"] == "ontbreekt"
    (taken_back,) = klein.rows(Vrijstelling, dossier_id)
    assert (taken_back.withdrawn_by, taken_back.withdrawn_reason) == ("Anna", "toch gevonden")
    with pytest.raises(NotFound):
        klein.act(vrijstellingen.withdraw, dossier_id, given.id, "nogmaals")


def test_it_is_not_given_twice(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    klein.act(vrijstellingen.grant, dossier_id, "NAM01", "reden", UNTIL)

    with pytest.raises(Conflict):
        klein.act(vrijstellingen.grant, dossier_id, "NAM01", "andere reden", UNTIL)


def test_the_day_after_it_the_worker_opens_its_check_and_no_other(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    klein.act(vrijstellingen.grant, dossier_id, "NAM01", "reden", UNTIL)
    before = len(klein.events(dossier_id))
    later = klein.by(now=klein.now + timedelta(days=30))

    while work_off(later.database, lambda: later.now, lambda work: None):
        pass

    changed = [event.data["code"] for event in later.events(dossier_id)[before:] if event.kind == "oordeel_gewijzigd"]
    assert changed == ["NAM01"]


@pytest.fixture
def careful(klein: Scene, other_id: int) -> Scene:
    """Its policy asks a second pair of eyes and a ground."""
    content = shipped(KLEIN).to_json()
    policy = content["policy"]
    rows = [{**row, "vier_ogen": row["code"] == "NAM01"} for row in policy["punten"]]
    listed = {"type": "lijst", "waarde": ["Overmacht"], "betekenis": "Gronden.", "standing": "[I]"}
    content["policy"] = {**policy, "punten": rows, "instellingen": {"vrijstelling_gronden": listed}}
    perform(klein.database, SYSTEM, klein.now, processes.publish_dossiersoort, dossiersoort.from_json(content))
    return klein


@pytest.fixture
def other_id(klein: Scene) -> int:
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        return people.add_medewerker(tx, username="bea", name="Bea", role=Role.MEDEWERKER).id


def test_it_counts_only_when_a_second_person_who_may_has_confirmed(careful: Scene, other_id: int) -> None:
    dossier_id = careful.open_dossier()
    careful.act(vrijstellingen.grant, dossier_id, "NAM01", "niet te achterhalen", UNTIL, "Overmacht")
    (asked,) = careful.rows(Vrijstelling, dossier_id)
    assert asked.is_asked and careful.dossier(dossier_id).verdicts["NAM01"]["state"] == "ontbreekt"

    with pytest.raises(Forbidden) as error:
        careful.act(vrijstellingen.confirm, dossier_id, asked.id)
    assert "zelf aangevraagd" in str(error.value)
    bea = careful.by(id=other_id, name="Bea")
    with pytest.raises(Forbidden):
        bea.by(competences=frozenset()).act(vrijstellingen.confirm, dossier_id, asked.id)
    bea.act(vrijstellingen.confirm, dossier_id, asked.id)

    verdict = careful.dossier(dossier_id).verdicts["NAM01"]
    assert verdict["message"] == (
        "Vrijgesteld door Anna en Bea op ma 23 nov. 2026: Overmacht: niet te achterhalen. "
        "Geldig tot en met di 1 dec. 2026."
    )
    told = [(e.kind, e.actor) for e in careful.events(dossier_id) if e.kind.startswith("vrij")]
    assert told == [("vrijstelling_aangevraagd", "Anna"), ("vrijgesteld", "Bea")]
    with pytest.raises(Conflict):
        bea.act(vrijstellingen.confirm, dossier_id, asked.id)


def test_the_second_person_may_turn_it_down_with_a_reason(careful: Scene, other_id: int) -> None:
    dossier_id = careful.open_dossier()
    careful.act(vrijstellingen.grant, dossier_id, "NAM01", "reden", UNTIL, "Overmacht")
    (asked,) = careful.rows(Vrijstelling, dossier_id)

    careful.by(id=other_id, name="Bea").act(vrijstellingen.withdraw, dossier_id, asked.id, "eerst navragen")

    assert "vrijstelling_afgewezen" in careful.kinds(dossier_id)
    with pytest.raises(NotFound):
        careful.by(id=other_id).act(vrijstellingen.confirm, dossier_id, asked.id)
    assert careful.dossier(dossier_id).verdicts["NAM01"]["state"] == "ontbreekt"


def test_what_nobody_confirmed_in_time_is_not_confirmed_later(careful: Scene, other_id: int) -> None:
    dossier_id = careful.open_dossier()
    careful.act(vrijstellingen.grant, dossier_id, "NAM01", "reden", UNTIL, "Overmacht")
    (asked,) = careful.rows(Vrijstelling, dossier_id)

    with pytest.raises(InvalidInput):
        careful.by(id=other_id, now=careful.now + timedelta(days=20)).act(vrijstellingen.confirm, dossier_id, asked.id)


def test_a_ground_comes_from_the_list_of_the_policy(careful: Scene) -> None:
    dossier_id = careful.open_dossier()

    with pytest.raises(InvalidInput) as error:
        careful.act(vrijstellingen.grant, dossier_id, "NAM01", "reden", UNTIL, "zomaar")

    assert list(error.value.fields) == ["ground"]


def test_the_policy_says_who_and_the_refusal_repeats_it(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    junior = klein.by(competences=frozenset())

    with pytest.raises(Forbidden) as error:
        junior.act(vrijstellingen.grant, dossier_id, "NAM01", "reden", UNTIL)
    assert str(error.value) == "Alleen een senior mag dit punt vrijstellen."
    with pytest.raises(Forbidden) as error:
        klein.act(vrijstellingen.grant, dossier_id, "PAS01", "reden", UNTIL)
    assert str(error.value) == "Punt PAS01 is niet vrij te stellen."
    assert klein.rows(Vrijstelling, dossier_id) == []


@pytest.mark.parametrize(
    ("reason", "until", "fields"),
    [(" ", UNTIL, ["reason"]), ("reden", date(2026, 11, 22), ["valid_until"]), ("", date(2026, 1, 1), None)],
)
def test_a_reason_and_a_day_to_come_are_needed(
    klein: Scene, reason: str, until: date, fields: list[str] | None
) -> None:
    dossier_id = klein.open_dossier()

    with pytest.raises(InvalidInput) as error:
        klein.act(vrijstellingen.grant, dossier_id, "NAM01", reason, until)

    assert list(error.value.fields) == (fields or ["reason", "valid_until"])

"""Letting a check go: who may, with a reason, until a day."""

from datetime import date, timedelta

import pytest

from bedrijfsbureau.actions import vrijstellingen
from bedrijfsbureau.actions.rounds import review
from bedrijfsbureau.errors import Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import Competence, Role, Vrijstelling
from tests.actions.conftest import Scene

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

    klein.act(vrijstellingen.withdraw, dossier_id, given.id)

    assert klein.dossier(dossier_id).verdicts["NAM01"]["state"] == "ontbreekt"
    with pytest.raises(NotFound):
        klein.act(vrijstellingen.withdraw, dossier_id, given.id)


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

"""Making the first accounts of an installation."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bedrijfsbureau.database import reading
from bedrijfsbureau.model import SYSTEM, Medewerker, Role
from tests.actions.conftest import Scene
from tests.cli.conftest import Run


def test_an_account_with_a_team_of_a_published_process_gets_in_by_a_link(klein: Scene, run: Run) -> None:
    added = run(
        "medewerker", "add", "els", "--name", "Els", "--role", "medewerker bedrijfsbureau", "--locatie", "Zevenaar",
        "--team", "BB", "--competence", "medisch", "--password", "",
    )  # fmt: skip
    link = run("medewerker", "link", "els", "--address", "https://bb.example/")

    assert (added.exit_code, added.output) == (0, "Els kan inloggen als els.\n")
    assert link.output.startswith("https://bb.example/inloggen/")
    with reading(klein.database, SYSTEM, klein.now) as tx:
        found = tx.session.scalars(
            select(Medewerker).where(Medewerker.username == "els").options(selectinload(Medewerker.teams))
        ).one()
        assert (found.role, [team.code for team in found.teams], found.competences) == (
            Role.MEDEWERKER, ["BB"], ["medisch"],
        )  # fmt: skip


def test_what_is_wrong_is_said_in_a_sentence(klein: Scene, run: Run) -> None:
    els = ("medewerker", "add", "els", "--name", "Els", "--role", "planner", "--password", "")
    unknown_team = run(*els, "--team", "XX")
    no_account = run("medewerker", "link", "niemand")

    assert "Onbekend team: XX. Bekend: " in str(unknown_team.exception)
    assert str(no_account.exception).startswith("Er is geen account 'niemand'.")

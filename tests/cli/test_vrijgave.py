"""`bedrijfsbureau release`: status 0 when a vrijgave reckons out equal, 1 where not; and its record as a file."""

import json
from pathlib import Path

import pytest
from sqlalchemy import update

from bedrijfsbureau.database import transaction
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import SYSTEM, Vrijgave
from tests.actions.command.test_vrijgave import only_vrijgave, released
from tests.actions.conftest import Scene
from tests.cli.conftest import Run


def test_it_is_equal_or_says_where_it_differs(klein: Scene, run: Run) -> None:
    dossier_id, _ = released(klein)
    number = klein.dossier(dossier_id).number

    result = run("release", "verify", number)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        0, "Gelijk: 2 oordelen nagerekend, 0 bestanden nagekeken.",
    )  # fmt: skip

    content = only_vrijgave(klein, dossier_id).content
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        tx.session.execute(update(Vrijgave).values(content={**content, "gegevens": {"persoon": {"naam": None}}}))
    result = run("release", "verify", number, "--json")
    said = json.loads(result.stdout)
    assert (result.exit_code, said["equal"]) == (1, False)
    assert [(each["part"], each["where"]) for each in said["differences"]] == [("zegel", ""), ("oordeel", "NAM01")]
    assert "verzegeld als voldaan, nagerekend als ontbreekt" in run("release", "verify", number).stdout


def test_the_record_is_written_with_its_seal(klein: Scene, run: Run, tmp_path: Path) -> None:
    dossier_id, _ = released(klein)
    target = tmp_path / "vrijgave.json"

    assert run("release", "export", klein.dossier(dossier_id).number, target).exit_code == 0

    vrijgave = only_vrijgave(klein, dossier_id)
    assert json.loads(target.read_text()) == {"seal": vrijgave.seal, "content": vrijgave.content}


def test_without_a_vrijgave_there_is_nothing_to_reckon(klein: Scene, run: Run) -> None:
    number = klein.dossier(klein.open_dossier()).number

    assert isinstance(run("release", "verify", number).exception, NotFound)
    with pytest.raises(NotFound, match="heeft deze vrijgave niet"):
        raise run("release", "verify", "D-1", "--vrijgave", 2).exception or AssertionError

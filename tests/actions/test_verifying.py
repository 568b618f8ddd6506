"""A vrijgave reckoned again: equal, or exactly where it differs."""

from datetime import date
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import stukken
from bedrijfsbureau.actions.command.vrijgave import seal
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.verifying import Verification, verify
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.model import SYSTEM, Vrijgave
from bedrijfsbureau.storage.kept import place_of
from tests.actions.command.test_vrijgave import only_vrijgave
from tests.actions.conftest import KLEIN, Scene, shipped

PYTHON = {"code": "VER02", "fase": "B", "blokkeert": True, "ontheffing": "nee", "partij": "wij", "taak": "t_punt"}


@pytest.fixture
def scene(klein: Scene) -> Scene:
    """Its policy asks a check in Python as well."""
    content = shipped(KLEIN).to_json()
    content["policy"] = {**content["policy"], "punten": [*content["policy"]["punten"], PYTHON]}
    perform(klein.database, SYSTEM, klein.now, processes.publish_dossiersoort, dossiersoort.from_json(content))
    return klein


@pytest.fixture
def dossier_id(scene: Scene) -> int:
    return released(scene)


def released(scene: Scene) -> int:
    """On a stuk of which the bytes are kept."""
    made = scene.open_dossier({"persoon": {"naam": "A"}})
    scene.act(
        stukken.add_stuk, made, soort="paspoort", received_on=date(2026, 11, 20), source="aanvrager",
        stored=scene.database.storage.put(BytesIO(b"a passport")), filename="p.pdf", media_type="application/pdf",
    )  # fmt: skip
    scene.do(made, "t_naam")
    scene.do(made, "t_vrijgeven")
    return made


def verified(scene: Scene, dossier_id: int) -> Verification:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return verify(tx, only_vrijgave(scene, dossier_id))


def rewritten(scene: Scene, dossier_id: int, **changes: Any) -> None:
    """As if it had been sealed otherwise, by who has the key."""
    vrijgave = only_vrijgave(scene, dossier_id)
    content = {**vrijgave.content, **changes}
    new = {"content": content, "seal": seal(content, scene.database.secret)}
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        tx.session.execute(update(Vrijgave).where(Vrijgave.id == vrijgave.id).values(**new))


def told(found: Verification) -> list[tuple[str, str]]:
    return [(difference.part.value, difference.where) for difference in found.differences]


def test_it_is_equal_whatever_became_of_the_dossier_and_the_policy(scene: Scene, dossier_id: int) -> None:
    stuk_id = only_vrijgave(scene, dossier_id).content["stukken"][0]["id"]
    scene.act(stukken.withdraw_stuk, stuk_id, "vals gebleken")
    perform(scene.database, SYSTEM, scene.now, processes.publish_dossiersoort, shipped(KLEIN))

    found = verified(scene, dossier_id)

    assert (found.is_equal, found.verdicts, found.stukken, found.remarks) == (True, 3, 1, ())


def test_a_moment_is_the_same_in_any_zone(scene: Scene) -> None:
    in_winter = scene.by(now=scene.now.astimezone(ZoneInfo("Europe/Amsterdam")))
    found = verified(scene, released(in_winter))
    assert (found.at[-6:], found.is_equal) == ("+01:00", True)


def test_the_record_holds_the_rules_it_was_judged_by(scene: Scene, dossier_id: int) -> None:
    content = only_vrijgave(scene, dossier_id).content

    rows = {row["code"]: row for row in content["rules"]["policy"]["punten"]}
    assert rows["NAM01"]["voldaan_als"] == "persoon.naam != null"
    assert "voorbeelden" not in rows["NAM01"]
    origin = content["program"]["checks"]["VER02"]
    assert (origin["package"], len(origin["sha256"])) == ("bedrijfsbureau", 64)


def test_a_broken_seal_is_named(scene: Scene, dossier_id: int) -> None:
    vrijgave = only_vrijgave(scene, dossier_id)
    with transaction(scene.database, SYSTEM, scene.now) as tx:
        tx.session.execute(update(Vrijgave).values(content={**vrijgave.content, "by": "iemand anders"}))

    assert told(verified(scene, dossier_id)) == [("zegel", ""), ("zegel", "by")]


def test_sealing_it_anew_shows_in_the_history(scene: Scene, dossier_id: int) -> None:
    rewritten(scene, dossier_id, regime="ander")

    assert told(verified(scene, dossier_id)) == [("verloop", "vrijgegeven")]


def test_a_verdict_that_comes_out_otherwise_is_named_with_both(scene: Scene, dossier_id: int) -> None:
    verdicts = only_vrijgave(scene, dossier_id).content["verdicts"]
    other = [{**v, "state": "vrijgesteld"} if v["code"] == "NAM01" else v for v in verdicts]
    rewritten(scene, dossier_id, verdicts=[{**v, "message": "Ja."} if v["code"] == "PAS01" else v for v in other])

    found = verified(scene, dossier_id)

    assert told(found) == [("verloop", "vrijgegeven"), ("oordeel", "NAM01"), ("melding", "PAS01")]
    assert (found.differences[1].sealed, found.differences[1].found) == ("vrijgesteld", "voldaan")
    assert found.differences[2].found == "Dit punt is in orde."


@pytest.mark.parametrize("spoil", ["gone", "changed"])
def test_bytes_that_are_gone_or_changed_are_named(scene: Scene, dossier_id: int, spoil: str, tmp_path: Any) -> None:
    (stuk,) = only_vrijgave(scene, dossier_id).content["stukken"]
    place = next(tmp_path.rglob(place_of(stuk["versions"][0]["sha256"])))
    place.chmod(0o600)
    if spoil == "gone":
        place.unlink()
    else:
        place.write_bytes(b"another passport")

    (difference,) = verified(scene, dossier_id).differences

    assert difference.part == "stuk" and difference.where == f"paspoort {stuk['id']}, versie 1"
    assert ("niet meer" in difference.message) is (spoil == "gone")


def test_a_row_of_the_policy_that_is_not_what_was_sealed_is_named(scene: Scene, dossier_id: int) -> None:
    rules = only_vrijgave(scene, dossier_id).content["rules"]
    rows = [{**r, "partij": "COA"} if r["code"] == "PAS01" else r for r in rules["policy"]["punten"]]
    rewritten(scene, dossier_id, rules={**rules, "policy": {**rules["policy"], "punten": rows}})

    assert told(verified(scene, dossier_id)) == [("verloop", "vrijgegeven"), ("beleid", "PAS01")]


def test_a_check_whose_code_changed_says_so_and_one_that_is_gone_cannot_be_reckoned(
    scene: Scene, dossier_id: int
) -> None:
    program = only_vrijgave(scene, dossier_id).content["program"]
    older = {**program["checks"]["VER02"], "version": "0.0.1", "sha256": "0" * 64}
    gone = {"package": "ander-pakket", "version": "1", "sha256": "1" * 64}
    rewritten(scene, dossier_id, program={**program, "checks": {"VER02": older}})

    assert verified(scene, dossier_id).remarks == (
        "De code van controle VER02 is sinds de vrijgave gewijzigd; het oordeel is hetzelfde.",
    )

    verdicts = only_vrijgave(scene, dossier_id).content["verdicts"]
    red = [{**v, "state": "verlopen"} if v["code"] == "VER02" else v for v in verdicts]
    rewritten(scene, dossier_id, verdicts=red, program={**program, "checks": {"VER02": older, "NAM01": gone}})
    found = verified(scene, dossier_id)
    assert told(found) == [("verloop", "vrijgegeven"), ("controle", "NAM01"), ("oordeel", "VER02")]
    assert found.differences[2].message == (
        "VER02: verzegeld als verlopen, nagerekend als voldaan. De code van deze controle is sindsdien gewijzigd."
    )

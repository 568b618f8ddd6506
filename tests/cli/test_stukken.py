"""Looking whether all bytes are there, and post without a dossier, on the command line."""

import io
import json
from datetime import date
from pathlib import Path

from sqlalchemy import select

from bedrijfsbureau.actions import people, stukken
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import reading
from bedrijfsbureau.model import SYSTEM, IncomingStuk
from bedrijfsbureau.storage import Folder
from tests.actions.conftest import Scene
from tests.cli.conftest import Run
from tests.intake.files import pdf, png


def in_postvak(scene: Scene) -> list[tuple[str, int, str]]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        rows = select(IncomingStuk.filename, IncomingStuk.locatie_id, IncomingStuk.source).order_by(IncomingStuk.id)
        return [tuple(row) for row in tx.session.execute(rows)]


def test_what_is_gone_or_damaged_is_named(klein: Scene, run: Run, tmp_path: Path) -> None:
    folder, dossier_id = Folder(tmp_path / "var" / "stukken"), klein.open_dossier()
    kept = [folder.put(io.BytesIO(content)) for content in (b"een", b"twee", b"drie")]
    for stored in kept[:2]:
        more = {"stored": stored, "filename": "p.pdf", "media_type": "application/pdf"}
        klein.act(stukken.add_stuk, dossier_id, soort="paspoort", received_on=date(2026, 11, 20), source="x", **more)
    whole = run("stukken", "verify")
    assert (whole.exit_code, whole.output.splitlines()[-1]) == (
        0, "2 nagekeken: 0 weg, 0 beschadigd, 1 wees, 0 onaf.",
    )  # fmt: skip

    folder.path(kept[0].sha256).unlink()
    folder.path(kept[1].sha256).write_bytes(b"iets anders")

    found = run("stukken", "verify", "--json")
    assert (found.exit_code, json.loads(found.output)) == (
        1,
        {
            "checked": 2, "missing": [kept[0].sha256], "damaged": [kept[1].sha256], "orphans": [kept[2].sha256],
            "unfinished": [], "whole": False,
        },
    )  # fmt: skip
    assert f"weg         {kept[0].sha256}\n" in run("stukken", "verify").output


def test_a_folder_goes_into_the_postvak_but_for_what_is_bad(klein: Scene, run: Run, tmp_path: Path) -> None:
    klein.open_dossier()
    post = tmp_path / "post"
    post.mkdir()
    for name, content in {"D-2026-00001 brief.pdf": pdf(), "foto.png": png(), "virus.exe": b"MZ", ".weg": b"x"}.items():
        (post / name).write_bytes(content)

    found = run("stukken", "inbox", post, "--from", "AVIM", "--json")

    outcomes = {each["file"]: (each["state"], each["suggestions"]) for each in json.loads(found.output)}
    assert found.exit_code == 1
    assert outcomes == {
        "D-2026-00001 brief.pdf": ("in het postvak", ["D-2026-00001"]),
        "foto.png": ("in het postvak", []),
        "virus.exe": ("geweigerd", []),
    }
    kept = [("D-2026-00001 brief.pdf", klein.locatie_id, "AVIM"), ("foto.png", klein.locatie_id, "AVIM")]
    assert in_postvak(klein) == kept
    again = run("stukken", "inbox", post / "foto.png")
    assert (again.exit_code, again.output, in_postvak(klein)) == (0, "foto.png: lag er al\n", kept)


def test_with_more_than_one_locatie_the_name_or_you_must_say_which(klein: Scene, run: Run, tmp_path: Path) -> None:
    klein.open_dossier()
    elsewhere = perform(klein.database, SYSTEM, klein.now, people.add_locatie, "Zevenaar").id
    for name in ("D-2026-00001.pdf", "los.pdf"):
        (tmp_path / name).write_bytes(pdf(name))

    assert run("stukken", "inbox", tmp_path / "D-2026-00001.pdf").exit_code == 0
    refused = run("stukken", "inbox", tmp_path / "los.pdf")
    assert (refused.exit_code, "Zeg het met --locatie." in refused.output) == (1, True)
    assert run("stukken", "inbox", tmp_path / "los.pdf", "--locatie", "Zevenaar").exit_code == 0
    assert "Kies uit: Ter Apel, Zevenaar" in str(
        run("stukken", "inbox", tmp_path / "los.pdf", "--locatie", "Mars").exception
    )
    assert [place for _, place, _ in in_postvak(klein)] == [klein.locatie_id, elsewhere]

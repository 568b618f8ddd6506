"""Rappels on the command line."""

import json

import pytest

from bedrijfsbureau.actions import rappel_setup, verzoeken
from bedrijfsbureau.model import Channel, Role
from tests.actions.conftest import Scene
from tests.cli.conftest import Run
from tests.rappel.servers import mail_server


def test_what_waits_is_shown_and_sent_once(klein: Scene, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    dossiers = [klein.open_dossier() for _ in range(2)]
    for dossier_id in dossiers:
        klein.act(verzoeken.ask, dossier_id, "PAS01")
    klein.act(verzoeken.ask, dossiers[0], "NAM01", partij="voogd")
    route = {"channel": Channel.MAIL, "address": "balie@voorbeeld.nl", "locatie_id": None}
    klein.by(role=Role.BEHEERDER).act(rappel_setup.save_route, "aanvrager", **route)

    listed = json.loads(run("rappel", "list", "--json").output)
    assert [(line["partij"], line["open"], line["waiting"]) for line in listed] == [
        ("aanvrager", 2, 2), ("voogd", 1, 1)
    ]  # fmt: skip
    assert "aanvrager: 2 open, oudste van 23-11-2026" in run("rappel", "list").output
    preview = run("rappel", "preview", "--partij", "voogd", "--date", "2026-11-24").output
    assert "voogd, Ter Apel (lijst om af te geven)" in preview
    assert "- D-2026-00001: Naam bekend." in preview

    assert "Kies vandaag of een eerdere dag." in str(run("rappel", "send", "--date", "2999-01-01").exception)
    with mail_server() as got:
        monkeypatch.setenv("BEDRIJFSBUREAU_SMTP", got.address)
        monkeypatch.setenv("BEDRIJFSBUREAU_MAIL_FROM", "rappel@bureau.nl")
        sent = json.loads(run("rappel", "send", "--json").output)
        again = run("rappel", "send")
    assert [(row["partij"], row["channel"], row["state"], row["items"]) for row in sent] == [
        ("aanvrager", "e-mail", "verzonden", 2), ("voogd", "lijst", "af te geven", 1)
    ]  # fmt: skip
    assert len(got.messages) == 1
    assert again.output == "Er was niets te versturen, of het ging vandaag al.\n"


def test_what_can_not_be_sent_says_why(klein: Scene, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BEDRIJFSBUREAU_SMTP", raising=False)
    klein.act(verzoeken.ask, klein.open_dossier(), "PAS01")
    route = {"channel": Channel.MAIL, "address": "balie@voorbeeld.nl", "locatie_id": None}
    klein.by(role=Role.BEHEERDER).act(rappel_setup.save_route, "aanvrager", **route)

    sent = run("rappel", "send")

    assert (sent.exit_code, "mislukt (Er is geen mailserver ingesteld" in sent.output) == (1, True)

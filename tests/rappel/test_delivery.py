"""Delivery to a real mail server and a real web server, on this machine."""

import hashlib
import hmac
import json
import smtplib
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy

import pytest

from bedrijfsbureau.errors import InvalidInput, NotDelivered
from bedrijfsbureau.rappel import Letter, Point, check_address, key_for, post, read_server, send_mail
from bedrijfsbureau.rappel.mail import is_mail_address
from tests.rappel.servers import mail_server, web_server

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
POINT = Point("D-2026-00001", None, "Identiteit vastgesteld", "", 0, date(2026, 11, 20))
LETTER = Letter(
    "rappel-20261123-abc", "AVIM", None, date(2026, 11, 23), NOW, "e-mail", "balie@voorbeeld.nl, ook@voorbeeld.nl",
    "Openstaande vragen", "Aan AVIM,\n\n.\n- D-2026-00001: één vraag.\n", (POINT,), b"sleutel",
)  # fmt: skip


def test_mail_arrives_as_it_was_written_under_its_own_id() -> None:
    with mail_server() as got:
        send_mail(read_server(got.address, "rappel@bureau.nl"), LETTER)
        send_mail(read_server(got.address, "rappel@bureau.nl"), LETTER)

    assert got.recipients == ["balie@voorbeeld.nl", "ook@voorbeeld.nl"] * 2
    assert got.messages[0] == got.messages[1]
    mail = message_from_bytes(
        got.messages[0].removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n."), policy=policy.default
    )
    assert {name: mail[name] for name in ("Message-ID", "From", "Subject", "Date", "Auto-Submitted")} == {
        "Message-ID": "<rappel-20261123-abc@bureau.nl>",
        "From": "rappel@bureau.nl",
        "Subject": "Openstaande vragen",
        "Date": "Mon, 23 Nov 2026 08:00:00 +0000",
        "Auto-Submitted": "auto-generated",
    }
    assert mail.get_content().replace("\r\n", "\n") == LETTER.body


def test_a_server_that_says_no_has_nothing() -> None:
    with mail_server() as got:
        got.answer = "554 te groot"
        with pytest.raises(NotDelivered, match="te groot"):
            send_mail(read_server(got.address, "rappel@bureau.nl"), LETTER)
        with pytest.raises(NotDelivered, match="onbekend"):
            send_mail(read_server(got.address, "rappel@bureau.nl"), replace(LETTER, address="weg@voorbeeld.nl"))
    with pytest.raises(NotDelivered, match="niet bereikbaar"):
        send_mail(read_server("smtp://127.0.0.1:1", "rappel@bureau.nl"), LETTER)


@pytest.mark.parametrize("address", ["weg@voorbeeld.nl, balie@voorbeeld.nl", "balie@voorbeeld.nl"])
def test_what_may_have_arrived_is_another_error(address: str) -> None:
    """One of two recipients is refused; the server goes away without an answer."""
    with mail_server() as got:
        got.answer = "250 Ok" if "," in address else ""
        with pytest.raises(smtplib.SMTPException) as error:
            send_mail(read_server(got.address, "rappel@bureau.nl"), replace(LETTER, address=address))
    assert not isinstance(error.value, NotDelivered)
    assert len(got.messages) == 1


@pytest.mark.parametrize("address", ["", "smtp://", "http://server", "smtp://server:poort", "server:25"])
def test_a_server_is_named_in_full(address: str) -> None:
    with pytest.raises(InvalidInput):
        read_server(address, "rappel@bureau.nl")
    with pytest.raises(InvalidInput):
        read_server("smtp://server", "rappel")


def test_a_server_may_ask_who_we_are() -> None:
    server = read_server("smtp+starttls://wij:geh%40im@mail.bureau.nl", "rappel@bureau.nl")

    assert (server.scheme, server.host, server.port) == ("smtp+starttls", "mail.bureau.nl", 587)
    assert (server.username, server.password) == ("wij", "geh@im")


@pytest.mark.parametrize("text", ["a@b", "a", "@b.nl", "a b@c.nl", "A <a@b.nl>", "a@b.nl\nBcc: x@y.nl", "é@b.nl"])
def test_what_is_no_mail_address(text: str) -> None:
    assert not is_mail_address(text)


def test_a_webhook_gets_json_that_it_can_check() -> None:
    with web_server() as got:
        letter = replace(LETTER, way="webhook", address=got.address)
        post(letter)
        post(letter)

    assert got.messages[0] == got.messages[1]
    assert json.loads(got.messages[0]) == {
        "id": "rappel-20261123-abc", "partij": "AVIM", "locatie": None, "datum": "2026-11-23",
        "onderwerp": "Openstaande vragen", "tekst": LETTER.body,
        "punten": [
            {"dossier": "D-2026-00001", "vraag": "Identiteit vastgesteld", "toelichting": None, "herinnering": 0,
             "gevraagd_op": "2026-11-20"},
        ],
    }  # fmt: skip
    headers = got.headers[0]
    assert headers["Idempotency-Key"] == "rappel-20261123-abc"
    seconds, signature = (part.partition("=")[2] for part in headers["Bedrijfsbureau-Signature"].split(","))
    signed = f"{seconds}.".encode() + got.messages[0]
    assert (seconds, signature) == ("1795420800", hmac.new(b"sleutel", signed, hashlib.sha256).hexdigest())


@pytest.mark.parametrize("status", [302, 400, 500])
def test_a_webhook_that_says_no_or_points_elsewhere_has_nothing(status: int) -> None:
    with web_server() as got:
        got.status = status
        with pytest.raises(NotDelivered, match=str(status)):
            post(replace(LETTER, address=got.address))
    with pytest.raises(NotDelivered, match="niet bereikbaar"):
        post(replace(LETTER, address="http://127.0.0.1:1/"))


@pytest.mark.parametrize(
    "address", ["http://partij.nl/", "ftp://partij.nl", "https://", "https://wie:wat@partij.nl", "https://p.nl:x", "a"]
)
def test_a_webhook_is_reached_safely(address: str) -> None:
    with pytest.raises(InvalidInput):
        check_address(address)
    check_address("https://partij.nl/rappels?van=ons")


def test_every_route_and_every_number_has_a_key_of_its_own() -> None:
    made = [key_for(b"geheim", *route) for route in (("A", None, 1), ("A", 1, 1), ("A", None, 2), ("B", None, 1))]

    assert len({*made}) == 4
    assert made[0] == key_for(b"geheim", "A", None, 1)

"""Delivery to a webhook: a POST of JSON that is signed, under a key that tells a second attempt from a second message.

    Idempotency-Key: <message id>
    Bedrijfsbureau-Signature: t=<seconds since 1970>,v1=<HMAC-SHA256 of "<t>.<body>", in hexadecimal digits>

The moment is that of the message, so that a second attempt is the same to the letter.
"""

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from bedrijfsbureau.errors import InvalidInput, NotDelivered
from bedrijfsbureau.rappel.letter import Letter

PATIENCE = 20.0  # seconds
HERE = ("localhost", "127.0.0.1", "::1")
NO_ADDRESS = "Dit is geen adres van een webhook. Het begint met https:// (http:// kan alleen op deze machine)."


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What is signed for one address is not sent on to another."""

    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def check_address(address: str) -> None:
    """Raises InvalidInput."""
    try:
        url = urlsplit(address)
        is_good = bool(url.hostname) and (url.scheme == "https" or (url.scheme == "http" and url.hostname in HERE))
        is_good = is_good and url.username is None and (url.port or 1) > 0
    except ValueError:
        is_good = False
    if not is_good or not address.isascii() or any(letter.isspace() for letter in address):
        raise InvalidInput({"adres": [NO_ADDRESS]}, NO_ADDRESS)


def key_for(secret: bytes, partij: str, locatie_id: int | None, number: int) -> bytes:
    """The key of one route. Nothing of it is kept: the installation's own key and the number make it again."""
    name = json.dumps(["rappel", partij, locatie_id, number])
    return hmac.digest(secret, name.encode(), "sha256").hex().encode()


def sign(key: bytes, seconds: int, body: bytes) -> str:
    return hmac.new(key, b"%d." % seconds + body, hashlib.sha256).hexdigest()


def content(letter: Letter) -> bytes:
    points = [
        {
            "dossier": point.dossier,
            **({"v_nummer": point.v_nummer} if point.v_nummer else {}),
            "vraag": point.question,
            "toelichting": point.remark or None,
            "herinnering": point.reminder,
            "gevraagd_op": point.asked_on.isoformat(),
        }
        for point in letter.points
    ]
    said = {
        "id": letter.message_id, "partij": letter.partij, "locatie": letter.locatie, "datum": letter.day.isoformat(),
        "onderwerp": letter.subject, "tekst": letter.body, "punten": points,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def post(letter: Letter) -> None:
    """Raises NotDelivered when the other side says no or can't be reached; any other error leaves it open."""
    check_address(letter.address)
    body, seconds = content(letter), int(letter.made_at.timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": letter.message_id,
        "Bedrijfsbureau-Signature": f"t={seconds},v1={sign(letter.key, seconds, body)}",
        "User-Agent": "bedrijfsbureau",
    }
    request = urllib.request.Request(letter.address, data=body, headers=headers, method="POST")
    try:
        with _opener.open(request, timeout=PATIENCE):
            return  # any 2xx
    except urllib.error.HTTPError as error:
        error.close()
        raise NotDelivered(f"De webhook antwoordt met status {error.code}.") from error
    except urllib.error.URLError as error:
        raise NotDelivered(f"De webhook is niet bereikbaar: {error.reason}.") from error

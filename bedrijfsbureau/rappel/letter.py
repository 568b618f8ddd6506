"""What goes out to one partij on one day."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Point:
    """One question. Nothing of the dossier but its number; `v_nummer` is None for a partij that may not have it.

    `reminder`: 0 for the first time that it is asked. `remark`: what the medewerker added, where that may go out.
    """

    dossier: str
    v_nummer: str | None
    question: str
    remark: str
    reminder: int
    asked_on: date


@dataclass(frozen=True)
class Letter:
    """Ready to be delivered. `message_id` is the same at every attempt, so that who receives it twice can tell.

    `way`: "e-mail" or "webhook". `address`: of mail with commas between them, or of a webhook. `key` signs the request
    to a webhook.
    """

    message_id: str
    partij: str
    locatie: str | None
    day: date
    made_at: datetime
    way: str
    address: str
    subject: str
    body: str
    points: tuple[Point, ...]
    key: bytes = b""

"""The message that chases a partij: its words, and the ways it can go out. Knows no database."""

from bedrijfsbureau.rappel.letter import Letter, Point
from bedrijfsbureau.rappel.mail import MailServer, read_server, send_mail
from bedrijfsbureau.rappel.outlet import Outlet, nowhere
from bedrijfsbureau.rappel.texts import DEFAULT, Texts, Words, compose, faults
from bedrijfsbureau.rappel.webhook import check_address, key_for, post, sign

__all__ = [
    "DEFAULT",
    "Letter",
    "MailServer",
    "Outlet",
    "Point",
    "Texts",
    "Words",
    "check_address",
    "compose",
    "faults",
    "key_for",
    "nowhere",
    "post",
    "read_server",
    "send_mail",
    "sign",
]

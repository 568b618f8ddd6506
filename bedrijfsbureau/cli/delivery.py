"""With what this installation delivers rappels, as its environment says."""

import os
from pathlib import Path

from bedrijfsbureau.rappel import Letter, MailServer, Outlet, post, read_server, send_mail
from bedrijfsbureau.rappel.mail import as_mail

SERVER, SENDER = "BEDRIJFSBUREAU_SMTP", "BEDRIJFSBUREAU_MAIL_FROM"


def outlet() -> Outlet:
    """Webhooks always; mail when a server was named. Raises InvalidInput when that is no server or no sender."""
    address = os.environ.get(SERVER, "")
    if not address:
        return Outlet(webhook=post)
    server = read_server(address, os.environ.get(SENDER, ""))
    return Outlet(mail=lambda letter: send_mail(server, letter), webhook=post)


def kept_in(folder: Path) -> Outlet:
    """For a demonstration: nothing leaves this machine, every message is a file that a mail program can open."""
    nobody = MailServer("smtp", "localhost", 25, "rappel@voorbeeld.nl")

    def keep(letter: Letter) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{letter.message_id}.eml").write_bytes(as_mail(nobody, letter).as_bytes())

    return Outlet(mail=keep, webhook=keep)

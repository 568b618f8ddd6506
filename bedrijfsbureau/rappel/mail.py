"""Delivery by e-mail (SMTP). Where the server is and who sends is a setting of the installation."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from bedrijfsbureau.errors import InvalidInput, NotDelivered
from bedrijfsbureau.rappel.letter import Letter

PATIENCE = 20.0  # seconds for every answer of the server
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
ADDRESS = re.compile(r"[^\s@<>(),;:\"\\]+@[^\s@<>(),;:\"\\.]+(\.[^\s@<>(),;:\"\\.]+)+")
NO_SERVER = "Dit is geen adres van een mailserver. Schrijf smtp+starttls://gebruiker:wachtwoord@server:587."
NO_SENDER = "De afzender moet een e-mailadres zijn, zoals rappel@voorbeeld.nl."


@dataclass(frozen=True)
class MailServer:
    """`scheme`: smtp (plain, for a server on this machine), smtp+starttls or smtps."""

    scheme: str
    host: str
    port: int
    sender: str
    username: str = ""
    password: str = ""


def read_server(address: str, sender: str) -> MailServer:
    """`address`: smtp+starttls://user:password@host:port. Raises InvalidInput."""
    try:
        url = urlsplit(address)
        port = url.port
    except ValueError as error:
        raise InvalidInput({}, NO_SERVER) from error
    if url.scheme not in PORTS or not url.hostname:
        raise InvalidInput({}, NO_SERVER)
    if not is_mail_address(sender):
        raise InvalidInput({}, NO_SENDER)
    user, password = unquote(url.username or ""), unquote(url.password or "")
    return MailServer(url.scheme, url.hostname, port or PORTS[url.scheme], sender, user, password)


def is_mail_address(text: str) -> bool:
    return text.isascii() and ADDRESS.fullmatch(text) is not None


def send_mail(server: MailServer, letter: Letter) -> None:
    """Raises NotDelivered when the server refused it or could not be reached; any other error leaves it open whether
    it has the message."""
    message = as_mail(server, letter)
    try:
        connection = _connect(server)
    except (OSError, smtplib.SMTPException) as error:
        raise NotDelivered(f"De mailserver {server.host} is niet bereikbaar of weigert ons: {error}.") from error
    with connection:
        try:
            refused = connection.send_message(message)
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPException as error:
            raise NotDelivered(f"De mailserver weigert het bericht: {error}.") from error
    if refused:  # some of the addresses; the others have it
        raise smtplib.SMTPRecipientsRefused(refused)


def as_mail(server: MailServer, letter: Letter) -> EmailMessage:
    """The same bytes at every attempt."""
    message = EmailMessage()
    message["From"] = server.sender
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.made_at)
    message["Message-ID"] = f"<{letter.message_id}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answers
    message.set_content(letter.body)
    return message


def _connect(server: MailServer) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=safe)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        if server.scheme == "smtp+starttls":
            connection.starttls(context=safe)
        if server.username:
            connection.login(server.username, server.password)
    except BaseException:
        connection.close()
        raise
    return connection

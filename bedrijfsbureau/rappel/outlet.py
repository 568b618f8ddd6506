"""What an installation has to deliver with."""

from collections.abc import Callable
from dataclasses import dataclass

from bedrijfsbureau.errors import NotDelivered
from bedrijfsbureau.rappel.letter import Letter

NO_MAIL = "Er is geen mailserver ingesteld (BEDRIJFSBUREAU_SMTP en BEDRIJFSBUREAU_MAIL_FROM)."
NO_WEBHOOK = "Deze worker bezorgt niet aan webhooks."

Deliver = Callable[[Letter], None]


def _no_mail(letter: Letter) -> None:
    raise NotDelivered(NO_MAIL)


def _no_webhook(letter: Letter) -> None:
    raise NotDelivered(NO_WEBHOOK)


@dataclass(frozen=True)
class Outlet:
    """Both return when the other side has the letter, and raise NotDelivered when it certainly has not."""

    mail: Deliver = _no_mail
    webhook: Deliver = _no_webhook

    def deliver(self, letter: Letter) -> None:
        (self.webhook if letter.way == "webhook" else self.mail)(letter)


nowhere = Outlet()

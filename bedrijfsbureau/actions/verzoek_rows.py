"""Opening, sending and closing rows of verzoeken; used by actions and by what the process does itself."""

from datetime import date

from bedrijfsbureau.actions.at_hand import AtHand
from bedrijfsbureau.actions.outbox import send
from bedrijfsbureau.model import Verzoek


def open_verzoek(at_hand: AtHand, code: str, partij: str, text: str) -> Verzoek:
    verzoek = Verzoek(
        dossier_id=at_hand.dossier.id,
        code=code,
        partij=partij,
        text=text,
        asked_on=at_hand.today,
        asked_by_id=at_hand.tx.actor.id,
        reminders=0,
        is_open=True,
        answer={},
        escalation={},
    )
    at_hand.dossier.verzoeken.append(verzoek)
    at_hand.tx.session.add(verzoek)
    at_hand.record("verzoek_geopend", code=code, partij=partij)
    at_hand.changed("verzoeken", codes=[code])
    return verzoek


def send_verzoek(at_hand: AtHand, verzoek: Verzoek) -> None:
    """Put it in the outbox (again): from today on it waits for an answer."""
    verzoek.is_open, verzoek.asked_on, verzoek.reminded_on, verzoek.reminders = True, at_hand.today, None, 0
    _post(at_hand, verzoek, "verzoek_verzonden", at_hand.today)


def remind(at_hand: AtHand, verzoek: Verzoek) -> None:
    verzoek.reminders, verzoek.reminded_on = verzoek.reminders + 1, at_hand.today
    _post(at_hand, verzoek, "verzoek_herinnerd", at_hand.today)


def close(at_hand: AtHand, verzoek: Verzoek, reason: str) -> None:
    verzoek.is_open, verzoek.closed_at, verzoek.closed_reason = False, at_hand.tx.now, reason
    at_hand.record("verzoek_gesloten", code=verzoek.code, partij=verzoek.partij, reason=reason)
    at_hand.changed("verzoeken", codes=[verzoek.code])


def _post(at_hand: AtHand, verzoek: Verzoek, kind: str, on: date) -> None:
    number = verzoek.reminders
    send(
        at_hand,
        f"{kind}:{verzoek.code}:{on.isoformat()}:{number}",
        to=verzoek.partij,
        subject=f"{at_hand.dossier.number} {verzoek.code}",
        text=verzoek.text,
    )
    at_hand.record(kind, code=verzoek.code, partij=verzoek.partij, number=number)
    at_hand.changed("verzoeken", codes=[verzoek.code])

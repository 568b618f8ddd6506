"""Asking a partij for what a check needs, and taking in the answer."""

from sqlalchemy import select

from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.actions.command.verzoek_rows import open_verzoek, remind, send_verzoek, spelled
from bedrijfsbureau.checks import OURSELVES
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, NotFound
from bedrijfsbureau.model import Dossier, RappelItem


def ask(tx: Tx, dossier_id: int, code: str, text: str = "", partij: str | None = None) -> Dossier:
    """Ask for what is missing. The process sends it (`opvragen`); where it knows no such step it is sent at once.

    Raises NotFound for a check that does not apply, Conflict when it was asked already or when it is our own work.
    """
    with handling(tx, dossier_id) as at_hand:
        verdict = next((v for v in at_hand.verdicts if v.code == code), None)
        if verdict is None:
            raise NotFound(f"Punt {code} geldt niet voor dit dossier.")
        asked = spelled(at_hand, partij or verdict.partij)
        if asked == OURSELVES:
            raise Conflict("Dit is ons eigen werk: doe de taak die erbij hoort, of vul in aan wie u het vraagt.")
        earlier = at_hand.verzoek(code)
        if earlier is not None and earlier.is_open:
            raise Conflict(
                f"Dit is al gevraagd aan {earlier.partij} op {earlier.asked_on:%d-%m-%Y}. Wacht op het antwoord."
            )
        typed = "" if text.strip() == verdict.message.strip() else text  # the sentence may quote the record
        verzoek = open_verzoek(at_hand, code, asked, text or verdict.message, typed)
        if at_hand.is_awaited("opvragen_gevraagd"):
            at_hand.deliver("opvragen_gevraagd", local={"punt": code})
        else:
            send_verzoek(at_hand, verzoek)
    return at_hand.dossier


def remind_now(tx: Tx, dossier_id: int, code: str) -> Dossier:
    """Have an open verzoek go out once more with the next rappel, whatever the timer of the process says.

    Raises NotFound without an open verzoek, Conflict when it goes out already or an answer is being processed.
    """
    with handling(tx, dossier_id) as at_hand:
        verzoek = at_hand.verzoek(code)
        if verzoek is None or not verzoek.is_open:
            raise NotFound(f"Voor punt {code} staat geen verzoek open.")
        if verzoek.answered_at is not None:
            raise Conflict("Het antwoord op dit verzoek is al binnen. Verwerk dat eerst.")
        waiting = select(RappelItem.id).where(
            RappelItem.verzoek_id == verzoek.id, RappelItem.rappel_id.is_(None), RappelItem.dropped_at.is_(None)
        )
        if tx.session.scalars(waiting.limit(1)).first() is not None:
            raise Conflict("Dit verzoek gaat al mee met het volgende bericht aan deze partij.")
        remind(at_hand, verzoek)
    return at_hand.dossier


def answer(tx: Tx, dossier_id: int, code: str, what: str = "") -> Dossier:
    """An answer to an open verzoek came in: the process asks someone to process it. Raises NotAwaited."""
    with handling(tx, dossier_id) as at_hand:
        at_hand.record("bericht_ontvangen", message="antwoord_ontvangen", code=code, what=what)
        at_hand.deliver("antwoord_ontvangen", code)
    return at_hand.dossier

"""Asking a partij for what a check needs, and taking in the answer."""

from bedrijfsbureau.actions.settle import handling
from bedrijfsbureau.actions.verzoek_rows import open_verzoek, send_verzoek
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, NotFound
from bedrijfsbureau.model import Dossier


def ask(tx: Tx, dossier_id: int, code: str, text: str = "", partij: str | None = None) -> Dossier:
    """Ask for what is missing. The process sends it (`opvragen`); where it knows no such step it is sent at once.

    Raises NotFound for a check that does not apply, Conflict when it was asked already.
    """
    with handling(tx, dossier_id) as at_hand:
        verdict = next((v for v in at_hand.verdicts if v.code == code), None)
        if verdict is None:
            raise NotFound(f"Punt {code} geldt niet voor dit dossier.")
        earlier = at_hand.verzoek(code)
        if earlier is not None and earlier.is_open:
            raise Conflict(
                f"Dit is al gevraagd aan {earlier.partij} op {earlier.asked_on:%d-%m-%Y}. Wacht op het antwoord."
            )
        verzoek = open_verzoek(at_hand, code, partij or verdict.partij, text or verdict.message)
        if at_hand.is_awaited("opvragen_gevraagd"):
            at_hand.deliver("opvragen_gevraagd", local={"punt": code})
        else:
            send_verzoek(at_hand, verzoek)
    return at_hand.dossier


def answer(tx: Tx, dossier_id: int, code: str, what: str = "") -> Dossier:
    """An answer to an open verzoek came in: the process asks someone to process it. Raises NotAwaited."""
    with handling(tx, dossier_id) as at_hand:
        at_hand.record("bericht_ontvangen", message="antwoord_ontvangen", code=code, what=what)
        at_hand.deliver("antwoord_ontvangen", code)
    return at_hand.dossier

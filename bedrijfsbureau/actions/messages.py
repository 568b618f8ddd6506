"""Messages from outside the dossier: partijen, colleagues, other systems."""

from bedrijfsbureau.actions.command import history
from bedrijfsbureau.actions.command.access import require_dossier
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import NotAwaited
from bedrijfsbureau.model import Dossier, Json


def receive(tx: Tx, dossier_id: int, message: str, key: str | None = None, content: Json | None = None) -> Dossier:
    """Hand a message to the process. Raises NotAwaited; `keep_refused` then records it."""
    with handling(tx, dossier_id) as at_hand:
        if not at_hand.is_awaited(message, key):
            raise NotAwaited(
                f"Dossier {at_hand.dossier.number} wacht nu niet op het bericht '{message}'. Het is niet verwerkt."
            )
        at_hand.record("bericht_ontvangen", message=message, key=key, content=content or {})
        at_hand.deliver(message, key, content)
    return at_hand.dossier


def receive_signal(tx: Tx, dossier_id: int, signal: str) -> None:
    """A signal that another dossier threw. Where nothing waits for it, it changes nothing."""
    with handling(tx, dossier_id) as at_hand:
        if at_hand.instance is not None and at_hand.instance.signal(signal):
            at_hand.record("bericht_ontvangen", message=signal, sender="signaal")


def keep_refused(tx: Tx, dossier_id: int, message: str, key: str | None = None, content: Json | None = None) -> None:
    """A message nobody waited for is never lost: it stays in the history, and nothing else changes."""
    require_dossier(tx, dossier_id)
    dossier = tx.session.get_one(Dossier, dossier_id, with_for_update=True)
    history.record(tx, dossier, "bericht_geweigerd", message=message, key=key, content=content or {})

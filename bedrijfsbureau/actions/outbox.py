"""What leaves the system: a row in the dossier's own transaction, delivered by the worker after the commit."""

from bedrijfsbureau.actions.at_hand import AtHand
from bedrijfsbureau.model import DueWork, WorkKind


def send(at_hand: AtHand, reference: str, *, to: str, subject: str, text: str) -> None:
    """Have a message delivered to a partij or team; `reference` makes the second of two equal messages one."""
    at_hand.tx.session.add(
        DueWork(
            kind=WorkKind.OUTBOX,
            dossier_id=at_hand.dossier.id,
            reference=f"{reference}:{at_hand.dossier.event_count}",
            payload={"to": to, "subject": subject, "text": text},
            due_at=at_hand.tx.now,
        )
    )

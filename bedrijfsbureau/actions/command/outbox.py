"""What leaves the dossier: a row in its own transaction, delivered by the worker after the commit."""

import json

from bedrijfsbureau.actions.command.at_hand import AtHand
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


def hand_on(at_hand: AtHand) -> None:
    """Messages the process sent: to the process itself when it waits for them, else out, to whom the name says."""
    while at_hand.sent:
        message, key, local = at_hand.sent.pop(0)
        if at_hand.instance is not None and at_hand.instance.awaits(message, key, local):
            at_hand.record("bericht_ontvangen", message=message, key=key, sender="proces")
            at_hand.deliver(message, key, local)
        else:
            text = json.dumps({"key": key, **local}, ensure_ascii=False)
            send(at_hand, f"{message}:{key or ''}", to=message, subject=message, text=text)


def spread(at_hand: AtHand, signal: str) -> None:
    """A signal that went through this dossier goes to all others, each in a transaction of its own."""
    at_hand.tx.session.add(
        DueWork(
            kind=WorkKind.SIGNAL,
            dossier_id=at_hand.dossier.id,
            reference=f"{signal}:{at_hand.dossier.event_count}",
            payload={"signal": signal},
            due_at=at_hand.tx.now,
        )
    )

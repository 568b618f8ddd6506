"""Once a night every open dossier is looked at again: checks that depend on the date, due dates, priorities."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete

from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.work.rounds import add_once
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Command, WorkKind

REVIEW_AT = timedelta(minutes=5)  # after midnight in Amsterdam
KEYS_KEPT = timedelta(days=30)  # in which a command that is asked again gets its first answer


def plan_review(tx: Tx) -> None:
    """Have all open dossiers looked at shortly after midnight; planning it twice, also at once, changes nothing."""
    night = next_night(tx.now)
    at = datetime(night.year, night.month, night.day, tzinfo=AMSTERDAM) + REVIEW_AT
    row = {"kind": WorkKind.REVIEW, "reference": night.isoformat(), "due_at": at, "payload": {}, "attempts": 0}
    add_once(tx, row)


def next_night(now: datetime) -> date:
    """The day that begins with it."""
    return now.astimezone(AMSTERDAM).date() + timedelta(days=1)


def forget_keys(tx: Tx) -> None:
    """Nobody presses a button again after a month."""
    tx.session.execute(
        delete(Command).where(Command.at < tx.now - KEYS_KEPT), execution_options={"synchronize_session": False}
    )

"""One command on one dossier: load under the lock, change, bring everything to agreement, keep it.

After a change the process looks at its waiting conditions again, and the system draws its conclusions until there are
none left. Only then are state, tasks, timers and verdicts written, all in the same transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from bedrijfsbureau import engine
from bedrijfsbureau.actions.command.at_hand import AtHand, load
from bedrijfsbureau.actions.command.computed import recompute
from bedrijfsbureau.actions.command.conclusions import CONCLUSIONS
from bedrijfsbureau.actions.command.host import Host
from bedrijfsbureau.actions.command.outbox import hand_on
from bedrijfsbureau.actions.command.projection import project
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import StepFailed
from bedrijfsbureau.model import Base, Dossier

MOST_ROUNDS = 50  # a dossier that still changes after this many conclusions would go on for ever


@contextmanager
def handling(tx: Tx, key: int | str, owner: type[Base] = Dossier) -> Iterator[AtHand]:
    """The dossier at hand for one command, found by its id or by that of a row of its own (`owner`).

    What the command changes is written at its end, once. Raises NotFound, Forbidden, StateTampered, StepFailed.
    """
    at_hand = load(tx, key, owner)
    if at_hand.dossier.state is not None:
        host, secret = Host(at_hand), tx.database.key_for(at_hand.dossier.id)
        at_hand.instance = engine.resume(at_hand.kind.model, at_hand.dossier.state, host, secret)
        at_hand.timers_before = {timer.id: timer.due_at for timer in at_hand.instance.timers if timer.due_at}
    yield at_hand
    settle(at_hand)


def settle(at_hand: AtHand) -> None:
    for _ in range(MOST_ROUNDS):
        recompute(at_hand)
        hand_on(at_hand)
        if at_hand.instance is None or at_hand.instance.finished:
            break
        if at_hand.instance.waits_for_conditions:
            at_hand.instance.refresh()
        if not at_hand.sent and not any(conclude(at_hand) for conclude in CONCLUSIONS):
            break
    else:
        raise StepFailed(at_hand.dossier.number, RuntimeError("het dossier komt niet tot rust"))
    project(at_hand)
    at_hand.tx.write_later(at_hand.unwritten.write)

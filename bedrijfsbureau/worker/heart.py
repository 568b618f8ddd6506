"""Beats beside the work, so that a long piece of work is not taken for a dead worker; until it is too long."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.work import due_work
from bedrijfsbureau.database import Database
from bedrijfsbureau.errors import DatabaseUnavailable
from bedrijfsbureau.model import SYSTEM
from bedrijfsbureau.worker.job import Clock

BEAT = 5.0  # seconds between two heartbeats: three fit in a claim
LONGEST = 900.0  # seconds that one piece of work may take
log = logging.getLogger(__name__)


@contextmanager
def heart(database: Database, clock: Clock, name: str, hung: Callable[[], object]) -> Iterator[Callable[[], None]]:
    """Gives a function to call whenever a piece of work begins. When that is not called for `LONGEST`, the heart stops,
    another worker takes what this one has, and `hung` is called: it can free what the work holds."""
    stop = threading.Event()
    since = [monotonic()]

    def begin() -> None:
        since[0] = monotonic()

    def beat() -> None:
        while not stop.wait(BEAT):
            if monotonic() - since[0] > LONGEST:
                log.critical("Deze worker is langer dan %s seconden met één stuk werk bezig; hij houdt op.", LONGEST)
                hung()
                return
            try:
                perform(database, SYSTEM, clock(), due_work.keep, name)
            except DatabaseUnavailable:
                continue  # the work says so
            except Exception:
                log.exception("De hartslag van de worker is niet bewaard.")

    beating = threading.Thread(target=beat, name="heartbeat", daemon=True)
    beating.start()
    try:
        yield begin
    finally:
        stop.set()
        beating.join()

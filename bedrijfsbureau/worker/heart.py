"""Beats beside the work, so that a long piece of work is not taken for a dead worker."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bedrijfsbureau.actions import due_work
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database
from bedrijfsbureau.errors import DatabaseUnavailable
from bedrijfsbureau.model import SYSTEM
from bedrijfsbureau.worker.job import Clock

BEAT = 5.0  # seconds between two heartbeats: three fit in a claim
log = logging.getLogger(__name__)


@contextmanager
def heart(database: Database, clock: Clock, name: str) -> Iterator[None]:
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(BEAT):
            try:
                perform(database, SYSTEM, clock(), due_work.keep, name)
            except DatabaseUnavailable:
                continue  # the work says so
            except Exception:
                log.exception("De hartslag van de worker is niet bewaard.")

    beating = threading.Thread(target=beat, name="heartbeat", daemon=True)
    beating.start()
    try:
        yield
    finally:
        stop.set()
        beating.join()

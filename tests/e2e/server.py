"""The program as people meet it: waitress on a free port of this machine, and nothing in its place."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from bedrijfsbureau.cli.serve import listen
from bedrijfsbureau.database import Database
from bedrijfsbureau.web import Config

NOTICE = "Alle gegevens zijn verzonnen voorbeelden."


class Remembered(BytecodeCache):
    """Every test has an application of its own; what a template compiles to is the same in all of them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._known[bucket.key, bucket.checksum] = bucket.code


Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Remembered()}


@contextmanager
def serving(
    database: Database, clock: Callable[[], datetime], threads: int = 8, proxy: str | None = None
) -> Iterator[str]:
    """Its address, as long as the block lasts."""
    server: Any = listen(database, Config(https=False, clock=clock, notice=NOTICE), "127.0.0.1", 0, threads, proxy)
    running = threading.Thread(target=server.run, name="waitress")
    running.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        with suppress(OSError):  # an answer that was ready woke it up first, and it closed already
            server.trigger.pull_trigger(lambda: server.asyncore.close_all(server._map))  # in the thread that may do so
        running.join()
        server.task_dispatcher.shutdown()

"""A PostgreSQL server of one test's own, to stop and to kill: the programs are those that `bb` finds."""

import importlib.util
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ATTEMPTS = 200  # a killed server's children hold its memory for a moment, and each attempt takes one


def load_bb() -> ModuleType:
    loader = SourceFileLoader("bb_program", str(ROOT / "bb"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


class Server:
    def __init__(self, bb: ModuleType, programs: Path, folder: Path, user: dict[str, Any]) -> None:
        self.bb, self.programs, self.folder, self.user = bb, programs, folder, user
        self.url = f"postgresql+psycopg://bedrijfsbureau@/postgres?host={folder}"
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self.running = self.bb.start_postgresql(self.programs, self.folder, self.user, True)
                return
            except self.bb.Stop:
                if attempt == ATTEMPTS:
                    raise

    def stop(self) -> None:
        """As an administrator does: whoever is connected is thrown out."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """As a power cut does: without a word, and nothing is written any more."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.running is not None:
            os.kill(self.running.pid, how)
            self.running.wait(30)
            self.running = None


@contextmanager
def own_server() -> Iterator[Server]:
    bb = load_bb()
    programs = bb.postgresql_programs()
    if programs is None:
        pytest.skip("no PostgreSQL: run the tests with `python3 bb test`")
    with tempfile.TemporaryDirectory(prefix="bb-own-") as name:
        folder, user = Path(name), bb.unprivileged()
        if user and programs.is_relative_to(bb.VENV):
            programs = bb.copy_wheel(programs, folder)
        if user:
            os.chown(folder, user["user"], user["group"])
        folder.chmod(0o755)
        server = Server(bb, programs, folder, user)
        server.start()
        try:
            yield server
        finally:
            server.stop()

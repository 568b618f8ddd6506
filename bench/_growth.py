"""What 5,000 rounds of rework do to a process: its stored state, and the cost to load it, do a task and save it.

Without a database: a row is as big as what is in it, and what the database keeps of the past nobody reads to go on.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bedrijfsbureau import dossiersoort, engine
from bedrijfsbureau.termijnen import functions

ROOT = Path(__file__).parent.parent
KEY = b"only for measuring, not for people"
ROUNDS = 5_000
TURNS = 200  # times the young and the old process are measured, by turns


def growth() -> tuple[dict[str, float], float]:
    """Figures; and the cost or the state at the end over that at the beginning, whichever is worse."""
    soort = dossiersoort.read(ROOT / "tests" / "actions" / "klein")
    bpmn = {name: text.encode() for name, text in soort.files.items() if name.endswith(".bpmn")}
    model, host = engine.compile(bpmn, soort.process_id), _NeverReady()

    def again(state: bytes) -> bytes:
        """The dossier is released, turns out not to be ready after all, and waits to be released once more."""
        instance = engine.resume(model, state, host, KEY)
        (task,) = (task for task in instance.tasks if task.element.id == "t_vrijgeven")
        instance.complete(task.id)
        return instance.save(KEY)

    young = _first(model, host)
    old = young
    for _ in range(ROUNDS):
        old = again(old)
    early, late = _costs(again, young, old)
    figures = {
        "growth.us_at_0": 1e6 * early,
        f"growth.us_at_{ROUNDS}": 1e6 * late,
        "growth.bytes_at_0": len(young),
        f"growth.bytes_at_{ROUNDS}": len(old),
    }
    return figures, max(late / early, len(old) / len(young))


def _costs(again: Callable[[bytes], bytes], young: bytes, old: bytes) -> tuple[float, float]:
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(TURNS):
        for state, times in zip((young, old), took, strict=True):
            begin = time.perf_counter()
            again(state)
            times.append(time.perf_counter() - begin)
    return median(took[0]), median(took[1])


def _first(model: engine.Model, host: "_NeverReady") -> bytes:
    instance = engine.start(model, host)
    (task,) = (task for task in instance.tasks if task.element.id == "t_naam")
    instance.complete(task.id)
    return instance.save(KEY)


class _NeverReady:
    """Whoever releases the dossier is told that it is not ready."""

    functions = functions
    now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def context(self, local: Mapping[str, Any]) -> Mapping[str, Any]:
        ready = {"planbaar": True, "behandelklaar": True, "open_P": [], "open_B": []}
        persoon = {"naam": "Anna", "oproep_op": None}
        return {"persoon": persoon, "gereedheid": ready, "open_taken": ["t_naam", "t_vrijgeven"], **local}

    def handle(self, handler: str, element: engine.Element, local: Mapping[str, Any]) -> None:
        raise engine.BpmnError("niet_klaar")

    def decide(self, element: engine.Element, local: Mapping[str, Any]) -> None:
        """Nothing."""

    def send(self, message: str, element: engine.Element, local: Mapping[str, Any], key: str | None) -> None:
        """Nothing."""

    def signal(self, signal: str, element: engine.Element, local: Mapping[str, Any]) -> None:
        """Nothing."""

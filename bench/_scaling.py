"""The same work by one process and by two, each with a connection of its own, for as long."""

import os
import time
from multiprocessing import get_context
from statistics import median

from _product import Office

SECONDS = 2.0


def scaling(office: Office, deadline: float) -> tuple[dict[str, float], float]:
    """Completions per second of all together, and the median over the turns of two over one; one turn always fits."""
    rates: dict[int, list[float]] = {1: [], 2: []}
    while not rates[2] or time.perf_counter() + 3 * SECONDS < deadline:
        for processes, found in rates.items():
            found.append(_rate(office, processes))
    figures = {f"scaling.{processes}.per_second": median(found) for processes, found in rates.items()}
    return figures, median(two / one for one, two in zip(rates[1], rates[2], strict=True))


def _rate(office: Office, processes: int) -> float:
    context = get_context("fork")
    answers = context.SimpleQueue()

    def work() -> None:
        office.database.engine.dispose(close=False)
        done, took, begin = 0, 0.0, time.perf_counter()
        while time.perf_counter() - begin < SECONDS:
            more, seconds = office.round()
            done, took = done + more, took + seconds
        answers.put(done / took)
        os._exit(0)

    children = [context.Process(target=work) for _ in range(processes)]
    for child in children:
        child.start()
    for child in children:
        child.join()
        if child.exitcode:
            raise RuntimeError(f"a worker ended with status {child.exitcode}")
    return sum(float(answers.get()) for _ in children)

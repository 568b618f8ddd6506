"""Measuring contestants in turns.

Speed on one machine swings by a factor of two from minute to minute, so a figure by itself says little. What holds is
the ratio between contestants that ran in the same round; the median over the rounds is reported.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

QUICK = 28.0  # seconds, preparation included, after which a quick measurement begins no new round
THOROUGH = 240.0


@dataclass
class Contestant:
    """`round` does its work once and returns what it did, the seconds it took for that, and nothing else it needed."""

    name: str
    round: Callable[[], tuple[int, float]]
    rates: list[float] = field(default_factory=list)  # per second, one for each round

    @property
    def rate(self) -> float:
        return median(self.rates)


@dataclass(frozen=True)
class Report:
    figures: Mapping[str, float]
    ratios: Mapping[str, float]


def take_turns(contestants: Iterable[Contestant], deadline: float) -> None:
    """Round after round, each contestant once, in an order that turns, as long as one more fits before `deadline`.

    The first round warms up and does not count; the second is always run.
    """
    order = list(contestants)
    longest = 0.0
    for number in range(1_000):
        start = time.perf_counter()
        for contestant in order:
            done, took = contestant.round()
            if number:
                contestant.rates.append(done / took)
        order.append(order.pop(0))
        longest = max(longest, time.perf_counter() - start)
        if number and time.perf_counter() + longest > deadline:
            return


def ratio(ours: Contestant, theirs: Contestant) -> float:
    """How many times as much we did in the same time: the median over the rounds."""
    return median(mine / other for mine, other in zip(ours.rates, theirs.rates, strict=True))


def main(measure: Callable[[float], Report], title: str, prepare: Callable[[], None] = lambda: None) -> None:
    """`measure` gets the moment after which it begins no new round, on the clock of `time.perf_counter`. What `prepare`
    takes, such as an installation the first time, does not count."""
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--quick", action="store_true", help="end within 40 seconds")
    parser.add_argument("--json", action="store_true", help='print {"figures": {...}, "ratios": {...}}')
    wanted = parser.parse_args()
    prepare()
    begin = time.perf_counter()
    report = measure(begin + (QUICK if wanted.quick else THOROUGH))
    if wanted.json:
        print(json.dumps({"figures": dict(report.figures), "ratios": dict(report.ratios)}))
        return
    print(title)
    for heading, values in (("figures", report.figures), ("ratios", report.ratios)):
        print(f"\n{heading}")
        for name, value in values.items():
            print(f"  {name:<72}{value:>12,.2f}")

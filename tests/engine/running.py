"""Small diagrams that run: every command on a `Running` first restores the saved state, and saves it again after."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bedrijfsbureau import engine
from bedrijfsbureau.engine.rule import example

KEY = b"key of this dossier"
NOON = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)  # 12:00 in Amsterdam

START = '<startEvent id="s"/>'
END = '<endEvent id="e"/>'


class World:
    """A host with plain data; `script` says what a handler or decision does: change data, or raise."""

    def __init__(self, **data: Any) -> None:
        self.now = NOON
        self.data = data
        self.called: list[tuple[str, Mapping[str, Any]]] = []
        self.sent: list[tuple[str, str | None, Mapping[str, Any]]] = []
        self.signals: list[str] = []
        self.script: dict[str, Any] = {}

    def context(self, local: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**self.data, **local}

    def handle(self, handler: str, element: engine.Element, local: Mapping[str, Any]) -> None:
        self._act(handler, local)

    def decide(self, element: engine.Element, local: Mapping[str, Any]) -> None:
        self._act(element.decision or "", local)

    def send(self, message: str, element: engine.Element, local: Mapping[str, Any], key: str | None) -> None:
        self.sent.append((message, key, local))

    def signal(self, signal: str, element: engine.Element, local: Mapping[str, Any]) -> None:
        self.signals.append(signal)

    def _act(self, name: str, local: Mapping[str, Any]) -> None:
        self.called.append((name, dict(local)))
        what = self.script.get(name)
        if isinstance(what, Exception):
            raise what
        if isinstance(what, dict):
            self.data.update(what)
        elif what is not None:
            what()


class Running:
    def __init__(self, body: str | bytes, world: World | None = None, **data: Any) -> None:
        self.world = world or World(**data)
        file = body if isinstance(body, bytes) else example(body)
        self.model = engine.compile({"model.bpmn": file}, "p")
        first = engine.start(self.model, self.world)
        self.passed = list(first.passed)
        self.state = first.save(KEY)

    @property
    def now(self) -> engine.Instance:
        return engine.resume(self.model, self.state, self.world, KEY)

    def do(self, command: str, *arguments: Any, **named: Any) -> tuple[str, ...]:
        """Run one command and return what was passed."""
        instance = self.now
        getattr(instance, command)(*arguments, **named)
        self.state = instance.save(KEY)
        again = self.now
        assert again.save(KEY) == self.state
        assert (again.tasks, again.timers, again.awaited) == (instance.tasks, instance.timers, instance.awaited)
        assert again.startable == instance.startable
        assert (again.active, again.ahead, again.end) == (instance.active, instance.ahead, instance.end)
        self.passed += instance.passed
        return instance.passed

    def complete(self, *elements: str) -> None:
        for element in elements:
            self.do("complete", next(task.id for task in self.now.tasks if task.element.id == element))

    def complete_with(self, element: str, local: Mapping[str, Any]) -> None:
        found = [task.id for task in self.now.tasks if task.element.id == element and task.local == local]
        self.do("complete", found[0])

    def deliver(self, message: str, key: str | None = None, **local: Any) -> None:
        self.do("deliver", message, key, local)

    @property
    def open(self) -> list[str]:
        return sorted(task.element.id for task in self.now.tasks)

    @property
    def end(self) -> str | None:
        return self.now.end


def users(*ids: str) -> str:
    return "".join(f'<userTask id="{i}"/>' for i in ids)


def gateways(kind: str, *ids: str, default: str = "") -> str:
    return "".join(
        f'<{kind}Gateway id="{i}"{f" default={chr(34)}{default}{chr(34)}" if default else ""}/>' for i in ids
    )


def when(source: str, target: str, condition: str) -> str:
    return (
        f'<sequenceFlow id="f_{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"<conditionExpression>= {condition}</conditionExpression></sequenceFlow>"
    )


def message_event(name: str, key: str = "") -> str:
    return f'<messageEventDefinition messageRef="m_{name}"{f" bb:key={chr(34)}= {key}{chr(34)}" if key else ""}/>'


def timer_event(moment: str, kind: str = "timeDate") -> str:
    return f"<timerEventDefinition><{kind}>= {moment}</{kind}></timerEventDefinition>"


def condition_event(condition: str) -> str:
    return f"<conditionalEventDefinition><condition>= {condition}</condition></conditionalEventDefinition>"


def catch(element: str, event: str) -> str:
    return f'<intermediateCatchEvent id="{element}">{event}</intermediateCatchEvent>'


def boundary(element: str, on: str, event: str) -> str:
    return f'<boundaryEvent id="{element}" attachedToRef="{on}">{event}</boundaryEvent>'


def subprocess(element: str, body: str) -> str:
    return f'<subProcess id="{element}"><startEvent id="{element}_s"/><endEvent id="{element}_e"/>{body}</subProcess>'


def event_subprocess(element: str, message: str, body: str) -> str:
    start = f'<startEvent id="{element}_s" isInterrupting="false">{message_event(message)}</startEvent>'
    return f'<subProcess id="{element}" triggeredByEvent="true">{start}<endEvent id="{element}_e"/>{body}</subProcess>'


def service(element: str, handler: str) -> str:
    return f'<serviceTask id="{element}" bb:handler="{handler}"/>'


def process(body: str, *others: str, messages: str = "", errors: str = "") -> str:
    """Process `p` with what it refers to; `others` are further processes."""
    named = "".join(f'<message id="m_{name}" name="{name}"/>' for name in messages.split())
    coded = "".join(f'<error id="x_{code}" name="{code}" errorCode="{code}"/>' for code in errors.split())
    return f'{named}{coded}<process id="p" name="Proef">{body}</process>{"".join(others)}'

"""Random sound models: after every step the engine and an independent token game agree, and the engine's state has been
saved and restored in between. `RANDOM_MODELS` says how many; a long run takes 10,000."""

import json
import os
from random import Random
from typing import Any

import pytest

from bedrijfsbureau import engine
from bedrijfsbureau.engine import sight
from tests.engine.drawing import bpmn
from tests.engine.models import SIGNALS, VALUES, Maker
from tests.engine.reference import Game
from tests.engine.running import KEY, World

MODELS = int(os.environ.get("RANDOM_MODELS", "200"))
FIRST = int(os.environ.get("RANDOM_FIRST", "0"))
CHUNK = 25
STEPS = 25

Local = dict[str, Any]


class Pair:
    """The same model in both."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.text = Maker(seed).model()
        file = bpmn(self.text)
        self.world = World(**{name: self.random.random() < 0.5 for name in VALUES})
        self.model = engine.compile({"m.bpmn": file}, "p")
        self.state = engine.start(self.model, self.world).save(KEY)
        self.game = Game(file, self.world.data)
        self.log: list[str] = []

    def look(self) -> tuple[object, object]:
        now = engine.resume(self.model, self.state, self.world, KEY)
        tasks = sorted((task.element.id, json.dumps(dict(task.local), sort_keys=True)) for task in now.tasks)
        waits = [("timer", timer.element.id) for timer in now.timers]
        waits += [("message", each.element.id) for each in now.awaited]
        return (tasks, sorted(waits), now.finished), (self.game.tasks(), self.game.waits(), self.game.finished)

    def step(self, number: int) -> None:
        instance = engine.resume(self.model, self.state, self.world, KEY)
        timers = [timer for timer in instance.timers if timer.due_at is not None]
        options = ["complete"] * 4 * len(instance.tasks) + ["message"] * len(instance.awaited)
        options += ["wake"] * len(timers) + ["signal", "set"]
        command = self.random.choice(options)
        if command == "complete":
            task = self.random.choice(instance.tasks)
            self.log.append(f"complete {task.element.id} {task.local}")
            instance.complete(task.id)
            self.game.complete((task.element.id, json.dumps(dict(task.local), sort_keys=True)))
        elif command == "message":
            self._message(instance, self.random.choice(instance.awaited), number)
        elif command == "wake":
            timer = self.random.choice(timers)
            self.log.append(f"wake {timer.element.id}")
            self._event(instance, timer.element.id, timer.id, {})
            instance.wake(timer.id)
        elif command == "signal":
            name = self.random.choice(SIGNALS)
            self.log.append(f"signal {name}")
            instance.signal(name)
            self.game.signal(name)
        else:
            name = self.random.choice(VALUES)
            self.world.data[name] = not self.world.data[name]
            self.log.append(f"set {name} {self.world.data[name]}")
            instance.refresh()
            self.game.run()
        self.state = instance.save(KEY)

    def _message(self, instance: engine.Instance, wait: engine.Awaited, number: int) -> None:
        """The first that waits takes it; what it brings tells later tokens apart."""
        self.log.append(f"message {wait.message}")
        first = next(each for each in instance.awaited if each.message == wait.message)
        self._event(instance, first.element.id, first.id, {f"n_{wait.message}": number})
        instance.deliver(wait.message, None, {f"n_{wait.message}": number})

    def _event(self, instance: engine.Instance, element: str, wait_id: str, payload: Local) -> None:
        waits = instance._workflow.waits()
        local = next(dict(who.data) for who, event, _ in waits if sight.wait_id(who, event) == wait_id)
        self.game.event(element, local, payload)


@pytest.mark.parametrize("first", range(FIRST, FIRST + MODELS, CHUNK))
def test_the_engine_agrees_with_the_token_game(first: int) -> None:
    for seed in range(first, first + CHUNK):
        pair = Pair(seed)
        for number in range(STEPS):
            ours, theirs = pair.look()
            assert ours == theirs, f"{seed}\n{pair.text}\n" + "\n".join(pair.log)
            if pair.game.finished:
                break
            pair.step(number)

"""The host of an instance that is only looked at: nothing in it may run."""

from dataclasses import dataclass
from datetime import datetime

from bedrijfsbureau import engine
from bedrijfsbureau.model import Json


@dataclass
class Nobody:
    now: datetime

    def context(self, local: engine.Local) -> Json:
        raise NotImplementedError

    def handle(self, handler: str, element: engine.Element, local: engine.Local) -> None:
        raise NotImplementedError

    def decide(self, element: engine.Element, local: engine.Local) -> None:
        raise NotImplementedError

    def send(self, message: str, element: engine.Element, local: engine.Local, key: str | None) -> None:
        raise NotImplementedError

    def signal(self, signal: str, element: engine.Element, local: engine.Local) -> None:
        raise NotImplementedError

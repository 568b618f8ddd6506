"""The tasks and gateways of `bench/models/rivals.bpmn`, as viewflow writes them."""

from typing import Any

from viewflow import this  # type: ignore[import-not-found]
from viewflow.workflow import flow, lock  # type: ignore[import-not-found]


def view(request: Any) -> None:
    """Nobody opens a page."""


def again(activation: Any) -> bool:
    return bool((activation.process.data or {}).get("opnieuw"))


class Rivals(flow.Flow):  # type: ignore[misc]
    lock_impl = lock.SelectForUpdateLock()
    start = flow.StartHandle().Next(this.split)
    split = flow.Split().Next(this.a1).Next(this.b1).Next(this.c1)
    a1, b1, c1 = (flow.View(view).Next(after) for after in (this.a2, this.b2, this.c2))
    a2, b2, c2 = (flow.View(view).Next(after) for after in (this.gw_a, this.gw_b, this.gw_c))
    gw_a = flow.If(again).Then(this.a1).Else(this.a3)
    gw_b = flow.If(again).Then(this.b1).Else(this.b3)
    gw_c = flow.If(again).Then(this.c1).Else(this.c3)
    a3, b3, c3 = (flow.View(view).Next(after) for after in (this.a4, this.b4, this.c4))
    a4, b4, c4 = (flow.View(view).Next(this.samen) for _ in "abc")
    samen = flow.Join().Next(this.einde)
    einde = flow.End()

"""The worker: does what is due. Several may run at once; each row of work is done by one of them.

Each piece of work is a transaction of its own. A worker that dies leaves its rows claimed for `due_work.CLAIM`; then
another takes them.
"""

from bedrijfsbureau.worker.delivery import deliver, deliver_to
from bedrijfsbureau.worker.job import Clock, Send
from bedrijfsbureau.worker.loop import BATCH, TOGETHER, deliver_now, run, work_off

__all__ = ["BATCH", "TOGETHER", "Clock", "Send", "deliver", "deliver_now", "deliver_to", "run", "work_off"]

"""The BPMN engine: judges models, compiles them, and runs them. The only package that knows SpiffWorkflow.

It knows no database, no web and no dossier. What a process needs from outside it asks of a `Host`.
"""

from bedrijfsbureau.engine.apart import check_apart
from bedrijfsbureau.engine.checking import check, compile, unreadable
from bedrijfsbureau.engine.counterparts import Mapped, inverse, propose
from bedrijfsbureau.engine.host import BpmnError, Host, Local
from bedrijfsbureau.engine.instance import Instance, resume, start
from bedrijfsbureau.engine.migration import migrate, obstacles
from bedrijfsbureau.engine.model import Element, Model
from bedrijfsbureau.engine.outline import Step, Way, outline
from bedrijfsbureau.engine.page import profile_page
from bedrijfsbureau.engine.sight import Awaited, ReadyTask, Startable, Timer
from bedrijfsbureau.errors import Problem

__all__ = [
    "Awaited",
    "BpmnError",
    "Element",
    "Host",
    "Instance",
    "Local",
    "Mapped",
    "Model",
    "Problem",
    "ReadyTask",
    "Startable",
    "Step",
    "Timer",
    "Way",
    "check",
    "check_apart",
    "compile",
    "inverse",
    "migrate",
    "obstacles",
    "outline",
    "profile_page",
    "propose",
    "resume",
    "start",
    "unreadable",
]

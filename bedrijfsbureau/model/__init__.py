"""The tables, and nothing but the tables: one file per aggregate."""

from bedrijfsbureau.model.actor import SYSTEM, Actor, Competence, Role
from bedrijfsbureau.model.base import Base, Json
from bedrijfsbureau.model.command import Command
from bedrijfsbureau.model.dossier import Dossier, OpenPoint, Relatie, Stage
from bedrijfsbureau.model.event import Event
from bedrijfsbureau.model.move import MoveKind, MovePlan, MoveRun, MoveState, MoveStay
from bedrijfsbureau.model.people import Locatie, LoginLink, Medewerker, Team
from bedrijfsbureau.model.process import PolicyVersion, ProcessVersion, VersionStatus
from bedrijfsbureau.model.stuk import Stuk, StukState, StukVersion
from bedrijfsbureau.model.task import NO_DUE, Task, TaskStatus
from bedrijfsbureau.model.termijn import Termijn
from bedrijfsbureau.model.verzoek import Verzoek, Vrijstelling
from bedrijfsbureau.model.vrijgave import Vrijgave
from bedrijfsbureau.model.work import DueWork, Incident, IncidentKind, WorkKind

__all__ = [
    "NO_DUE",
    "SYSTEM",
    "Actor",
    "Base",
    "Command",
    "Competence",
    "Dossier",
    "DueWork",
    "Event",
    "Incident",
    "IncidentKind",
    "Json",
    "Locatie",
    "LoginLink",
    "Medewerker",
    "MoveKind",
    "MovePlan",
    "MoveRun",
    "MoveState",
    "MoveStay",
    "OpenPoint",
    "PolicyVersion",
    "ProcessVersion",
    "Relatie",
    "Role",
    "Stage",
    "Stuk",
    "StukState",
    "StukVersion",
    "Task",
    "TaskStatus",
    "Team",
    "Termijn",
    "VersionStatus",
    "Verzoek",
    "Vrijgave",
    "Vrijstelling",
    "WorkKind",
]

"""The tables, and nothing but the tables: one file per aggregate."""

from bedrijfsbureau.model.actor import SYSTEM, Actor, Competence, Role
from bedrijfsbureau.model.base import Base, Json
from bedrijfsbureau.model.command import Command
from bedrijfsbureau.model.dossier import Dossier, OpenPoint, Relatie, Stage
from bedrijfsbureau.model.event import Event
from bedrijfsbureau.model.forecast import Measurement
from bedrijfsbureau.model.incoming import IncomingState, IncomingStuk
from bedrijfsbureau.model.move import MoveKind, MovePlan, MoveRun, MoveState, MoveStay
from bedrijfsbureau.model.notice import Notice
from bedrijfsbureau.model.people import Locatie, LoginGuard, LoginLink, Medewerker, Team
from bedrijfsbureau.model.policy import DraftStatus, PolicyDraft, PolicyVersion, Transition
from bedrijfsbureau.model.preview import ChangeKind, Preview, PreviewChange, PreviewStatus
from bedrijfsbureau.model.process import ProcessVersion, VersionStatus
from bedrijfsbureau.model.rappel import (
    Channel,
    Rappel,
    RappelHour,
    RappelItem,
    RappelRoute,
    RappelState,
    RappelText,
)
from bedrijfsbureau.model.stuk import Stuk, StukState, StukVersion
from bedrijfsbureau.model.task import NO_DUE, Task, TaskStatus
from bedrijfsbureau.model.termijn import RunStatus, Termijn, TermijnRun, TermijnRunRow
from bedrijfsbureau.model.verzoek import Verzoek, Vrijstelling
from bedrijfsbureau.model.viewing import Viewing
from bedrijfsbureau.model.vrijgave import Vrijgave
from bedrijfsbureau.model.work import DueWork, Incident, IncidentKind, WorkKind

__all__ = [
    "NO_DUE",
    "SYSTEM",
    "Actor",
    "Base",
    "ChangeKind",
    "Channel",
    "Command",
    "Competence",
    "Dossier",
    "DraftStatus",
    "DueWork",
    "Event",
    "Incident",
    "IncidentKind",
    "IncomingState",
    "IncomingStuk",
    "Json",
    "Locatie",
    "LoginGuard",
    "LoginLink",
    "Measurement",
    "Medewerker",
    "MoveKind",
    "MovePlan",
    "MoveRun",
    "MoveState",
    "MoveStay",
    "Notice",
    "OpenPoint",
    "PolicyDraft",
    "PolicyVersion",
    "Preview",
    "PreviewChange",
    "PreviewStatus",
    "ProcessVersion",
    "Rappel",
    "RappelHour",
    "RappelItem",
    "RappelRoute",
    "RappelState",
    "RappelText",
    "Relatie",
    "Role",
    "RunStatus",
    "Stage",
    "Stuk",
    "StukState",
    "StukVersion",
    "Task",
    "TaskStatus",
    "Team",
    "Termijn",
    "TermijnRun",
    "TermijnRunRow",
    "Transition",
    "VersionStatus",
    "Verzoek",
    "Viewing",
    "Vrijgave",
    "Vrijstelling",
    "WorkKind",
]

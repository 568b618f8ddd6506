"""The worklist's projection of a ready user task, written only with the engine step that made it."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bedrijfsbureau.model.base import Base

NO_DUE = date(9999, 12, 31)  # keyset pages need a date in every row


class TaskStatus(enum.StrEnum):
    OPEN = "open"
    DONE = "afgerond"
    LAPSED = "vervallen"


def _open_index(*columns: str) -> Index:
    """Lists read open tasks only, in the order of the worklist: a partial index stays small whatever has been done."""
    is_open = text("status = 'open'")
    name = "ix_task_open_" + "_".join(columns)
    return Index(name, *columns, "due_on", "priority", "id", sqlite_where=is_open, postgresql_where=is_open)


class Task(Base):
    """`id` is the engine's task id; `local` its token-local data, such as the check it is about."""

    __tablename__ = "task"
    __table_args__ = (
        _open_index("locatie_id", "team"),
        _open_index("assignee_id"),
        _open_index("locatie_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    element: Mapped[str]
    name: Mapped[str]
    form: Mapped[str | None]
    team: Mapped[str]
    locatie_id: Mapped[int] = mapped_column(ForeignKey("locatie.id"))
    competence: Mapped[str | None]
    checks: Mapped[list[str]]
    local: Mapped[dict[str, Any]]
    status: Mapped[TaskStatus]
    priority: Mapped[int]
    due_on: Mapped[date] = mapped_column(default=NO_DUE)
    due_reason: Mapped[str | None]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    claimed_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("medewerker.id"))
    closed_reason: Mapped[str | None]
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    draft_at: Mapped[datetime | None]

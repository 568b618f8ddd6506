"""Medewerkers, their teams and locaties, and the links that let them in once."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bedrijfsbureau.model.actor import Actor, Competence, Role
from bedrijfsbureau.model.base import Base

medewerker_team = Table(
    "medewerker_team",
    Base.metadata,
    Column("medewerker_id", ForeignKey("medewerker.id"), primary_key=True),
    Column("team_id", ForeignKey("team.id"), primary_key=True),
)


class Locatie(Base):
    __tablename__ = "locatie"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Team(Base):
    """A lane of the models: `code` is the name a model uses ("BB", "TP", "Groep 4")."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Medewerker(Base):
    """An account. Without `password_hash` (argon2) only a login link lets this person in."""

    __tablename__ = "medewerker"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role]
    locatie_id: Mapped[int | None] = mapped_column(ForeignKey("locatie.id"))
    competences: Mapped[list[str]] = mapped_column(default=list)
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    session_key: Mapped[str]  # changes on logout everywhere; a session with another key is over
    locatie: Mapped[Locatie | None] = relationship(lazy="raise")
    teams: Mapped[list[Team]] = relationship(secondary=medewerker_team, lazy="raise", order_by=Team.code)

    def as_actor(self) -> Actor:
        return Actor(
            id=self.id,
            name=self.name,
            role=self.role,
            locatie_id=self.locatie_id,
            teams=frozenset(team.code for team in self.teams),
            competences=frozenset(Competence(name) for name in self.competences),
        )


class LoginLink(Base):
    """A link that logs one person in once; only the SHA-256 of its token is kept."""

    __tablename__ = "login_link"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    medewerker_id: Mapped[int] = mapped_column(ForeignKey("medewerker.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class LoginGuard(Base):
    """A count of wrong passwords, or when an account was last let in from an address; `key` is a keyed hash and so says
    neither who nor where (`actions.login_guard`). `failures` wears off, so it need not be whole."""

    __tablename__ = "login_guard"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[float]
    at: Mapped[datetime] = mapped_column(index=True)

"""Accounts, and the ways to prove who you are."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import InvalidInput, LoginFailed
from bedrijfsbureau.model import Competence, Locatie, LoginLink, Medewerker, Role, Team

Row = TypeVar("Row", Locatie, Team, Medewerker)
MINIMUM_PASSWORD = 12  # characters
_hasher = PasswordHasher()
_nobody = _hasher.hash(secrets.token_urlsafe(16))  # verified for unknown names too, so that timing tells nothing


def add_locatie(tx: Tx, name: str) -> Locatie:
    """The locatie of this name, made when there is none."""
    found = tx.session.scalar(select(Locatie).where(Locatie.name == name))
    return found or _added(tx, Locatie(name=name))


def add_team(tx: Tx, code: str, name: str) -> Team:
    """The team of this code, made when there is none."""
    found = tx.session.scalar(select(Team).where(Team.code == code))
    return found or _added(tx, Team(code=code, name=name))


def add_medewerker(
    tx: Tx,
    *,
    username: str,
    name: str,
    role: Role,
    locatie_id: int | None = None,
    teams: Collection[str] = (),
    competences: Collection[Competence] = (),
    password: str | None = None,
) -> Medewerker:
    """A new account. Raises InvalidInput for a name in use, an unknown team or a short password."""
    _check_free(tx, username)
    rows = tx.session.scalars(select(Team).where(Team.code.in_(teams))).all() if teams else []
    if missing := set(teams) - {team.code for team in rows}:
        raise InvalidInput({"teams": [f"Onbekend team: {', '.join(sorted(missing))}. Maak het team eerst aan."]})
    return _added(
        tx,
        Medewerker(
            username=username,
            name=name,
            role=role,
            locatie_id=locatie_id,
            teams=list(rows),
            competences=sorted(competences),
            password_hash=_hash_password(password) if password is not None else None,
            session_key=secrets.token_urlsafe(16),
        ),
    )


def log_in(tx: Tx, username: str, password: str) -> Medewerker:
    """Raises LoginFailed for a wrong name or password, or an account that is switched off."""
    named = select(Medewerker).where(Medewerker.username == username).options(selectinload(Medewerker.teams))
    found = tx.session.scalar(named)
    try:
        _hasher.verify((found and found.password_hash) or _nobody, password)
    except VerificationError as error:
        raise LoginFailed from error
    if found is None or not found.active or found.password_hash is None:
        raise LoginFailed
    return found


def create_login_link(tx: Tx, medewerker_id: int, valid_for: timedelta) -> str:
    """The token of a link that lets this medewerker in once, until `valid_for` has passed."""
    token = secrets.token_urlsafe(24)
    tx.session.add(
        LoginLink(token_hash=_digest(token), medewerker_id=medewerker_id, expires_at=tx.now + valid_for, used_at=None)
    )
    return token


def use_login_link(tx: Tx, token: str) -> Medewerker:
    """Raises LoginFailed when the link is unknown, used or too old."""
    claimed = (
        update(LoginLink)
        .where(LoginLink.token_hash == _digest(token), LoginLink.used_at.is_(None), LoginLink.expires_at > tx.now)
        .values(used_at=tx.now)
        .returning(LoginLink.medewerker_id)
    )
    medewerker_id = tx.session.scalar(claimed)
    known = select(Medewerker).where(Medewerker.id == medewerker_id).options(selectinload(Medewerker.teams))
    found = tx.session.scalar(known) if medewerker_id is not None else None
    if found is None or not found.active:
        raise LoginFailed("Deze inloglink is al gebruikt of verlopen. Vraag een nieuwe link.")
    return found


def log_out_everywhere(tx: Tx, medewerker_id: int) -> None:
    """Every session of this medewerker ends at its next request."""
    tx.session.get_one(Medewerker, medewerker_id).session_key = secrets.token_urlsafe(16)


def _check_free(tx: Tx, username: str) -> None:
    if tx.session.scalar(select(Medewerker.id).where(Medewerker.username == username)) is not None:
        raise InvalidInput({"username": ["Deze gebruikersnaam bestaat al. Kies een andere."]})


def _hash_password(password: str) -> str:
    if len(password) < MINIMUM_PASSWORD:
        raise InvalidInput({"password": [f"Kies een wachtwoord van ten minste {MINIMUM_PASSWORD} tekens."]})
    return _hasher.hash(password)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _added(tx: Tx, row: Row) -> Row:
    tx.session.add(row)
    tx.session.flush()
    return row

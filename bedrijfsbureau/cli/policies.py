"""The policy that a command means (a file, the draft of a dossiersoort, or one of its versions), and who gives it."""

from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from bedrijfsbureau.actions.drafting import policy_drafts
from bedrijfsbureau.actions.kinds.in_force import policy_on
from bedrijfsbureau.cli.files import read_at_most
from bedrijfsbureau.cli.work import now
from bedrijfsbureau.database import Database, Tx, reading
from bedrijfsbureau.dossiersoort import exchange
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, Actor, Medewerker, PolicyDraft, PolicyVersion

LARGEST_FILE = 2_000_000  # bytes


def read_policy(file: Path) -> dict[str, Any]:
    """A policy of its own, or with a catalogue in the file beside it that it names. Raises InvalidInput,
    DossiersoortInvalid."""
    try:
        text = read_at_most(file, LARGEST_FILE).decode("utf-8-sig")
        named = exchange.catalogue_named(text, file.name)
        beside = (file.parent / named).read_text("utf-8") if named else None
    except (UnicodeDecodeError, OSError) as error:
        raise InvalidInput({}, f"{file} of zijn catalogus is niet te lezen als tekst in UTF-8: {error}.") from error
    return exchange.read_policy(text, file.name, beside)


def draft_of(tx: Tx, soort: str) -> PolicyDraft:
    """Raises NotFound."""
    found = policy_drafts.draft_of(tx, soort)
    if found is None:
        raise NotFound(f"Er is geen concept van het beleid van '{soort}'. Maak er een op het scherm, of met import.")
    return found


def version_of(tx: Tx, soort: str, number: int | None) -> PolicyVersion:
    """The one in force today when no number is given. Raises NotFound."""
    if number is None:
        in_force = policy_on(tx, soort, policy_drafts.today(tx))
        return tx.session.get_one(PolicyVersion, in_force.id)
    query = select(PolicyVersion).where(PolicyVersion.dossiersoort == soort, PolicyVersion.number == number)
    found = tx.session.scalar(query)
    if found is None:
        raise NotFound(f"Versie {number} van het beleid van '{soort}' bestaat niet.")
    return found


def person(database: Database, username: str) -> Actor:
    """Raises NotFound."""
    with reading(database, SYSTEM, now()) as tx:
        named = select(Medewerker).where(Medewerker.username == username).options(selectinload(Medewerker.teams))
        found = tx.session.scalar(named)
        if found is None:
            raise NotFound(f"Medewerker '{username}' bestaat niet.")
        return found.as_actor()

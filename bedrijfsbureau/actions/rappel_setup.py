"""Where rappels go (beheerder), in what words and with what of a dossier (proceseigenaar), and at what hour."""

from datetime import date, datetime, time

from sqlalchemy import delete, select

from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import Channel, DueWork, Locatie, RappelHour, RappelRoute, RappelText, Role, WorkKind
from bedrijfsbureau.rappel import Texts, check_address, faults
from bedrijfsbureau.rappel.mail import is_mail_address

LONGEST_NAME = 100  # characters of a partij
MOST_ADDRESSES = 10
LONGEST_ADDRESS = 2000


def save_route(tx: Tx, partij: str, channel: Channel, address: str, locatie_id: int | None) -> RappelRoute:
    """Reach this partij this way: at one locatie, or everywhere that has no route of its own. Raises InvalidInput."""
    require_role(tx, Role.BEHEERDER)
    partij = _partij(partij)
    address = _address(channel, address)
    if locatie_id is not None and tx.session.get(Locatie, locatie_id) is None:
        raise NotFound("Deze locatie bestaat niet.")
    known = tx.session.scalars(select(RappelRoute).where(RappelRoute.partij == partij).with_for_update()).all()
    if any(row.locatie_id != locatie_id and (row.channel, row.address) == (channel, address) and address
           and None in (row.locatie_id, locatie_id) for row in known):  # fmt: skip
        raise InvalidInput({"adres": ["Dit is het adres van alle locaties. Dan is een eigen regel niet nodig."]})
    row = next((row for row in known if row.locatie_id == locatie_id), None)
    if row is None:
        row = RappelRoute(partij=partij, locatie_id=locatie_id, key_number=1)
        tx.session.add(row)
    row.channel, row.address, row.changed_at, row.changed_by = channel, address, tx.now, tx.actor.name
    return row


def remove_route(tx: Tx, route_id: int) -> None:
    """From now on the rappels of this partij are lists, or follow the route for all locaties. Raises NotFound."""
    tx.session.delete(_route(tx, route_id))


def renew_key(tx: Tx, route_id: int) -> RappelRoute:
    """Sign with another key from now on: the old one may be known to someone. Raises NotFound."""
    row = _route(tx, route_id)
    row.key_number, row.changed_at, row.changed_by = row.key_number + 1, tx.now, tx.actor.name
    return row


def set_hour(tx: Tx, hour: int) -> RappelHour:
    """From this hour on, in Amsterdam; the next round, which is planned already, moves with it. Raises InvalidInput."""
    require_role(tx, Role.BEHEERDER)
    if hour not in range(24):
        raise InvalidInput({"uur": ["Kies een heel uur van 0 tot en met 23."]})
    row = tx.session.scalar(select(RappelHour).with_for_update())
    if row is None:
        row = RappelHour(id=1)
        tx.session.add(row)
    row.hour, row.changed_at, row.changed_by = hour, tx.now, tx.actor.name
    planned = select(DueWork).where(DueWork.kind == WorkKind.RAPPEL, DueWork.done_at.is_(None))
    for work in tx.session.scalars(planned.with_for_update()):
        work.due_at = datetime.combine(date.fromisoformat(work.reference), time(hour), AMSTERDAM)
    return row


def save_text(tx: Tx, partij: str, texts: Texts) -> RappelText:
    """The words for one partij, or with "" for all that have none of their own. Raises InvalidInput."""
    require_role(tx, Role.PROCESEIGENAAR)
    partij = _partij(partij) if partij else ""
    if wrong := faults(texts):
        raise InvalidInput(wrong)
    if texts.with_v_nummer and not partij:
        raise InvalidInput({"with_v_nummer": ["Kies dit per partij: niet elke partij mag het V-nummer hebben."]})
    row = tx.session.get(RappelText, partij, with_for_update=True)
    if row is None:
        row = RappelText(partij=partij)
        tx.session.add(row)
    row.subject, row.opening, row.line, row.closing = texts.subject, texts.opening, texts.line, texts.closing
    row.with_v_nummer, row.saved_at, row.saved_by = texts.with_v_nummer, tx.now, tx.actor.name
    return row


def remove_text(tx: Tx, partij: str) -> None:
    """Back to the words for all."""
    require_role(tx, Role.PROCESEIGENAAR)
    tx.session.execute(delete(RappelText).where(RappelText.partij == partij))


def _route(tx: Tx, route_id: int) -> RappelRoute:
    require_role(tx, Role.BEHEERDER)
    row = tx.session.get(RappelRoute, route_id, with_for_update=True)
    if row is None:
        raise NotFound("Deze regel bestaat niet meer.")
    return row


def _partij(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidInput({"partij": ["Vul in om welke partij het gaat."]})
    return name


def _address(channel: Channel, address: str) -> str:
    address = address.strip()
    if channel is Channel.LIST:
        return ""
    if len(address) > LONGEST_ADDRESS:
        raise InvalidInput({"adres": ["Dit adres is te lang."]})
    if channel is Channel.WEBHOOK:
        check_address(address)
        return address
    parts = [part.strip() for part in address.split(",")]
    if len(parts) > MOST_ADDRESSES or not all(is_mail_address(part) for part in parts):
        message = f"Vul een e-mailadres in, of hoogstens {MOST_ADDRESSES} met komma's ertussen."
        raise InvalidInput({"adres": [message]})
    return ", ".join(parts)

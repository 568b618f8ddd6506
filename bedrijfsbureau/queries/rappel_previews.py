"""The messages as they would go out now."""

from dataclasses import dataclass
from datetime import date

from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Channel, Verzoek
from bedrijfsbureau.queries.rappel import Item, waiting
from bedrijfsbureau.queries.rappel_setup import routes, texts, texts_for
from bedrijfsbureau.rappel import Texts, compose


@dataclass(frozen=True)
class Preview:
    """`is_set`: somebody chose how this partij is reached; without that it is a list."""

    partij: str
    locatie_id: int | None
    locatie: str | None
    channel: Channel
    address: str
    is_set: bool
    subject: str
    body: str
    items: tuple[Item, ...]


def previews(tx: Tx, day: date, partij: str | None = None, own: Texts | None = None) -> list[Preview]:
    """One for each message, with what of it the actor may see. `own`: words that are being written, to try them."""
    known, written = routes(tx), texts(tx)
    conditions = () if partij is None else (Verzoek.partij == partij,)
    groups: dict[tuple[str, int | None], list[Item]] = {}
    for item in waiting(tx, *conditions):
        groups.setdefault((item.partij, known.to(item.partij, item.locatie_id).locatie_id), []).append(item)
    found = []
    for (name, locatie_id), items in groups.items():
        target = known.to(name, items[0].locatie_id)
        locatie = items[0].locatie if locatie_id is not None else None
        words = compose(own or texts_for(written, name), name, locatie, day, [item.point for item in items])
        found.append(
            Preview(
                name,
                locatie_id,
                locatie,
                target.channel,
                target.address,
                target.is_set,
                words.subject,
                words.body,
                tuple(items),
            )
        )
    return found

"""Free-form work: what an ad hoc subprocess of a dossier offers now, for someone to begin."""

from dataclasses import dataclass

from sqlalchemy import select

from bedrijfsbureau import engine
from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.actions.kinds.nobody import Nobody
from bedrijfsbureau.actions.kinds.task_work import task_at
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier
from bedrijfsbureau.queries.access import dossiers_visible_to


@dataclass(frozen=True)
class Offer:
    """`id` is what `tasks.begin` takes; `part` names the piece of free-form work it belongs to."""

    id: str
    name: str
    team: str
    competence: str | None
    part: str
    explanation: str


def offers(tx: Tx, dossier_id: int, kind: Kind) -> tuple[Offer, ...]:
    """What may be begun now, in the order of the model; nothing for who may not see the dossier. One statement, only
    when the model has free-form work at all. Raises StateTampered."""
    if not kind.model.offers:
        return ()
    query = select(Dossier.state).where(Dossier.id == dossier_id, dossiers_visible_to(tx.actor))
    state = tx.session.scalar(query)
    if state is None:
        return ()
    instance = engine.resume(kind.model, state, Nobody(tx.now), tx.database.key_for(dossier_id))
    return tuple(_offer(kind, each) for each in instance.startable)


def _offer(kind: Kind, found: engine.Startable) -> Offer:
    element = found.element
    work = task_at(kind, engine.ReadyTask(found.id, element, found.local))
    part = next((name for name, inside in kind.model.offers.items() if element.id in inside), "")
    title = kind.model.elements[part].name if part else ""
    return Offer(found.id, work.name, work.team, work.competence, title, element.documentation)

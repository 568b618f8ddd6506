"""The life of one dossier, command by command, from import to gehoor: each as an entry point would give it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from sqlalchemy import select

from bedrijfsbureau import dossiersoort
from bedrijfsbureau.actions import (
    dossiers,
    gehoren,
    importing,
    messages,
    rappels,
    relaties,
    stukken,
    tasks,
    verzoeken,
    vrijstellingen,
)
from bedrijfsbureau.actions.command import incidents
from bedrijfsbureau.actions.perform import perform_once
from bedrijfsbureau.actions.post import incoming, linking
from bedrijfsbureau.actions.post.incoming import About
from bedrijfsbureau.actions.post.receiving import Received
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.rows import Row
from bedrijfsbureau.actions.work import retrying, reviewing, rounds
from bedrijfsbureau.database import reading
from bedrijfsbureau.model import SYSTEM, Dossier, Incident, IncomingStuk, Rappel, Role, Stuk, Vrijstelling
from tests.actions.conftest import KLEIN, Scene, shipped

DUE = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
NAME = {"persoon.naam": "A. Voorbeeld"}


@dataclass(frozen=True)
class Step:
    name: str
    run: Callable[[], object]


def life(klein: Scene) -> Iterator[Step]:
    """Each step is to be carried out before the next is asked for: it looks at what is there then."""

    def step(name: str, scene: Scene, action: Callable[..., Any], *arguments: Any, **more: Any) -> Step:
        def run() -> object:
            return perform_once(scene.database, scene.actor, scene.now, name, action, *arguments, **more)

        return Step(name, run)

    system = klein.by(role=None, id=None, locatie_id=None, name="systeem")
    beheerder = klein.by(role=Role.BEHEERDER)
    officer = klein.by(role=Role.HOORMEDEWERKER)
    row = Row(2, "bron-1", KLEIN, "Ter Apel", {"persoon.oproep_op": "2026-11-25"}, ({"soort": "paspoort"},))
    yield step("import", system, importing.import_row, row)
    yield step("open", klein, dossiers.open_dossier, soort=KLEIN, locatie_id=klein.locatie_id, gegevens={})
    mine, other = _dossiers(klein)
    yield step("link", klein, relaties.link, mine, other, "gezin")
    yield step("change", klein, dossiers.change_gegevens, mine, {"persoon.akkoord": True})
    yield step("waive", klein, vrijstellingen.grant, mine, "NAM01", "spoed", date(2026, 12, 1))
    yield step("end waiver", klein, vrijstellingen.withdraw, mine, _one(klein, Vrijstelling), "toch niet")
    task = klein.tasks(mine)["t_naam"]
    yield step("claim", klein, tasks.claim, task)
    yield step("draft", klein, tasks.save_draft, task, {"persoon.naam": "A."})
    yield step("give back", klein, tasks.give_back, task)
    yield step("ask", klein, verzoeken.ask, mine, "NAM01")
    yield step("put together", system, _bundle)
    yield step("hand over", klein, rappels.give_list, _one(klein, Rappel))
    yield step("complete", klein, tasks.complete, task, NAME)
    yield step("message", klein, messages.keep_refused, mine, "gehoor_aanvaard")
    yield step("withdraw", klein, stukken.withdraw_stuk, _one(klein, Stuk), "onleesbaar")
    stored = klein.database.storage.put(BytesIO(b"%PDF-1.4"))
    paspoort = {"soort": "paspoort", "received_on": date(2026, 11, 20), "source": "aanvrager"}
    file = {"stored": stored, "filename": "p.pdf", "media_type": "application/pdf"}
    yield step("upload", klein, stukken.add_stuk, mine, **paspoort, **file)
    yield from _post(klein, step, other)
    yield step("release", klein, tasks.complete, klein.tasks(mine)["t_vrijgeven"], {})
    yield step("send back", officer, gehoren.send_back, mine, "NAM01", "onjuist", "naam klopt niet")
    yield step("judge again", klein, tasks.complete, klein.tasks(mine)["t_retour"], {})
    yield step("release again", klein, tasks.complete, klein.tasks(mine)["t_vrijgeven"], {})
    yield step("incident", system, incidents.open_incident, mine, "sv_iets", "stuk")
    yield step("assign", beheerder, incidents.note_incident, _one(klein, Incident), "gebeld")
    yield step("retry", beheerder, retrying.retry_incident, _one(klein, Incident))
    yield step("resolve", beheerder, incidents.resolve_incident, _one(klein, Incident), "nagekeken")
    yield step("plan", system, reviewing.plan_review)
    yield step("review", replace(system, now=DUE), rounds.review, mine)
    yield step("accept", officer, gehoren.accept, mine)
    content = shipped(KLEIN).to_json()
    content["policy"] = {**content["policy"], "versie": "2"}
    yield step("publish", system, _publish, dossiersoort.from_json(content))


def _publish(tx: Any, soort: dossiersoort.Dossiersoort) -> None:
    processes.publish_dossiersoort(tx, soort)


def _bundle(tx: Any) -> None:
    rappels.bundle(tx)


def _dossiers(scene: Scene) -> tuple[int, int]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        first, second = tx.session.scalars(select(Dossier.id).order_by(Dossier.id))
        return first, second


def _one(scene: Scene, table: type[Any]) -> int:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return int(tx.session.scalars(select(table.id).order_by(table.id)).one())


def _post(klein: Scene, step: Callable[..., Step], other: int) -> Iterator[Step]:
    """Files that are no stuk yet: held for a virus scanner, without a dossier, linked, and put back."""
    on = About(date(2026, 11, 20), "post")
    held = Received(klein.database.storage.put(BytesIO(b"post")), "post.pdf", "application/pdf", is_cleared=False)
    loose = Received(held.stored, "los.pdf", "application/pdf", is_cleared=True)
    yield step("hold", klein, incoming.bring, other, held, replace(on, soort="paspoort"), even_so=True)
    yield step("take in", klein, incoming.keep, loose, on, locatie_id=klein.locatie_id)
    post = _latest(klein)
    yield step("place", klein, linking.place, post, other)
    yield step("link post", klein, linking.link, post, other, replace(on, soort="paspoort"))
    linked = klein.rows(Stuk, other)[-1].id
    yield step("unlink", klein, linking.unlink, linked, "van een ander")
    yield step("set aside", klein, linking.set_aside, post, "niet van ons")


def _latest(klein: Scene) -> int:
    """Id of the file that came in last and is no stuk yet."""
    with reading(klein.database, SYSTEM, klein.now) as tx:
        return tx.session.scalars(select(IncomingStuk.id).order_by(IncomingStuk.id.desc())).first() or 0

"""The world of one scenario: a database of its own with one dossiersoort, two colleagues, and time that moves."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from bedrijfsbureau import dossiersoort, worker
from bedrijfsbureau.actions import dossiers, people, relaties
from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.actions.work.reviewing import plan_review
from bedrijfsbureau.cli.scenario.script import Scenario
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.dossiersoort import Dossiersoort, Json
from bedrijfsbureau.errors import BedrijfsbureauError, InvalidInput
from bedrijfsbureau.model import SYSTEM, Actor, Competence, Dossier, DueWork, Role, Stuk, StukState

LOCATIE = "Ter Apel"
UNDONE = select(DueWork.due_at).where(DueWork.done_at.is_(None), DueWork.due_at <= bindparam("until"))
NEXT_DUE = UNDONE.order_by(DueWork.due_at).limit(1)


@dataclass
class World:
    """`now` only moves forward. Whatever is due on the way is done at its own moment, as the worker would."""

    database: Database
    soort: Dossiersoort
    now: datetime
    locatie_id: int
    colleague: Actor
    officer: Actor
    dossier_id: int = field(default=0)

    @property
    def today(self) -> date:
        return self.now.astimezone(AMSTERDAM).date()

    def act(self, action: Any, *arguments: Any, actor: Actor | None = None, **more: Any) -> Any:
        return perform(self.database, actor or self.colleague, self.now, action, *arguments, **more)

    def move_to(self, moment: datetime) -> None:
        """Fire timers, deliver messages and review dossiers, each when it is due, up to `moment`."""
        while (due := self._next_due(moment)) is not None:
            self.now = max(self.now, due)
            if not worker.work_off(self.database, lambda: self.now, lambda work: None):
                raise BedrijfsbureauError(f"Werk van {due:%d-%m-%Y %H:%M} is mislukt: {self._failure()}")
        self.now = max(self.now, moment)

    def _next_due(self, moment: datetime) -> datetime | None:
        with reading(self.database, SYSTEM, self.now) as tx:
            return tx.connection.scalar(NEXT_DUE, {"until": moment})

    def _failure(self) -> str | None:
        """Work that failed waits for another attempt, at which nothing else is due."""
        with reading(self.database, SYSTEM, self.now) as tx:
            return tx.session.scalar(select(DueWork.error).where(DueWork.error.is_not(None)).limit(1))


Kinds = dict[str, object]  # what is compiled, by the hashes of the versions it is compiled from


def begin(database: Database, soort: Dossiersoort, scenario: Scenario, kinds: Kinds) -> World:
    """Publish the dossiersoort as the scenario sets it, and open its dossier and those it is linked to."""
    soort = as_given(soort, scenario.given)
    with transaction(database, SYSTEM, scenario.at) as tx:
        locatie_id = people.add_locatie(tx, LOCATIE).id
        for code, name in soort.teams.items():
            people.add_team(tx, code, name)
        of_bureau = people.add_medewerker(
            tx, username="bureau", name="Anna de Wit", role=Role.MEDEWERKER, locatie_id=locatie_id,
            teams=tuple(soort.teams), competences=tuple(Competence),
        )  # fmt: skip
        hears = people.add_medewerker(
            tx, username="horen", name="Hana Vermeer", role=Role.HOORMEDEWERKER, locatie_id=locatie_id
        )
        tx.session.flush()
        colleague, officer = of_bureau.as_actor(), hears.as_actor()
        plan_review(tx)
    process, policy = perform(database, SYSTEM, scenario.at, processes.publish_dossiersoort, soort)
    with reading(database, SYSTEM, scenario.at) as tx:
        kind = kinds.get(process.sha256 + policy.sha256) or load_kind(tx, process.id, policy.id)
    kinds[process.sha256 + policy.sha256] = database.compiled[process.id, policy.id] = kind
    world = World(database, soort, scenario.at, locatie_id, colleague, officer)
    stukken = [_stuk(world, stuk) for stuk in _stukken(soort, scenario.given)]
    world.dossier_id = _open(world, _gegevens(soort, scenario.given), stukken)
    for number, other in scenario.given.get("linked", {}).items():
        other_id = open_linked(world, number, other.get("gehoor_op"))
        world.act(relaties.link, world.dossier_id, other_id, other.get("soort") or "gezin")
    return world


def open_linked(world: World, number: str, gehoor_op: str | None) -> int:
    """Another dossier of this kind, of which only the planning matters."""
    return _open(world, {"planning": {"gehoor_op": gehoor_op}}, [], number)


def as_given(soort: Dossiersoort, given: Mapping[str, Json]) -> Dossiersoort:
    """With the instellingen of its basisdossier, and what the scenario changes in instellingen and policy."""
    content = deepcopy(soort.to_json())
    settings = content["policy"].get("instellingen") or {}
    basis = (soort.basisdossier or {}).get("instellingen") or {}
    for name, value in {**basis, **given.get("instellingen", {})}.items():
        if name not in settings:
            raise InvalidInput({name: ["Deze instelling bestaat niet."]}, f"Instelling '{name}' bestaat niet.")
        settings[name]["waarde"] = value
    for row in content["policy"]["punten"]:
        row.update(given.get("policy", {}).get(row["code"], {}))
    return dossiersoort.from_json(content)


def _open(world: World, gegevens: dict[str, Json], stukken: list[Stuk], number: str | None = None) -> int:
    opened: Dossier = world.act(
        dossiers.open_dossier,
        soort=world.soort.key,
        locatie_id=world.locatie_id,
        gegevens=gegevens,
        stukken=stukken,
        number=number,
    )
    return opened.id


def _gegevens(soort: Dossiersoort, given: Mapping[str, Json]) -> dict[str, Json]:
    """The complete dossier: only what is kept, without what is left out, with what is changed."""
    complete = deepcopy((soort.basisdossier or {}).get("gegevens") or {})
    if "keep" in given:
        complete = _kept(complete, given["keep"])
    for path in given.get("without", ()):
        group, _, name = path.partition(".")
        if name:
            complete.get(group, {}).pop(name, None)
        else:
            complete.pop(group, None)
    for path, value in given.get("changes", {}).items():
        group, _, name = path.partition(".")
        if name:
            complete.setdefault(group, {})[name] = value
        else:
            complete[group] = value
    return complete


def _kept(complete: dict[str, Json], paths: list[str]) -> dict[str, Json]:
    kept: dict[str, Json] = {}
    for path in paths:
        group, _, name = path.partition(".")
        if name:
            kept.setdefault(group, {})[name] = (complete.get(group) or {}).get(name)
        else:
            kept[group] = complete.get(group)
    return kept


def _stukken(soort: Dossiersoort, given: Mapping[str, Json]) -> list[Json]:
    """Those of the complete dossier, or those that are named: a kind of the complete dossier, or written out."""
    complete = {stuk["soort"]: stuk for stuk in (soort.basisdossier or {}).get("stukken") or ()}
    named = given.get("stukken", list(complete.values()))
    return [complete.get(stuk, {"soort": stuk}) if isinstance(stuk, str) else stuk for stuk in named]


def _stuk(world: World, stuk: Mapping[str, Json]) -> Stuk:
    received, until = stuk.get("ontvangen_op"), stuk.get("geldig_tot")
    return Stuk(
        soort=stuk["soort"],
        state=StukState.AANWEZIG,
        received_on=date.fromisoformat(received) if received else world.now.date(),
        source=stuk.get("van") or world.soort.stukken[stuk["soort"]].party,
        valid_until=date.fromisoformat(until) if until else None,
        gegevens=stuk.get("gegevens") or {},
        in_use=False,
        versions=[],
    )

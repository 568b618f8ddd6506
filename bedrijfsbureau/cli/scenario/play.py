"""Playing a scenario through the same actions as the product, and saying where it goes differently."""

from dataclasses import dataclass

from bedrijfsbureau.cli.scenario.deeds import perform_deed
from bedrijfsbureau.cli.scenario.expectations import differences, look
from bedrijfsbureau.cli.scenario.script import Deed, Scenario, Step
from bedrijfsbureau.cli.scenario.soundness import faults
from bedrijfsbureau.cli.scenario.world import Kinds, World, begin
from bedrijfsbureau.database import Database, hurry
from bedrijfsbureau.dossiersoort import Dossiersoort
from bedrijfsbureau.errors import BedrijfsbureauError, InvalidInput


@dataclass(frozen=True)
class Outcome:
    """`step` and what was different there; the scenario stops at the first step where something is."""

    scenario: Scenario
    step: str = ""
    differences: tuple[str, ...] = ()

    @property
    def is_ok(self) -> bool:
        return not self.differences


def play(database: Database, soort: Dossiersoort, scenario: Scenario, kinds: Kinds) -> Outcome:
    """`database` has the schema, no dossiers, and is thrown away. `kinds` keeps what is compiled for the next one."""
    step = "het begin"
    hurry(database.engine)
    try:
        world = begin(database, soort, scenario, kinds)
        found = _look_around(world, scenario)
        for number, each in enumerate(scenario.steps, start=1):
            if found:
                break
            step = f"stap {number} ({each.at:%d-%m-%Y %H:%M})"
            found = _take(world, each)
    except BedrijfsbureauError as error:
        found = [_said(error)]
    return Outcome(scenario, step if found else "", tuple(found))


def _look_around(world: World, scenario: Scenario) -> list[str]:
    return [*map(str, differences(scenario.expect, look(world))), *faults(world.database, world.now, world.dossier_id)]


def _take(world: World, step: Step) -> list[str]:
    world.move_to(step.at)
    found = faults(world.database, world.now, world.dossier_id)
    for deed in step.deeds:
        if found := found or _do(world, deed):
            return found
    return [*found, *map(str, differences(step.expect, look(world)))]


def _do(world: World, deed: Deed) -> list[str]:
    before = look(world) if deed.refused else None
    try:
        perform_deed(world, deed)
    except BedrijfsbureauError as error:
        if before is None or deed.refused != type(error).__name__:
            return [f"{deed} is geweigerd: {_said(error)}"]
        same = look(world).dossier.event_hash == before.dossier.event_hash
        return [] if same else [f"{deed} is geweigerd en heeft toch iets veranderd"]
    if deed.refused:
        return [f"{deed} is gelukt, en had geweigerd moeten worden ({deed.refused})"]
    return [f"na {deed}: {fault}" for fault in faults(world.database, world.now, world.dossier_id)]


def _said(error: BedrijfsbureauError) -> str:
    fields = error.fields if isinstance(error, InvalidInput) else {}
    return str(error) + "".join(f" {path}: {' '.join(messages)}" for path, messages in fields.items())

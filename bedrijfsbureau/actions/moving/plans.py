"""A plan to move dossiers from one version of their process to another, as a person writes it and made ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import select

from bedrijfsbureau import engine
from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.kinds.expressions import NAMES
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import Json, ProcessVersion, Role, VersionStatus


@dataclass(frozen=True)
class Plan:
    """`mapping`: element of the source -> element of the target, or None for none; what it leaves out is proposed."""

    soort: str
    source: int  # number of the version
    target: int
    mapping: Mapping[str, str | None]

    def to_json(self) -> Json:
        return {"dossiersoort": self.soort, "from": self.source, "to": self.target, "mapping": dict(self.mapping)}


@dataclass(frozen=True)
class Route:
    """A plan with both versions at hand; `mapping` is complete."""

    plan: Plan
    source_id: int
    target_id: int
    old: engine.Model
    new: engine.Model
    mapping: engine.Mapped


def plan_from(content: Any) -> Plan:
    """What `Plan.to_json` gives, edited by hand. Raises InvalidInput."""
    faults: dict[str, list[str]] = {}
    if not isinstance(content, dict):
        raise InvalidInput({"plan": ["Een plan heeft de velden dossiersoort, from, to en mapping."]})
    mapping = content.get("mapping") or {}
    if not isinstance(content.get("dossiersoort"), str):
        faults["dossiersoort"] = ["Noem de sleutel van de dossiersoort."]
    for name in ("from", "to"):
        if type(content.get(name)) is not int:
            faults[name] = ["Noem het nummer van de versie."]
    if not isinstance(mapping, dict) or not all(
        isinstance(key, str) and isinstance(value, str | None) for key, value in mapping.items()
    ):
        faults["mapping"] = ["Schrijf per element zijn id, en daarachter het id in de nieuwe versie of null."]
    if unknown := sorted(map(str, content.keys() - {"dossiersoort", "from", "to", "mapping"})):
        faults["plan"] = [f"Dit veld bestaat niet: {', '.join(unknown)}."]
    if faults:
        raise InvalidInput(faults, _sentence("Het plan klopt niet.", faults))
    return Plan(content["dossiersoort"], content["from"], content["to"], mapping)


def route_of(tx: Tx, plan: Plan) -> Route:
    """`read_route` for who may carry it out. Raises Forbidden as well."""
    require_role(tx, Role.PROCESEIGENAAR)
    return read_route(tx, plan)


def read_route(tx: Tx, plan: Plan) -> Route:
    """Raises NotFound for a version that is not published, InvalidInput for an element that is not there."""
    if plan.source == plan.target:
        raise InvalidInput({"to": ["Kies twee verschillende versies."]}, "Kies twee verschillende versies.")
    before, after = _published(tx, plan.soort, plan.source), _published(tx, plan.soort, plan.target)
    old, new = _model(tx, before), _model(tx, after)
    faults = {
        key: [f"Het element '{name}' is niet in versie {number}."]
        for key, value in plan.mapping.items()
        for name, number, model in ((key, plan.source, old), (value, plan.target, new))
        if name is not None and name not in model.elements
    }
    if faults:
        raise InvalidInput(faults, _sentence("Het plan klopt niet.", faults))
    return Route(plan, before.id, after.id, old, new, {**engine.propose(old, new), **plan.mapping})


def _published(tx: Tx, soort: str, number: int) -> ProcessVersion:
    query = select(ProcessVersion).where(ProcessVersion.dossiersoort == soort, ProcessVersion.number == number)
    found = tx.session.scalar(query.where(ProcessVersion.status == VersionStatus.PUBLISHED))
    if found is None:
        raise NotFound(f"Van dossiersoort '{soort}' is geen versie {number} gepubliceerd.")
    return found


def _model(tx: Tx, version: ProcessVersion) -> engine.Model:
    """Compiled once per program, for no policy in particular."""
    known, key = tx.database.compiled, (version.id, 0)
    if key not in known:
        files = {name: text.encode() for name, text in version.files.items() if name.endswith(".bpmn")}
        known[key] = engine.compile(files, version.process_id, NAMES)
    return cast(engine.Model, known[key])


def _sentence(start: str, faults: Mapping[str, list[str]]) -> str:
    return " ".join([start, *(f"{field}: {message}" for field, messages in faults.items() for message in messages)])

"""What is wrong with a policy that someone works on, and what it is judged by."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import select

from bedrijfsbureau import checks, dossiersoort, engine
from bedrijfsbureau.actions.kinds.in_force import newest_process
from bedrijfsbureau.checks import Finding, Surroundings
from bedrijfsbureau.database import Tx
from bedrijfsbureau.dossiersoort import Record, wrong_in
from bedrijfsbureau.dossiersoort.document import Part
from bedrijfsbureau.dossiersoort.schema import read_record
from bedrijfsbureau.errors import DossiersoortInvalid
from bedrijfsbureau.model import PolicyVersion


def findings(tx: Tx, based_on: PolicyVersion, policy: Mapping[str, Any]) -> list[Finding]:
    """Everything that is wrong, errors first. A row is judged once for as long as neither it nor what it is judged by
    changes. Raises NotFound without a process."""
    try:
        around = surroundings(tx, based_on, policy)
    except DossiersoortInvalid as error:
        return [Finding("", "", str(error))]
    rows = policy.get("punten") or []
    wrong = ((name, wrong_in(policy, name)) for name in policy.get("instellingen") or ())
    found = [Finding("", "", f"Instelling '{name}': {said}") for name, said in wrong if said]
    found += [each for row in rows for each in of_row(around, row)] + checks.findings(rows, around)
    return sorted(found, key=lambda finding: finding.severity != "error")


def surroundings(tx: Tx, based_on: PolicyVersion, policy: Mapping[str, Any]) -> Surroundings:
    """Raises DossiersoortInvalid when this is no policy at all."""
    files = newest_process(tx, based_on.dossiersoort).files
    settings = {name: _readable(policy, name) for name in policy.get("instellingen") or ()}
    whole = {**based_on.content, "policy": {**policy, "punten": [], "instellingen": settings}, "files": files}
    others = select(PolicyVersion.dossiersoort, PolicyVersion.content["record"]).order_by(PolicyVersion.number)
    found = dict(map(tuple, tx.session.execute(others.where(PolicyVersion.dossiersoort != based_on.dossiersoort))))
    option = orjson.OPT_SORT_KEYS
    return _surroundings(orjson.dumps(whole, option=option), orjson.dumps(found, option=option))


def _readable(policy: Mapping[str, Any], name: str) -> Any:
    """An instelling as it is defined; without a value that can't be read, so that the rows are judged all the same."""
    definition = policy["instellingen"][name]
    is_wrong = isinstance(definition, Mapping) and wrong_in(policy, name)
    return {**definition, "waarde": None} if is_wrong else definition


def task_names(tx: Tx, version: PolicyVersion) -> Mapping[str, str]:
    """Id -> name of what can open for a check, in the process in force. Raises NotFound."""
    return surroundings(tx, version, version.content["policy"]).tasks or {}


def record_of(version: PolicyVersion) -> Record:
    """The record that the rows of this version read. Raises DossiersoortInvalid."""
    return dossiersoort.from_json({**version.content, "files": {}}).record


def of_row(around: Surroundings, row: Mapping[str, Any]) -> tuple[Finding, ...]:
    return _of_row(orjson.dumps(row), around)


@lru_cache(maxsize=8)
def _surroundings(content: bytes, others: bytes) -> Surroundings:
    soort = dossiersoort.from_json(orjson.loads(content))
    elements = [step.element for step in engine.outline(soort.files)]
    return Surroundings(
        soort=soort,
        python=checks.plugins(),
        tasks=_task_names(soort, elements),
        used={code: element.name for element in elements for code in element.checks},
        others={key: read_record(Part("record", record)) for key, record in orjson.loads(others).items() if record},
    )


def _task_names(soort: dossiersoort.Dossiersoort, elements: Sequence[engine.Element]) -> dict[str, str]:
    """Also of what is no step of its own, but a form that opens for one check."""
    forms = {name: str(schema.get("title") or name) for name, schema in soort.form_schemas().items()}
    return forms | {element.id: element.name for element in elements if element.type == "userTask"}


@lru_cache(maxsize=4096)
def _of_row(row: bytes, around: Surroundings) -> tuple[Finding, ...]:
    return tuple(checks.findings_of_row(orjson.loads(row), around))

"""A dossiersoort as it runs: one published process version and one policy version, compiled once per process."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import orjson

from bedrijfsbureau import checks, dmn, dossiersoort, engine, forms
from bedrijfsbureau.actions.kinds.answering import FormOfCheck, forms_of_checks
from bedrijfsbureau.actions.kinds.decisions import decisions
from bedrijfsbureau.actions.kinds.expiring import lapsing_fields
from bedrijfsbureau.actions.kinds.expressions import NAMES
from bedrijfsbureau.actions.kinds.readers import Readers, readers_of_checks, readers_of_decisions
from bedrijfsbureau.database import Tx
from bedrijfsbureau.forms import Form
from bedrijfsbureau.model import PolicyVersion, ProcessVersion


@dataclass(frozen=True)
class Kind:
    soort: dossiersoort.Dossiersoort
    model: engine.Model
    policy: checks.Policy
    forms: Mapping[str, forms.Form]
    forms_of_checks: FormOfCheck
    decisions: Mapping[str, dmn.Definitions]
    checking: Readers[int]  # checks by their number in the policy
    deciding: Readers[str]  # decisions that hold at all times
    lapsing: frozenset[str]  # fields with dates after which a check can be verlopen
    process_number: int
    policy_number: int

    def form_of(self, name: str | None, local: Mapping[str, Any]) -> Form | None:
        """The form of a task: with the fields of the check that an answer is about, if it is about one."""
        with_check = self.forms_of_checks.get((name or "", str(local.get("punt") or "")))
        return with_check or self.forms.get(name or "")


MOST_KEPT = 32
_by_content: OrderedDict[bytes, Kind] = OrderedDict()  # by digest, the one used last at the end


def load_kind(tx: Tx, process_version_id: int, policy_version_id: int) -> Kind:
    """The compiled pair. Versions never change once published, so the compiled form is kept with the database."""
    key = (process_version_id, policy_version_id)
    if key not in tx.database.compiled:
        process = tx.session.get_one(ProcessVersion, process_version_id)
        policy = tx.session.get_one(PolicyVersion, policy_version_id)
        tx.database.compiled[key] = _compile(process, policy)
    kind = tx.database.compiled[key]
    assert isinstance(kind, Kind)
    return kind


def _compile(process: ProcessVersion, policy: PolicyVersion) -> Kind:
    """Versions that say the same are compiled once, in whatever database they are: only their numbers differ."""
    content = [process.process_id, process.files, policy.content]
    digest = sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()
    same = _by_content.pop(digest, None)
    kind = replace(same, process_number=process.number, policy_number=policy.number) if same else _new(process, policy)
    _by_content[digest] = kind
    while len(_by_content) > MOST_KEPT:
        _by_content.popitem(last=False)
    return kind


def _new(process: ProcessVersion, policy: PolicyVersion) -> Kind:
    soort = dossiersoort.from_json({**policy.content, "files": process.files})
    judged_by, decided_by = checks.policy(soort.policy, checks.plugins()), decisions(soort.files_ending(".dmn"))
    model = engine.compile(soort.files_ending(".bpmn"), process.process_id, NAMES)
    known = {name: forms.read(schema, soort.record) for name, schema in soort.form_schemas().items()}
    return Kind(
        soort=soort,
        model=model,
        policy=judged_by,
        forms=known,
        forms_of_checks=forms_of_checks(known, judged_by, model),
        decisions=decided_by,
        checking=readers_of_checks(judged_by),
        deciding=readers_of_decisions(soort, decided_by),
        lapsing=lapsing_fields(judged_by, soort.record),
        process_number=process.number,
        policy_number=policy.number,
    )

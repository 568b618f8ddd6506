"""The instellingen of a draft of a policy: their values, and whether someone answers for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bedrijfsbureau import checks
from bedrijfsbureau.actions.drafting.policy_drafts import locked, saved
from bedrijfsbureau.database import Tx
from bedrijfsbureau.dossiersoort import Dossiersoort, instelling_in, values
from bedrijfsbureau.errors import InvalidInput, NotFound, PolicyInvalid
from bedrijfsbureau.model import Json, PolicyDraft

VALUE, MEANING, STANDING = "waarde", "betekenis", "standing"


@dataclass(frozen=True)
class Filled:
    """What someone filled in. value: form text, or the texts of what was ticked; "" is nothing. standing: what the
    value rests on. unsure: nobody confirmed it yet."""

    value: str | Sequence[str]
    meaning: str
    standing: str
    unsure: bool


def save_instelling(tx: Tx, draft_id: int, name: str, filled: Filled, revision: int | None = None) -> PolicyDraft:
    """Raises NotFound, InvalidInput for a value that is not of its type, Conflict when a colleague saved meanwhile."""
    draft = locked(tx, draft_id, revision)
    instelling = instelling_in(draft.policy, name)
    if instelling is None:
        raise NotFound(f"Instelling '{name[:80]}' staat niet in dit concept.")
    faults: dict[str, list[str]] = {}
    value: Any = None
    try:
        value = values.load(instelling.field, filled.value if isinstance(filled.value, str) else list(filled.value))
    except InvalidInput as error:
        faults[VALUE] = list(dict.fromkeys(message for messages in error.fields.values() for message in messages))
    if not filled.meaning.strip():
        faults[MEANING] = ["Schrijf wat deze instelling betekent."]
    if not filled.standing.strip():
        faults[STANDING] = ["Schrijf waarop de waarde berust, of [U] als dat niet bekend is."]
    if faults:
        raise InvalidInput(faults)
    definitions = dict(draft.policy["instellingen"])
    words = {MEANING: values.clean(filled.meaning), STANDING: values.clean(filled.standing)}
    definition = {**definitions[name], "type": instelling.field.type.value, VALUE: value, **words}
    definitions[name] = {**definition, "te_bevestigen": filled.unsure}
    draft.policy = {**draft.policy, "instellingen": definitions}
    confirmed = " en bevestigd" if instelling.te_bevestigen and not filled.unsure else ""
    return saved(tx, draft, f"instelling '{instelling.label}' gewijzigd{confirmed}")


def readers(soort: Dossiersoort, policy: checks.Policy | None, name: str) -> tuple[list[str], list[str]]:
    """The codes of the checks that read this instelling, and the files of the process that name it."""
    path = "instellingen", name
    codes = [rule.check.code for rule in policy.rules if path in rule.check.reads] if policy else []
    return codes, [file for file, text in soort.files.items() if f"instellingen.{name}" in text]


def compiled(policy: Json) -> checks.Policy | None:
    """None for a draft that can't hold yet: its findings say why."""
    try:
        return checks.policy(policy, checks.plugins())
    except PolicyInvalid:
        return None

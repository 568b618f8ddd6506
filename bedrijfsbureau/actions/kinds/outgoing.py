"""What of a verzoek may leave the house: as little as lets the partij answer."""

from bedrijfsbureau import checks
from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.actions.kinds.readers import reads_of_check
from bedrijfsbureau.dossiersoort import Field, Record
from bedrijfsbureau.model import Verzoek
from bedrijfsbureau.queries.access import SHIELDED_FOR


def question_of(kind: Kind, verzoek: Verzoek) -> str:
    """The title of the check; only its code when that is about medical or criminal gegevens and another partij is
    asked than the policy names, for then the title itself tells something."""
    rule = next((rule for rule in kind.policy.rules if rule.check.code == verzoek.code), None)
    if rule is None:
        return verzoek.code
    return rule.check.title if verzoek.partij == rule.partij or not is_shielded(kind, verzoek.code) else verzoek.code


def remark_of(kind: Kind, code: str, typed: str) -> str:
    """Nothing at all for a check on medical or criminal gegevens, whatever a medewerker typed."""
    return "" if is_shielded(kind, code) else " ".join(typed.split())


def is_shielded(kind: Kind, code: str) -> bool:
    """Looks at medical or criminal gegevens, or may do so: a check that can't be seen into counts as one."""
    rule = next((rule for rule in kind.policy.rules if rule.check.code == code), None)
    return rule is None or _reads_shielded(rule.check, kind.soort.record)


def _reads_shielded(check: checks.Check, record: Record) -> bool:
    reads = reads_of_check(check)
    if reads is None:
        return True
    groups = {group.name: group for group in record.groups}
    for path in reads:
        group = groups.get(path[0])
        fields = () if group is None else (group.rows,) if group.rows else group.fields
        if any(_is_shielded(field) for field in fields if field and (len(path) == 1 or path[1] in _names(field))):
            return True
    return False


def _names(field: Field) -> set[str]:
    return {field.name, *(inner.name for inner in field.fields)}


def _is_shielded(field: Field) -> bool:
    return field.sensitivity.value in SHIELDED_FOR

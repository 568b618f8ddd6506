"""Instellingen: what no source fixes and the process owner therefore fills in."""

from collections.abc import Mapping
from dataclasses import dataclass

from bedrijfsbureau.dossiersoort import values
from bedrijfsbureau.dossiersoort.document import Part
from bedrijfsbureau.dossiersoort.field import Field, Json, Sensitivity, Type
from bedrijfsbureau.dossiersoort.schema import read_choices, read_limit, read_type
from bedrijfsbureau.errors import DossiersoortInvalid

KEYS = ("type", "waarde", "waarden", "betekenis", "standing", "te_bevestigen", "minimaal", "maximaal")
OF_A_TASK = "norm_"  # the time within which a task should be done


@dataclass(frozen=True)
class Instelling:
    """`field`: its type and choices, with path "instellingen.<name>". `value` is JSON; None: not filled in."""

    name: str
    field: Field
    value: Json
    meaning: str
    standing: str
    te_bevestigen: bool

    @property
    def feel(self) -> Json:
        """The value as FEEL sees it; a list that nobody filled in is null, not empty."""
        return None if self.value is None else values.to_feel(self.field, self.value)

    @property
    def label(self) -> str:
        """ "Herinnering na" """
        return self.name.replace("_", " ").capitalize()

    @property
    def shown(self) -> str:
        return values.show(self.field, self.value)


def read_instelling(name: str, part: Part) -> Instelling:
    """Raises DossiersoortInvalid, also when the value is not of the type."""
    part.only(*KEYS)
    kind = read_type(part.need("type")) if part.get("type") else guess_type(part.mapping().get("waarde"))
    meaning, standing = part.need("betekenis").text(), part.need("standing").text()
    unsure = part.flag_of("te_bevestigen")
    field = Field(
        f"instellingen.{name}", name, kind, read_choices(part, kind), "wij", Sensitivity.PROCES, standing, unsure,
        meaning, minimum=read_limit(part, "minimaal"), maximum=read_limit(part, "maximaal"),
    )
    given = part.get("waarde")
    for _, message in values.check(field, given.value) if given else ():
        raise given.fail(message) if given else part.fail(message)
    return Instelling(name, field, given.value if given else None, meaning, standing, unsure)


def instelling_in(policy: Mapping[str, Json], name: str) -> Instelling | None:
    """Of a policy that someone works on. One whose value is wrong has none here, which is said where the policy is
    judged; None when there is no such instelling or nothing of it can be read."""
    definition = (policy.get("instellingen") or {}).get(name)
    if not isinstance(definition, Mapping):
        return None
    for known in (definition, {**definition, "waarde": None}):
        try:
            return read_instelling(name, Part("instelling", dict(known), (name,)))
        except DossiersoortInvalid:
            continue
    return None


def wrong_in(policy: Mapping[str, Json], name: str) -> str:
    """What is wrong with an instelling of a policy that someone works on; "" when nothing is."""
    try:
        read_instelling(name, Part("instelling", (policy.get("instellingen") or {}).get(name), (name,)))
    except DossiersoortInvalid as error:
        return str(error).partition("): ")[2] or str(error)
    return ""


def instellingen_in(policy: Mapping[str, Json]) -> list[Instelling]:
    """All that can be read, by name: a database need not keep the order of the file. Those of tasks come last, for they
    are many."""
    names = sorted(policy.get("instellingen") or (), key=lambda name: (name.startswith(OF_A_TASK), name))
    return [each for name in names if (each := instelling_in(policy, name)) is not None]


def guess_type(value: Json) -> Type:
    """For an instelling that names no type."""
    if isinstance(value, bool):
        return Type.JA_NEE
    if isinstance(value, int | float):
        return Type.GETAL
    return Type.LIJST if isinstance(value, list) else Type.TEKST

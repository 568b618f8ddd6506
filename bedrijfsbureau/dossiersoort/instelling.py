"""Instellingen: what no source fixes and the process owner therefore fills in."""

from dataclasses import dataclass

from bedrijfsbureau.dossiersoort import values
from bedrijfsbureau.dossiersoort.document import Part
from bedrijfsbureau.dossiersoort.field import Field, Json, Sensitivity, Type
from bedrijfsbureau.dossiersoort.schema import read_choices, read_limit, read_type

KEYS = ("type", "waarde", "waarden", "betekenis", "standing", "te_bevestigen", "minimaal", "maximaal")


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


def guess_type(value: Json) -> Type:
    """For an instelling that names no type."""
    if isinstance(value, bool):
        return Type.JA_NEE
    if isinstance(value, int | float):
        return Type.GETAL
    return Type.LIJST if isinstance(value, list) else Type.TEKST

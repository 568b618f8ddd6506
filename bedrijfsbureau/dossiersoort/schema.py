"""From record.yaml to a Record and the kinds of stuk; every mistake is DossiersoortInvalid with file and line."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from bedrijfsbureau.dossiersoort.document import Part
from bedrijfsbureau.dossiersoort.field import Field, Group, Owner, Sensitivity, Type
from bedrijfsbureau.dossiersoort.record import Record

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
FIELD_KEYS = (
    "label", "type", "waarden", "uitleg", "levert", "gevoeligheid", "basis", "te_bevestigen", "berekend",
    "minimaal", "maximaal", "velden",
)
RESERVED = frozenset({
    "regime", "dossiersoort", "vandaag", "stukken", "aanwezig", "verzoeken", "relaties", "instellingen",
    "gereedheid", "open_taken", "voorschrift", "verzoek",
})
"""Names the context already gives a meaning to: a group with such a name would hide it."""
ORDER = list(Sensitivity)


@dataclass(frozen=True)
class StukKind:
    """A kind of stuk. `validity`: how long it counts, in words; `confidential_for`: why it is confidential."""

    key: str
    name: str
    party: str
    confidential: bool
    confidential_for: str
    validity: str
    basis: str
    te_bevestigen: bool


@dataclass(frozen=True)
class Inherited:
    """What a field of a row takes over from its list when it says nothing itself."""

    party: str = ""
    sensitivity: Sensitivity | None = None
    basis: str = ""


NOTHING = Inherited()


def read_record(part: Part) -> Record:
    return Record(tuple(read_group(name, group) for name, group in part.need("groepen").items()))


def read_group(name: str, part: Part) -> Group:
    part.only("label", "type", "hoort_bij", "velden", "uitleg")
    check_name(name, part)
    if name in RESERVED:
        raise part.fail(f"een groep mag niet '{name}' heten: dat woord heeft al een betekenis in uitdrukkingen.")
    owner: Owner = "verzoek" if part.text_of("hoort_bij") == "verzoek" else "dossier"
    if part.text_of("hoort_bij", owner) not in get_args(Owner):
        raise part.need("hoort_bij").fail("kies dossier of verzoek.")
    if part.text_of("type", "lijst") != "lijst":
        raise part.need("type").fail("een groep heeft geen type, of het type lijst.")
    label = part.need("label").text()
    fields = read_fields(name, part.need("velden"), NOTHING)
    rows = list_field(name, label, fields, part.text_of("uitleg")) if part.get("type") else None
    return Group(name, label, owner, fields, rows)


def list_field(path: str, label: str, fields: tuple[Field, ...], hint: str) -> Field:
    """A group of rows as one field: as sensitive as its most sensitive field."""
    party = ", ".join(dict.fromkeys(field.party for field in fields))
    basis = "; ".join(dict.fromkeys(field.basis for field in fields))
    worst = max((field.sensitivity for field in fields), key=ORDER.index)
    unsure = any(field.te_bevestigen for field in fields)
    return Field(path, label, Type.LIJST, {}, party, worst, basis, unsure, hint, fields=fields)


def read_fields(parent: str, part: Part, inherited: Inherited) -> tuple[Field, ...]:
    fields = tuple(read_field(f"{parent}.{name}", field, inherited) for name, field in part.items())
    if not fields:
        raise part.fail("hier moet minstens één veld staan.")
    return fields


def read_field(path: str, part: Part, inherited: Inherited = NOTHING) -> Field:
    part.only(*FIELD_KEYS)
    check_name(path.rpartition(".")[2], part)
    kind = read_type(part.need("type"))
    own = Inherited(
        part.text_of("levert", inherited.party) or part.need("levert").text(),
        read_sensitivity(part, inherited.sensitivity),
        part.text_of("basis", inherited.basis) or part.need("basis").text(),
    )
    inner = part.get("velden")
    if inner and (kind is not Type.LIJST or path.count(".") > 1):
        raise inner.fail("alleen een lijst heeft velden, en niet binnen een andere lijst.")
    if kind is Type.LIJST and not inner:
        raise part.fail("een lijst heeft velden nodig.")
    return Field(
        path, part.need("label").text(), kind, read_choices(part, kind), own.party,
        own.sensitivity or Sensitivity.STRAFRECHTELIJK, own.basis, part.flag_of("te_bevestigen"),
        part.text_of("uitleg"), part.flag_of("berekend"), read_limit(part, "minimaal"), read_limit(part, "maximaal"),
        read_fields(path, inner, own) if inner else (),
    )


def check_name(name: str, part: Part) -> None:
    if not NAME.fullmatch(name):
        raise part.fail(f"de naam '{name[:80]}' kan niet: gebruik kleine letters, cijfers en _, eerst een letter.")


def read_type(part: Part) -> Type:
    try:
        return Type(part.text())
    except ValueError as error:
        raise part.fail(f"het type '{part.value}' bestaat niet. Kies uit: {', '.join(Type)}.") from error


def read_sensitivity(part: Part, inherited: Sensitivity | None) -> Sensitivity:
    own = part.get("gevoeligheid")
    if own is None:
        return inherited or read_sensitivity_of(part.need("gevoeligheid"))
    return read_sensitivity_of(own)


def read_sensitivity_of(part: Part) -> Sensitivity:
    try:
        return Sensitivity(part.text())
    except ValueError as error:
        raise part.fail(f"de gevoeligheid '{part.value}' bestaat niet. Kies uit: {', '.join(Sensitivity)}.") from error


def read_choices(part: Part, kind: Type) -> dict[str | int, str]:
    """`waarden` as value: text, or (as stored in JSON, where a key cannot be a number) as rows of [value, text]."""
    listed = part.get("waarden")
    if (kind in (Type.KEUZE, Type.LIJST_KEUZE)) is not bool(listed):
        raise part.fail("waarden horen bij een keuze of lijst_keuze, en zijn daar verplicht.")
    if listed is None:
        return {}
    if isinstance(listed.value, list):
        return {value: text.text() for value, text in map(read_choice, listed.rows())}
    if not isinstance(listed.value, dict):
        raise listed.fail("schrijf elke waarde als 'waarde: tekst op het scherm'.")
    if len({str(value) for value in listed.value}) < len(listed.value):
        raise listed.fail("twee waarden zien er hetzelfde uit.")
    return {value: listed.child(value).text() for value in listed.value}


def read_choice(row: Part) -> tuple[str | int, Part]:
    if not isinstance(row.value, list) or len(row.value) != 2 or type(row.value[0]) not in (str, int):
        raise row.fail("schrijf elke waarde als [waarde, tekst op het scherm].")
    return row.value[0], row.child(1)


def read_limit(part: Part, key: str) -> Decimal | None:
    limit = part.get(key)
    if limit is None:
        return None
    if isinstance(limit.value, bool) or not isinstance(limit.value, int | float):
        raise limit.fail("hier moet een getal staan.")
    return Decimal(str(limit.value))


def read_stuk(key: str, part: Part) -> StukKind:
    part.only("naam", "levert", "vertrouwelijk", "vertrouwelijk_om", "geldigheid", "basis", "te_bevestigen")
    check_name(key, part)
    return StukKind(
        key, part.need("naam").text(), part.need("levert").text(), part.flag_of("vertrouwelijk"),
        part.text_of("vertrouwelijk_om"), part.text_of("geldigheid", "geen regel"), part.need("basis").text(),
        part.flag_of("te_bevestigen"),
    )

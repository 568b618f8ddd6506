"""What a record is made of: fields of a type, in groups."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, TypeAlias

Json: TypeAlias = Any  # None, bool, int, float, str, list or dict with str keys
Owner: TypeAlias = Literal["dossier", "verzoek"]


class Type(StrEnum):
    TEKST = "tekst"
    DATUM = "datum"
    JA_NEE = "ja_nee"
    GETAL = "getal"
    KEUZE = "keuze"
    LIJST_KEUZE = "lijst_keuze"
    LANDCODES = "landcodes"
    TAALCODE = "taalcode"
    LIJST = "lijst"


class Sensitivity(StrEnum):
    """From least to most sensitive. B: special (GDPR art. 9); S: criminal (GDPR art. 10)."""

    PROCES = "P"
    KENMERK = "K"
    PERSOON = "N"
    BIJZONDER = "B"
    STRAFRECHTELIJK = "S"


@dataclass(frozen=True)
class Field:
    """`path`: "medisch.toestemming". `choices`: value -> text; a value is text or a whole number.

    `party`: who supplies it. `computed`: nobody fills it in. `fields`: what one row of a list holds,
    with paths such as "documenten.soort"; a list without them holds texts.
    """

    path: str
    label: str
    type: Type
    choices: Mapping[str | int, str]
    party: str
    sensitivity: Sensitivity
    basis: str
    te_bevestigen: bool = False
    hint: str = ""
    computed: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    fields: tuple["Field", ...] = ()

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    def inner(self, name: str) -> "Field | None":
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True)
class Group:
    """Fields that belong together. `rows`: the group itself as one list field, when it holds any number of rows."""

    name: str
    label: str
    owner: Owner
    fields: tuple[Field, ...]
    rows: Field | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def empty(self) -> Mapping[str, None]:
        """Every field without a value; one that is a list is an empty list then (`lists`), each time a new one."""
        return dict.fromkeys(self.by_name)

    @cached_property
    def lists(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.type is Type.LIJST)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

"""A dossiersoort: everything that makes one kind of dossier, as read from its folder or from a published version."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from bedrijfsbureau.dossiersoort.conduct import Conduct, read_conduct
from bedrijfsbureau.dossiersoort.document import Part
from bedrijfsbureau.dossiersoort.field import Json
from bedrijfsbureau.dossiersoort.instelling import Instelling, read_instelling
from bedrijfsbureau.dossiersoort.record import Record
from bedrijfsbureau.dossiersoort.schema import StukKind, read_record, read_stuk
from bedrijfsbureau.errors import DossiersoortInvalid

CONTENT_KEYS = frozenset({"soort", "record", "policy", "basisdossier", "files"})


@dataclass(frozen=True)
class Dossiersoort:
    """`policy`: resolved, as `checks.policy` takes it. `files`: path below the folder -> text (bpmn, dmn, forms).

    `applies_from` and `applies_until` (both included) say which dossiers it is for; None is open. `basisdossier`: a
    complete example record, FEEL context as JSON. `content`: all of it as JSON, from which `from_json` makes the same.
    """

    key: str
    name: str
    regime: str | None
    process_id: str
    description: str
    standing: str
    applies_from: date | None
    applies_until: date | None
    teams: Mapping[str, str]
    conduct: Conduct
    record: Record
    stukken: Mapping[str, StukKind]
    instellingen: Mapping[str, Instelling]
    policy: Mapping[str, Json]
    basisdossier: Mapping[str, Json] | None
    files: Mapping[str, str]
    content: Mapping[str, Json] = field(repr=False)

    def to_json(self) -> dict[str, Json]:
        return dict(self.content)

    def settings(self) -> dict[str, Json]:
        """`instellingen` of the FEEL context: name -> value."""
        return {name: instelling.feel for name, instelling in self.instellingen.items()}

    def files_ending(self, suffix: str) -> dict[str, bytes]:
        """The files of one kind (".bpmn", ".dmn"), as the engine and the decisions read them."""
        return {path: text.encode() for path, text in self.files.items() if path.endswith(suffix)}

    def form_schemas(self) -> dict[str, Json]:
        """Name of a form -> its schema. Raises DossiersoortInvalid for a file that is no JSON object."""
        found = {}
        for path, text in self.files.items():
            if path.startswith("forms/"):
                try:
                    found[path.removeprefix("forms/").removesuffix(".json")] = json.loads(text)
                except ValueError as error:
                    raise DossiersoortInvalid(f"{path} is geen geldige JSON: {error}.") from error
        return found

    @property
    def valid_from(self) -> date:
        """The day from which this policy holds."""
        text = self.policy.get("geldig_vanaf")
        return date.fromisoformat(text) if text else self.applies_from or date.min

    def heading(self, gegevens: Mapping[str, Any]) -> list[str]:
        """The words that name a dossier in lists; what is empty is left out."""
        found = [(path, (gegevens.get(path.partition(".")[0]) or {})) for path in self.conduct.heading]
        values = [(path, group.get(path.partition(".")[2])) for path, group in found]
        return [self.record.show(path, value) for path, value in values if value]

    def applies_on(self, day: date) -> bool:
        return (self.applies_from or date.min) <= day <= (self.applies_until or date.max)


def from_json(content: Mapping[str, Any]) -> Dossiersoort:
    """The same dossiersoort again. Raises DossiersoortInvalid."""
    if not isinstance(content, Mapping) or set(content) != CONTENT_KEYS:
        raise DossiersoortInvalid
    basisdossier = content["basisdossier"]
    return build(
        soort=Part("soort", content["soort"]),
        record=Part("record", content["record"]),
        policy=Part("policy", content["policy"]),
        basisdossier=Part("basisdossier", basisdossier) if basisdossier is not None else None,
        files=content["files"],
    )


def build(
    *, soort: Part, record: Part, policy: Part, basisdossier: Part | None, files: Mapping[str, str]
) -> Dossiersoort:
    """From parts that know their lines. `policy` is resolved already."""
    soort.only("sleutel", "naam", "regime", "proces", "omschrijving", "standing", "van_toepassing", "teams", "gedrag")
    record.only("groepen", "stukken")
    applies, stukken, instellingen = soort.get("van_toepassing"), record.get("stukken"), policy.get("instellingen")
    if applies:
        applies.only("vanaf", "tot_en_met")
    return Dossiersoort(
        key=soort.need("sleutel").text(),
        name=soort.need("naam").text(),
        regime=soort.text_of("regime") or None,
        process_id=soort.need("proces").text(),
        description=soort.text_of("omschrijving"),
        standing=soort.text_of("standing"),
        applies_from=applies.date_of("vanaf") if applies else None,
        applies_until=applies.date_of("tot_en_met") if applies else None,
        teams=MappingProxyType({key: name.text() for key, name in soort.need("teams").items()}),
        conduct=read_conduct(soort.get("gedrag")),
        record=read_record(record),
        stukken=MappingProxyType({key: read_stuk(key, part) for key, part in stukken.items()} if stukken else {}),
        instellingen=MappingProxyType(
            {name: read_instelling(name, part) for name, part in instellingen.items()} if instellingen else {}
        ),
        policy=MappingProxyType(plain(policy.mapping())),
        basisdossier=MappingProxyType(basisdossier.mapping()) if basisdossier else None,
        files=MappingProxyType(dict(files)),
        content=MappingProxyType({
            "soort": soort.value,
            "record": plain(record.value),
            "policy": plain(policy.value),
            "basisdossier": basisdossier.value if basisdossier else None,
            "files": dict(files),
        }),
    )


def plain(value: Json) -> Json:
    """`waarden` as rows of [value, text], because a key in JSON cannot be a number."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: [list(pair) for pair in item.items()] if key == "waarden" and isinstance(item, dict) else plain(item)
        for key, item in value.items()
    }

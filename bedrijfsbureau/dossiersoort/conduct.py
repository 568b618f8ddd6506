"""How dossiers of a kind behave beside their process: `gedrag` in soort.yaml.

What would otherwise be code about one kind of dossier in the middle of the application stands here as data: how lists
name a dossier, which element means which stage, which messages it sends itself, and which fields are worked out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bedrijfsbureau.dossiersoort.document import Part


@dataclass(frozen=True)
class Signal:
    """A message that the dossier sends itself as soon as the FEEL condition holds and the process waits for it."""

    message: str
    condition: str


@dataclass(frozen=True)
class ComputedField:
    """A field that a decision fills at all times; `value` is FEEL over the outcome of the decision."""

    path: str
    decision: str
    value: str


@dataclass(frozen=True)
class Conduct:
    """heading: record paths that name the dossier in lists. stages: id of an element or end event -> stage.

    term_fields: kind of term -> the record path that holds its date.
    """

    heading: tuple[str, ...] = ()
    stages: Mapping[str, str] = field(default_factory=dict)
    signals: tuple[Signal, ...] = ()
    computed: tuple[ComputedField, ...] = ()
    term_fields: Mapping[str, str] = field(default_factory=dict)


def read_conduct(part: Part | None) -> Conduct:
    """Raises DossiersoortInvalid."""
    if part is None:
        return Conduct()
    part.only("kop", "stadia", "berichten", "berekend", "termijnvelden")
    return Conduct(
        heading=tuple(path.text() for path in _rows(part, "kop")),
        stages=_names(part, "stadia"),
        signals=tuple(Signal(row.need("bericht").text(), row.need("als").text()) for row in _rows(part, "berichten")),
        computed=tuple(
            ComputedField(row.need("veld").text(), row.need("beslissing").text(), row.need("waarde").text())
            for row in _rows(part, "berekend")
        ),
        term_fields=_names(part, "termijnvelden"),
    )


def _rows(part: Part, key: str) -> list[Part]:
    found = part.get(key)
    return list(found.rows()) if found else []


def _names(part: Part, key: str) -> dict[str, str]:
    found = part.get(key)
    return {name: value.text() for name, value in found.items()} if found else {}

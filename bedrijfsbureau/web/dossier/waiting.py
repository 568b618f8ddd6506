"""Files in a dossier that are no stuk yet: what was filled in of each, what is wrong with it, where it lies already."""

from collections.abc import Mapping
from dataclasses import dataclass

from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.database import Tx
from bedrijfsbureau.queries import incoming as queries
from bedrijfsbureau.queries.incoming import IncomingLine, Twin
from bedrijfsbureau.termijnen import number_date
from bedrijfsbureau.web.dossier.about import Errors, about, guessed


@dataclass(frozen=True)
class Posted:
    """A form that was just sent for one of them, with what is wrong in it."""

    incoming_id: int
    form: Mapping[str, str]
    errors: Errors


@dataclass(frozen=True)
class Waiting:
    line: IncomingLine
    typed: Mapping[str, str]
    errors: Errors
    twins: tuple[Twin, ...]

    @property
    def from_postvak(self) -> bool:
        return any(step["what"] == "bij dossier gelegd" for step in self.line.course)


def waiting(tx: Tx, kind: Kind, dossier_id: int, posted: Posted | None) -> tuple[Waiting, ...]:
    """Two statements."""
    lines = queries.of_dossier(tx, dossier_id)
    twins = queries.twins(tx, [line.sha256 for line in lines if line.waits])
    return tuple(_one(kind, line, twins.get(line.sha256, ()), posted) for line in lines)


def _one(kind: Kind, line: IncomingLine, twins: tuple[Twin, ...], posted: Posted | None) -> Waiting:
    if posted is not None and posted.incoming_id == line.id:
        return Waiting(line, posted.form, posted.errors, twins)
    typed = {"ontvangen_op": number_date(line.received_on), "van": line.source, **line.draft}
    errors = dict(about(kind, typed)[1]) if line.draft else {}
    if not typed.get("soort"):
        errors.pop("soort", None)  # nobody chose yet: no mistake
        typed["soort"] = guessed(kind, line.filename)
    return Waiting(line, typed, errors, twins)

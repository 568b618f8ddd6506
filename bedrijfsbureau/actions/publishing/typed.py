"""Do the names and types in the FEEL of diagrams fit the record of their dossiersoort? Warnings beside the elements."""

from collections.abc import Iterator, Mapping

from bedrijfsbureau import checks, engine, feel
from bedrijfsbureau.dossiersoort import Dossiersoort
from bedrijfsbureau.errors import Problem
from bedrijfsbureau.termijnen import functions

Question = tuple[str, str, str | None]  # what it is (Dutch), the text, and the type it must have


def mistyped(soort: Dossiersoort) -> Iterator[Problem]:
    """Only what is certain whatever the data: a top level name may be local to a token, so that is not judged."""
    types = checks.schema(soort.record)
    for step in engine.outline(soort.files):
        for what, text, result in _questions(step):
            for finding in _judged(text, types, result):
                message = f"{what} van '{step.element.name or step.element.id}': {finding.message}"
                yield Problem(step.element.id, step.line, "feel", message, "warning")


def _questions(step: engine.Step) -> Iterator[Question]:
    for way in step.ways:
        yield f"Voorwaarde naar '{way.name}'", way.condition, "boolean"
    yield "Moment", step.expression, "boolean" if step.trigger == "conditional" else None
    yield "Termijn", step.element.due or "", None
    for path, text in step.element.writes:
        yield f"Waarde voor {path}", text, None


def _judged(text: str, types: Mapping[str, str], result: str | None) -> Iterator[feel.Finding]:
    if text:
        for finding in feel.check(text, types, functions, result):
            if finding.code in ("type", "part"):
                yield finding

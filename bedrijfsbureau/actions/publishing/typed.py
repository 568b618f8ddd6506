"""Do the names and types in the FEEL of diagrams fit the record of their dossiersoort? Warnings beside the elements."""

from collections.abc import Iterable, Iterator, Mapping

from bedrijfsbureau import checks, dmn, engine, feel
from bedrijfsbureau.actions.kinds.decisions import decisions
from bedrijfsbureau.dmn.tables import LISTS
from bedrijfsbureau.dossiersoort import Dossiersoort
from bedrijfsbureau.errors import Problem
from bedrijfsbureau.termijnen import functions

ALWAYS = {
    "gereedheid": "context<planbaar: boolean, behandelklaar: boolean, open_P: list<string>, open_B: list<string>>",
    "open_taken": "list<string>",
}  # what the system adds to what checks see
Question = tuple[str, str, str | None]  # what it is (Dutch), the text, and the type it must have


def mistyped(soort: Dossiersoort) -> Iterator[Problem]:
    """Only what is certain whatever the data: a top level name may be local to a token, so that is not judged."""
    steps = engine.outline(soort.files)
    types = {**checks.schema(soort.record), **ALWAYS, "instellingen": _context(soort.policy.get("instellingen") or ())}
    types |= _outcomes(soort, steps)
    for step in steps:
        for what, text, result in _questions(step):
            for finding in _judged(text, types, result):
                message = f"{what} van '{step.element.name or step.element.id}': {finding.message}"
                yield Problem(step.element.id, step.line, "feel", message, "warning")


def _outcomes(soort: Dossiersoort, steps: Iterable[engine.Step]) -> dict[str, str]:
    """What decisions found goes by the name of the decision, or by that in `bb:result`. Of one that gives a list or a
    single value nothing is told, and what is wrong with a file is said elsewhere."""
    try:
        files = decisions(soort.files_ending(".dmn"))
    except dmn.DmnError:
        return {}
    found = {}
    for name, definitions in files.items():
        logic = getattr(definitions.find(name), "logic", None)
        if isinstance(logic, dmn.Table) and logic.hit_policy not in LISTS and len(logic.outputs) > 1:
            found[name] = _context(output.name for output in logic.outputs)
    results = [(step.element.result, step.element.decision) for step in steps]
    return found | {result: found.get(decision or "", "Any") for result, decision in results if result}


def _context(names: Iterable[str]) -> str:
    parts = ", ".join(f"{name}: Any" for name in names)
    return f"context<{parts}>" if parts else "context"


def _questions(step: engine.Step) -> Iterator[Question]:
    for way in step.ways:
        yield f"Voorwaarde naar '{way.name}'", way.condition, "boolean"
    on_condition = step.trigger == "conditional"
    yield "Voorwaarde" if on_condition else "Moment", step.expression, "boolean" if on_condition else None
    if step.element.skip_when not in (None, "never"):
        yield "Overslaan als", str(step.element.skip_when).strip().removeprefix("="), "boolean"
    yield "Termijn", step.element.due or "", None
    for path, text in step.element.writes:
        yield f"Waarde voor {path}", text, None


def _judged(text: str, types: Mapping[str, str], result: str | None) -> Iterator[feel.Finding]:
    if text:
        for finding in feel.check(text, types, functions, result):
            if finding.code in ("type", "part"):
                yield finding

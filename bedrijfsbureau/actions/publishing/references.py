"""What diagrams refer to outside themselves: forms, checks, handlers, decisions and teams of their dossiersoort."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bedrijfsbureau import dmn, engine, forms
from bedrijfsbureau.actions.command.handlers import HANDLERS
from bedrijfsbureau.actions.kinds.decisions import choices_of, examine
from bedrijfsbureau.dossiersoort import Dossiersoort
from bedrijfsbureau.errors import DossiersoortInvalid, Problem

SYSTEM_LANE = "SYS"  # the lane of what happens without people


def broken(soort: Dossiersoort) -> Iterator[Problem]:
    """What the files of `soort` refer to and is not there, and what is there and can't be read."""
    known_decisions, problems = _decisions(soort)
    yield from problems
    known_forms, problems = _forms(soort)
    yield from problems
    codes = {rule["code"] for rule in soort.policy["punten"]}
    for step in engine.outline(soort.files):
        for code, message in _of(step.element, known_forms, codes, known_decisions):
            yield Problem(step.element.id, step.line, code, message)
        team = step.element.team
        if step.element.type == "userTask" and team is not None and team not in soort.teams:
            message = f"Team '{team}' van '{step.element.name}' bestaat niet. Kies een team: {', '.join(soort.teams)}."
            yield Problem(step.element.id, step.line, "team", message, "warning")


def _of(
    element: engine.Element, known_forms: set[str], codes: set[str], known_decisions: set[str]
) -> Iterator[tuple[str, str]]:
    name = element.name
    if element.form and element.form not in known_forms:
        yield "form", f"Formulier '{element.form}' van '{name}' bestaat niet. Kies een ander formulier."
    for code in element.checks:
        if code not in codes:
            yield (
                "check",
                f"Punt '{code}' van '{name}' staat niet in het compleetheidsbeleid. Haal het weg of verbeter.",
            )
    if element.handler and element.handler not in HANDLERS:
        yield "handler", f"Handeling '{element.handler}' van '{name}' bestaat niet. Kies er een uit de lijst."
    if element.decision and element.decision not in known_decisions:
        yield "decision", f"Beslistabel '{element.decision}' van '{name}' bestaat niet. Kies een andere beslistabel."


def _decisions(soort: Dossiersoort) -> tuple[set[str], list[Problem]]:
    files, choices = soort.files_ending(".dmn"), choices_of(soort.record)
    known: set[str] = set()
    problems = []
    for path in files:
        try:
            model = dmn.read_among(files, path, strict=False)
        except dmn.DmnError as error:
            problems.append(Problem(None, error.line, "dmn", f"{path}: {error}"))
        else:
            known |= {decision.id for decision in model.decisions}
            problems += [replace(each, message=f"{path}: {each.message}") for each in examine(model, choices)]
    return known, problems


def _forms(soort: Dossiersoort) -> tuple[set[str], list[Problem]]:
    try:
        schemas: Mapping[str, object] = soort.form_schemas()
    except DossiersoortInvalid as error:
        return set(), [Problem(None, None, "form", str(error))]
    problems = []
    for name, schema in schemas.items():
        try:
            forms.read(schema, soort.record)  # type: ignore[arg-type]  # what is no mapping is refused by `read`
        except DossiersoortInvalid as error:
            problems.append(Problem(None, None, "form", f"forms/{name}.json: {error}"))
    return set(schemas), problems

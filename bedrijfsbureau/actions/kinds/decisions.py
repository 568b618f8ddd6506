"""The decisions of a dossiersoort: read together, examined, and their traces as they are kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from bedrijfsbureau import dmn, feel
from bedrijfsbureau.dossiersoort import Record, Type
from bedrijfsbureau.errors import Problem

Choices = Mapping[str, Sequence[feel.Value]]


def decisions(files: Mapping[str, bytes]) -> dict[str, dmn.Definitions]:
    """Every decision of these DMN files, which may import each other, by its id. Raises dmn.DmnError."""
    return {decision.id: model for model in dmn.read_all(files).values() for decision in model.decisions}


def choices_of(record: Record) -> dict[str, list[feel.Value]]:
    """The values a field with choices can have, by its path, which is how tables name it."""
    fields = (field for field in record.fields() if field.type is Type.KEUZE and field.choices)
    return {field.path: [feel.to_feel(choice) for choice in field.choices] for field in fields}


def examine(model: dmn.Definitions, choices: Choices | None = None) -> list[Problem]:
    """What can't be read of a model, and what is wrong with its tables. What could not be examined is no problem."""
    unread = [Problem(None, each.line, "dmn", str(each)) for each in model.problems]
    return unread + [
        Problem(None, each.line, f"dmn_{each.kind}", f"{each.decision}: {each.message}", each.severity)
        for each in dmn.analyse(model, choices)
        if each.severity != "note"
    ]


def trace_of(made: dmn.Decision) -> list[dict[str, Any]]:
    """Per table on the way: its decision, what it saw, and the numbers of the rules that hit."""
    return [
        {
            "decision": taken.id,
            "table": table.table,
            "inputs": {label: feel.to_json(value) for label, value in table.inputs},
            "rules": [hit.number for hit in table.hits],
        }
        for taken in made.trace
        for table in taken.tables
    ]

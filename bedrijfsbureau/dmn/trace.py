"""A trace as JSON: what is stored with a dossier, and shown to who asks why."""

from typing import Any

from bedrijfsbureau.dmn.definitions import Decision
from bedrijfsbureau.dmn.logic import TableTrace
from bedrijfsbureau.feel import to_json


def trace_to_json(made: Decision) -> dict[str, Any]:
    """{"decisions": [{"id", "name", "value", "tables": [...]}], "warnings": [text]}, in the order they were taken."""
    decisions = [
        {
            "id": taken.id,
            "name": taken.name,
            "value": to_json(taken.value),
            "tables": [table_to_json(table) for table in taken.tables],
        }
        for taken in made.trace
    ]
    return {"decisions": decisions, "warnings": [warning.message for warning in made.warnings]}


def table_to_json(seen: TableTrace) -> dict[str, Any]:
    """{"table": id, "inputs": [{"label", "value"}], "rules": [{"number", "id", "outputs", "annotations"}]}"""
    return {
        "table": seen.table,
        "inputs": [{"label": label, "value": to_json(value)} for label, value in seen.inputs],
        "rules": [
            {
                "number": hit.number,
                "id": hit.id,
                "outputs": to_json(dict(hit.outputs)),
                "annotations": list(hit.annotations),
            }
            for hit in seen.hits
        ],
    }

"""The decision tables that come with the program."""

from pathlib import Path

import pytest

from bedrijfsbureau import dmn, feel

SHIPPED = sorted((Path(__file__).parents[2] / "bpmn").glob("*/*.dmn"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_it_reads_and_an_empty_dossier_does_not_break_it(path: Path) -> None:
    model = dmn.read(path.read_bytes())
    for decision in model.decisions:
        made = model.decide(decision.id, {})
        assert made.trace[-1].id == decision.id
        assert feel.to_json(made.value) == feel.to_json(model.decide(decision.name, {}).value)

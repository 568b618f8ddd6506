"""The folders of the two kinds of asylum dossier, read once."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from lxml import etree

from bedrijfsbureau import dossiersoort

BPMN = Path(__file__).parents[2] / "bpmn"
KINDS = ("asiel-aa", "asiel-pact")
NS = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
BB = "{urn:bedrijfsbureau:bpmn:1}"
DIAGRAMS = tuple(sorted(path for kind in KINDS for path in (BPMN / kind).glob("*.bpmn")))
DECISIONS = tuple(sorted(path for kind in KINDS for path in (BPMN / kind).glob("*.dmn")))
SCENARIOS = tuple(sorted(path for kind in KINDS for path in (BPMN / kind / "scenarios").glob("*.yaml")))

# tasks without a place of their own in the diagram: shown by "Punt herstellen" for the check they belong to
ONLY_BY_CHECK = frozenset({"t_tegenspraak", "t_verzoekersdocument"})


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@cache
def kind(key: str) -> dossiersoort.Dossiersoort:
    return dossiersoort.read(BPMN / key)


@cache
def diagram(path: Path) -> Any:
    return etree.parse(path).getroot()


@cache
def scenario(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text())
    return content


def user_tasks(key: str) -> dict[str, Any]:
    """Every user task of the folder, those of called processes included, by id."""
    own = [path for path in DIAGRAMS if path.parent.name == key]
    found = [task for path in own for task in diagram(path).iterfind(".//bpmn:userTask", NS)]
    return {task.get("id"): task for task in found}


def tasks_of_checks(key: str) -> dict[str, set[str]]:
    """Task -> the codes of the checks that open it, as the policy says."""
    opened: dict[str, set[str]] = {}
    for row in kind(key).policy["punten"]:
        tasks = row["taak"].values() if isinstance(row["taak"], dict) else [row["taak"]]
        for task in tasks:
            opened.setdefault(task, set()).add(row["code"])
    return opened

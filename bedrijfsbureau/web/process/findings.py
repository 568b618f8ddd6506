"""Findings about files of a dossiersoort, as the editor and the pages without a script show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bedrijfsbureau import engine
from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Problem


@dataclass(frozen=True)
class Finding:
    """`file`: where its element is drawn; "" when it is about no element of a diagram. `name`: of the element."""

    problem: Problem
    file: str
    name: str

    def to_json(self) -> dict[str, str | int | None]:
        problem = self.problem
        return {
            "element": problem.element,
            "line": problem.line,
            "code": problem.code,
            "message": problem.message,
            "severity": problem.severity,
            "file": self.file,
            "name": self.name,
        }


@dataclass(frozen=True)
class Findings:
    """Errors first."""

    all: Sequence[Finding]

    @property
    def elements(self) -> frozenset[str]:
        return frozenset(finding.problem.element for finding in self.all if finding.problem.element)

    @property
    def errors(self) -> int:
        return sum(finding.problem.severity == "error" for finding in self.all)

    @property
    def warnings(self) -> int:
        return len(self.all) - self.errors


def judge(tx: Tx, soort: str, files: Mapping[str, str]) -> Findings:
    """What is wrong with `files`, all of them together."""
    places = {step.element.id: (step.file, step.element.name) for step in engine.outline(files)}
    found = processes.check_draft(tx, soort, files)
    return Findings([Finding(problem, *places.get(problem.element or "", ("", ""))) for problem in found])

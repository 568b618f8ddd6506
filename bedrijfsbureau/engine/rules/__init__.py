"""The profile: one rule per file, each with examples that are its tests and its entry in docs/reference.

A rule is a module with a docstring (why), `rule = Rule(...)` and a function that yields findings. Structure rules see any
file that is XML; meaning rules run only when structure holds, so that they may rely on ids, flows and references.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Literal

from bedrijfsbureau.engine.diagram import Diagram, Flow, Node, Scope, Trigger
from bedrijfsbureau.errors import Problem


@dataclass(frozen=True)
class Question:
    """What is judged: all diagrams that belong together."""

    diagrams: Sequence[Diagram]
    names: frozenset[str] = frozenset()  # FEEL names with spaces

    @cached_property
    def scopes(self) -> list[Scope]:
        return [scope for diagram in self.diagrams for scope in diagram.scopes()]

    @cached_property
    def nodes(self) -> list[tuple[Scope, Node]]:
        return [(scope, node) for scope in self.scopes for node in scope.nodes]


@dataclass(frozen=True)
class Finding:
    """What a rule says: about what, and a Dutch sentence that says what to do."""

    about: Node | Flow | Scope | tuple[str | None, int | None]  # or (element id, line)
    message: str
    severity: Literal["error", "warning"] = "error"
    line: int | None = None  # when more precise than where `about` begins


@dataclass(frozen=True)
class Rule:
    code: str
    find: Callable[[Question], Iterable[Finding]]
    valid: tuple[str, ...]  # bodies of a <definitions>, see `examples`
    invalid: tuple[str, ...]
    structure: bool = False
    page: str = ""  # the docstring of the module, filled when rules are collected


def judge(question: Question) -> list[Problem]:
    """All findings of the structure rules; when they have no errors, of all rules."""
    problems = list(_ask(question, structure=True))
    if not any(problem.severity == "error" for problem in problems):
        problems += _ask(question, structure=False)
    return problems


def _ask(question: Question, structure: bool) -> Iterator[Problem]:
    for rule in rules():
        if rule.structure == structure:
            for finding in rule.find(question):
                element, line = _place(finding)
                yield Problem(element, line, rule.code, finding.message, finding.severity)


def _place(finding: Finding) -> tuple[str | None, int | None]:
    about = finding.about
    if isinstance(about, tuple):
        return about
    return about.id or None, finding.line or about.line or None


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule in this folder, by name of its file."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__) if found.name != "examples"]
    return tuple(
        Rule(m.rule.code, m.rule.find, m.rule.valid, m.rule.invalid, m.rule.structure, m.__doc__ or "") for m in modules
    )


__all__ = ["Diagram", "Finding", "Flow", "Node", "Question", "Rule", "Scope", "Trigger", "judge", "rules"]

"""The profile: what a model may contain. One rule per file: a docstring that says why, and `rule`.

To widen the profile, relax or remove a rule here and add the behaviour in `specs`.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bedrijfsbureau.engine.rule import Question, Rule
from bedrijfsbureau.errors import Problem


def judge(question: Question) -> list[Problem]:
    """All findings of the structure rules; when those have no errors, of all rules."""
    problems = list(_ask(question, structure=True))
    if not any(problem.severity == "error" for problem in problems):
        problems += _ask(question, structure=False)
    return problems


def _ask(question: Question, structure: bool) -> Iterator[Problem]:
    for rule, _ in rules():
        if rule.structure == structure:
            for finding in rule.find(question):
                yield Problem(*finding.place, rule.code, finding.message, finding.severity, finding.path)


@cache
def rules() -> tuple[tuple[Rule, str], ...]:
    """Every rule in this folder with the docstring of its file, by name of the file."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return tuple((module.rule, module.__doc__ or "") for module in modules)

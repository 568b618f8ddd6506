"""Judging files: hardened parse, rules about structure, then rules about meaning. Compiling: judging, then assembly."""

from collections.abc import Mapping
from dataclasses import replace

from bedrijfsbureau.engine import xml
from bedrijfsbureau.engine.assembly import Assembly
from bedrijfsbureau.engine.diagram import Diagram, Scope
from bedrijfsbureau.engine.model import Model
from bedrijfsbureau.engine.reading import read_diagram
from bedrijfsbureau.engine.rule import Question
from bedrijfsbureau.engine.rules import judge
from bedrijfsbureau.errors import ModelRefused, Problem

OTHER_FILES = (".dmn", ".json", ".yaml", ".yml")  # what a folder of a dossiersoort holds beside diagrams

Files = Mapping[str, bytes | str]


def check(files: Files, names: frozenset[str] = frozenset()) -> list[Problem]:
    """Everything that is wrong with these files, errors first. `names`: FEEL names with spaces. Never raises."""
    return _judged(files, names)[1]


def compile(files: Files, process_id: str, names: frozenset[str] = frozenset()) -> Model:
    """Raises ModelRefused with every problem. Warnings alone do not refuse."""
    processes, problems = _judged(files, names)
    if errors := [problem for problem in problems if problem.severity == "error"]:
        raise ModelRefused(errors)
    if process_id not in processes:
        message = f"Er is geen proces met id '{process_id}'. Aanwezig: {', '.join(sorted(processes)) or 'geen'}."
        raise ModelRefused([Problem(None, None, "process", message)])
    return Assembly(names).model(process_id, processes)


def prove(files: Files, names: frozenset[str]) -> list[Problem]:
    """As `check`, and then assembles every process, which takes time and memory of its own."""
    processes, problems = _judged(files, names)
    if all(problem.severity != "error" for problem in problems):
        for process_id in processes:
            Assembly(names).model(process_id, processes)
    return problems


def _judged(files: Files, names: frozenset[str]) -> tuple[dict[str, Scope], list[Problem]]:
    """The processes by id, and what is wrong."""
    diagrams, problems = _read(files)
    if not problems:
        problems = judge(Question(diagrams, names))
    processes = {process.id: process for diagram in diagrams for process in diagram.processes}
    return processes, sorted(problems, key=lambda problem: (problem.severity != "error", problem.line or 0))


def unreadable(content: bytes | str) -> str | None:
    """Why this text is no XML that can be edited at all, in a Dutch sentence."""
    _, problems = _read({"": content})
    return problems[0].message if problems else None


def _read(files: Files) -> tuple[list[Diagram], list[Problem]]:
    diagrams, problems = [], []
    several = len([file for file in files if not file.endswith(OTHER_FILES)]) > 1
    for file, content in files.items():
        if file.endswith(OTHER_FILES):
            continue
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        try:
            diagrams.append(read_diagram(file, xml.read(data)))
        except xml.XmlRefused as refused:
            problem = Problem(None, refused.line, "xml", str(refused))
            problems.append(replace(problem, message=f"{file}: {refused}") if several else problem)
    return [_executable(diagram) for diagram in diagrams], problems


def _executable(diagram: Diagram) -> Diagram:
    """A process that is not executable is only a drawing, of another pool, when one beside it is."""
    executable = tuple(process for process in diagram.processes if process.executable)
    return replace(diagram, processes=executable or diagram.processes)

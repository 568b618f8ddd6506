"""Judging files: hardened parse, rules about structure, then rules about meaning. Compiling: judging, then assembly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bedrijfsbureau.engine import xml
from bedrijfsbureau.engine.assembly import Assembly
from bedrijfsbureau.engine.diagram import Diagram
from bedrijfsbureau.engine.model import Model
from bedrijfsbureau.engine.reading import read_diagram
from bedrijfsbureau.engine.rule import Question
from bedrijfsbureau.engine.rules import judge
from bedrijfsbureau.errors import ModelRefused, Problem

OTHER_FILES = (".dmn", ".json", ".yaml", ".yml")  # what a folder of a dossiersoort holds beside diagrams

Files = Mapping[str, bytes | str]


def check(files: Files, names: frozenset[str] = frozenset()) -> list[Problem]:
    """Everything that is wrong with these files, errors first. `names`: FEEL names with spaces. Never raises."""
    diagrams, problems = _read(files)
    if not problems:
        problems = judge(Question(diagrams, names))
    return sorted(problems, key=lambda problem: (problem.severity != "error", problem.line or 0))


def compile(files: Files, process_id: str, names: frozenset[str] = frozenset()) -> Model:
    """Raises ModelRefused with every problem. Warnings alone do not refuse."""
    errors = [problem for problem in check(files, names) if problem.severity == "error"]
    if errors:
        raise ModelRefused(errors)
    diagrams, _ = _read(files)
    processes = {process.id: process for diagram in diagrams for process in diagram.processes}
    if process_id not in processes:
        message = f"Er is geen proces met id '{process_id}'. Aanwezig: {', '.join(sorted(processes)) or 'geen'}."
        raise ModelRefused([Problem(None, None, "process", message)])
    return Assembly(names).model(process_id, processes)


def prove(files: Files, names: frozenset[str], problems: Sequence[Problem]) -> None:
    """Assemble every process, when nothing forbids it: that takes time and memory of its own."""
    if any(problem.severity == "error" for problem in problems):
        return
    processes = {process.id: process for diagram in _read(files)[0] for process in diagram.processes}
    for process_id in processes:
        Assembly(names).model(process_id, processes)


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

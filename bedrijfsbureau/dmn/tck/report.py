"""Taking every decision the kit asks for, and comparing the outcome with what it expects."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bedrijfsbureau.dmn.definitions import Definitions
from bedrijfsbureau.dmn.errors import DmnError
from bedrijfsbureau.dmn.files import read_file
from bedrijfsbureau.dmn.tck.same import same
from bedrijfsbureau.dmn.tck.trials import Expected, Trial, level_of, read_trials
from bedrijfsbureau.feel import FeelError, Value
from bedrijfsbureau.feel.text import write


@dataclass(frozen=True, slots=True)
class NodeResult:
    """One result node of one test case (`trial`). `got` is the value as text, or the error that was raised."""

    trial: str
    node: str
    passed: bool
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """One test file. `name`: its path below the folder that was run."""

    level: str
    name: str
    nodes: tuple[NodeResult, ...]

    @property
    def failures(self) -> tuple[NodeResult, ...]:
        return tuple(node for node in self.nodes if not node.passed)


@dataclass(frozen=True, slots=True)
class Report:
    files: tuple[FileResult, ...]

    @property
    def levels(self) -> dict[str, dict[str, int]]:
        counted: dict[str, dict[str, int]] = {}
        for file in sorted(self.files, key=lambda file: file.level):
            level = counted.setdefault(file.level, {"passed": 0, "failed": 0, "total": 0})
            level["passed"] += len(file.nodes) - len(file.failures)
            level["failed"] += len(file.failures)
            level["total"] += len(file.nodes)
        return counted

    @property
    def passed(self) -> bool:
        """Whether something was run and nothing failed."""
        return bool(self.files) and not any(file.failures for file in self.files)


def run(folder: Path, now: datetime) -> Report:
    """Run every test file below a folder, at the aware moment `now`."""
    paths = sorted(path for path in folder.rglob("*.xml") if "-test-" in path.name)
    return Report(tuple(run_file(path, folder, now) for path in paths))


def run_file(path: Path, folder: Path, now: datetime) -> FileResult:
    """A model that can't be read fails all nodes of its file; a test file that can't be read is one failing node."""
    name = path.relative_to(folder).as_posix()
    try:
        file = read_trials(path)
    except (OSError, DmnError) as error:
        return FileResult(level_of(path), name, (NodeResult("-", "-", False, "-", str(error)),))
    try:
        model = read_file(file.model, strict=False)
        nodes = tuple(node for trial in file.trials for node in run_trial(model, trial, now))
    except (OSError, DmnError) as error:
        nodes = tuple(
            NodeResult(trial.id, each.node, False, write(each.value), str(error))
            for trial in file.trials
            for each in trial.results
        )
    return FileResult(file.level, name, nodes)


def run_trial(model: Definitions, trial: Trial, now: datetime) -> Iterator[NodeResult]:
    context = context_of(model, trial)
    for wanted in trial.results:
        try:
            value = outcome(model, trial, wanted, context, now)
        except FeelError as error:
            yield NodeResult(trial.id, wanted.node, wanted.is_error, write(wanted.value), str(error))
        else:
            passed = value is None if wanted.is_error else same(value, wanted.value)
            yield NodeResult(trial.id, wanted.node, passed, write(wanted.value), write(value))


def context_of(model: Definitions, trial: Trial) -> dict[str, Value]:
    """The inputs of a trial; one of an imported model lies under the name of its import."""
    context: dict[str, Value] = {}
    for (namespace, name), value in trial.inputs.items():
        place = context
        for prefix in model.path(namespace or model.namespace):
            place = place.setdefault(prefix, {})
        place[name] = value
    return context


def outcome(model: Definitions, trial: Trial, wanted: Expected, context: Mapping[str, Value], now: datetime) -> Value:
    """Of a service with several outputs, the one that the result node names. Raises FeelError."""
    value = model.decide(trial.invocable or wanted.node, context, now, strict=False).value
    if trial.invocable and isinstance(value, dict) and wanted.node in value:
        return value[wanted.node]
    return value

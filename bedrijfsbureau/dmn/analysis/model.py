"""The tables of a whole model, wherever in its logic they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import islice

from bedrijfsbureau.dmn.analysis.finding import Finding
from bedrijfsbureau.dmn.analysis.grid import Domain, grid
from bedrijfsbureau.dmn.analysis.outputs import Outputs
from bedrijfsbureau.dmn.analysis.policies import MOST_OVERLAPS, TableReport
from bedrijfsbureau.dmn.analysis.space import Budget, TooLarge
from bedrijfsbureau.dmn.definitions import DecisionElement, Definitions, InputData, Knowledge
from bedrijfsbureau.dmn.tables import Input, Table
from bedrijfsbureau.dmn.types import OLD_NAMES
from bedrijfsbureau.feel import UnaryTests, Value, compile_unary
from bedrijfsbureau.feel.text import write

COMPARISONS = 60_000  # per question to one table: less than a second


def analyse(definitions: Definitions, choices: Mapping[str, Sequence[Value]] | None = None) -> tuple[Finding, ...]:
    """What is wrong with the tables of a model; errors first. `choices`: the only values (besides null) that an input
    can have, by its expression, as known from elsewhere."""
    found = [
        finding
        for (namespace, _), element in definitions.elements.items()
        if namespace == definitions.namespace and isinstance(element, DecisionElement | Knowledge)
        for table in tables_in(element.logic if isinstance(element, DecisionElement) else element.function)
        for finding in analyse_table(element.id, table, domains(definitions, table, choices or {}))
    ]
    return tuple(sorted(found, key=lambda finding: ("error", "warning", "note").index(finding.severity)))


def analyse_table(decision: str, table: Table, domains: Sequence[Domain]) -> Iterator[Finding]:
    """Each question has its own budget: what one can't answer, another may."""
    too_large = "De tabel is te groot om geheel te onderzoeken; er kan meer mis zijn dan hier staat."
    try:
        cells = grid(table, domains, Budget(COMPARISONS))
    except TooLarge:
        yield Finding("too_large", "note", too_large, decision, table.id, table.line)
        return
    outputs, is_whole = Outputs(table), True
    for question in (
        TableReport.overlaps, TableReport.unreachable, TableReport.shadowed, TableReport.gaps,
        TableReport.wrong_outputs, TableReport.unexamined,
    ):  # fmt: skip
        report = TableReport(decision, table, cells, outputs, Budget(COMPARISONS))
        try:
            yield from islice(question(report), MOST_OVERLAPS)
        except TooLarge:
            is_whole = False
    if not is_whole:
        yield Finding("too_large", "note", too_large, decision, table.id, table.line)


def tables_in(part: object) -> Iterator[Table]:
    """Every table inside a piece of logic, itself included."""
    if isinstance(part, Table):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from tables_in(each)
    elif is_dataclass(part):
        for each in fields(part):
            yield from tables_in(getattr(part, each.name))


def domains(definitions: Definitions, table: Table, choices: Mapping[str, Sequence[Value]]) -> list[Domain]:
    return [domain(definitions, column, choices) for column in table.inputs]


def domain(definitions: Definitions, column: Input, choices: Mapping[str, Sequence[Value]]) -> Domain:
    """From the column itself, from the type of its expression, or of the element that it names."""
    named = (each for each in definitions.elements.values() if each.name == column.text)
    by_name = [each.type for each in named if isinstance(each, InputData | DecisionElement)]
    wanted = column.type or next(iter(by_name), None)
    allowed = [column.allowed, definitions.types.allowed(wanted), *map(definitions.types.allowed, by_name)]
    if column.text in choices:
        allowed.append(listed(choices[column.text]))
    tests = {test.text: test for test in allowed if test is not None and test.tests}
    return Domain(kind_of(definitions, wanted), tuple(tests.values()))


def listed(values: Sequence[Value]) -> UnaryTests:
    return compile_unary(", ".join(write(value) for value in values) or "null")


def kind_of(definitions: Definitions, name: str | None) -> str | None:
    """The built-in type under a type; None when it has none of its own."""
    seen: set[str] = set()
    while name is not None and name in definitions.types.items and name not in seen:
        item = definitions.types.items[name]
        if item.is_list:
            return "list"
        if item.fields or item.function:
            return "context"
        seen.add(name)
        name = item.base
    return None if name is None else OLD_NAMES.get(name, name)

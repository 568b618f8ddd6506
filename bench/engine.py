"""Completions per second on the whole path of the product, beside plain SpiffWorkflow, viewflow and bpmn-engine, and
beside what the database can do at most."""

import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import mean, median

from _frame import QUICK, Contestant, Report, main, ratio, take_turns
from _fresh import fresh, has
from _growth import growth
from _limit import Limit
from _product import Office
from _rival import install, rivals
from _scaling import scaling
from _spiffworkflow import Ours, Plain, Row

KINDS = ("asiel-pact", "ontvangst-omgevingsvergunning")
TO_PREPARE = 0.25  # of the time there is: after that no further course is prepared
TO_CLEAN_UP = 4.0  # seconds
FOR_SCALING = 6.0  # seconds for one turn


@dataclass
class Course:
    """One dossiersoort on one database; the contestants by name, the product and spiffworkflow always among them."""

    name: str
    office: Office
    plain_row: Plain
    contestants: dict[str, Contestant] = field(default_factory=dict)

    def add(self, name: str, contestant: Office | Plain | Ours | Row | Limit) -> None:
        self.contestants[name] = Contestant(f"{self.name}.{name}", contestant.round)


def measure(deadline: float) -> Report:
    begin = time.perf_counter()
    is_quick = deadline - begin <= QUICK
    deadline -= TO_CLEAN_UP if is_quick else 0
    ready_by = begin + TO_PREPARE * (deadline - begin)
    grown, worse = growth()
    with ExitStack() as stack:
        courses = _courses(stack, ready_by)
        others = _rivals(stack, courses, ready_by if is_quick else deadline)
        office = next((c.office for c in courses if c.name.startswith("postgresql")), None)
        left = FOR_SCALING if is_quick else 3 * FOR_SCALING
        take_turns(
            [*(each for c in courses for each in c.contestants.values()), *others.values()],
            deadline - (left if office else 0),
        )
        figures, ratios = _figures(courses, others) | grown, _ratios(courses, others) | {"growth_5000": worse}
        if office is None:
            _skipped("scaling_2", "there is no PostgreSQL")
        elif time.perf_counter() + FOR_SCALING > deadline + TO_CLEAN_UP / 2:
            _skipped("scaling_2", "there is no time left")
        else:
            counted, ratios["scaling_2"] = scaling(office, deadline)
            figures |= counted
        return Report(figures, ratios)


def _courses(stack: ExitStack, ready_by: float) -> list[Course]:
    """As many as can be prepared; one always."""
    courses: list[Course] = []
    for kind in KINDS:
        for database in ("postgresql", "sqlite"):
            if not has(database):
                _skipped(f"{database}.{kind}", "set TEST_DATABASE_URL")
            elif courses and time.perf_counter() > ready_by:
                _skipped(f"{database}.{kind}", "preparing took too long")
            else:
                courses.append(_course(stack, database, kind))
    return courses


def _course(stack: ExitStack, database: str, kind: str) -> Course:
    url, folder = stack.enter_context(fresh(database))
    office = Office(url, folder, kind)
    stack.callback(office.database.dispose)
    course = Course(f"{database}.{kind}", office, plain := Plain(office))
    course.add("product", office)
    course.add("spiffworkflow", plain)
    course.add("engine", Ours(office))
    course.add("row", Row(office))
    course.add("limit", Limit(office))
    return course


def _rivals(stack: ExitStack, courses: list[Course], ready_by: float) -> dict[str, Contestant]:
    """By database and name, such as "sqlite.viewflow"."""
    answers = _answers(courses[0].office)
    found = {}
    for database in dict.fromkeys(course.name.partition(".")[0] for course in courses):
        for name, rival in rivals(stack, database, answers, max(ready_by, time.perf_counter() + 6)).items():
            found[f"{database}.{name}"] = Contestant(f"{database}.{name}", rival.round)
    return found


def _answers(office: Office) -> list[dict[str, object]]:
    """What is filled in in the first twelve forms."""
    forms = [element.form for element in office.kind.model.elements.values() if element.form]
    return [office.answers.of(form) for form in forms[:12]]


def _figures(courses: list[Course], others: dict[str, Contestant]) -> dict[str, float]:
    figures = {f"{name}.per_second": rival.rate for name, rival in others.items()}
    for course in courses:
        office = course.office
        figures |= {f"{each.name}.per_second": each.rate for each in course.contestants.values()}
        figures[f"{course.name}.statements_mean"] = mean(office.statements)
        figures[f"{course.name}.statements_most"] = max(office.statements)
        figures[f"{course.name}.commits_most"] = max(office.commits)
        figures[f"{course.name}.state_bytes"] = median(office.state_bytes)
        figures[f"{course.name}.spiffworkflow_state_bytes"] = median(course.plain_row.state_bytes)
    return figures


def _ratios(courses: list[Course], others: dict[str, Contestant]) -> dict[str, float]:
    """Of each course, of each database (the median of its courses), and of PostgreSQL again without a prefix: that is
    what the product is for. Where it is not there, SQLite takes its place."""
    by_course: dict[str, dict[str, float]] = {course.name: _of_course(course, others) for course in courses}
    ratios = {f"{name}.{what}": value for name, found in by_course.items() for what, value in found.items()}
    for database in ("sqlite", "postgresql"):  # the last one there is gives the names without a prefix
        found = [each for name, each in by_course.items() if name.startswith(database)]
        for what in found[0] if found else ():
            ratios[f"{database}.{what}"] = ratios[what] = median(each[what] for each in found)
    return ratios


def _of_course(course: Course, others: dict[str, Contestant]) -> dict[str, float]:
    product, plain = course.contestants["product"], course.contestants["spiffworkflow"]
    state = median(course.office.state_bytes) / median(course.plain_row.state_bytes)
    database = course.name.partition(".")[0]
    return {
        "vs_spiffworkflow": ratio(product, plain),
        "engine_vs_spiffworkflow": ratio(course.contestants["engine"], plain),
        "row_vs_spiffworkflow": ratio(course.contestants["row"], plain),
        "of_limit": ratio(product, course.contestants["limit"]),
        "state_vs_stock": state,
        "state_vs_spiffworkflow": 1 / state,
        **{
            f"vs_{name.partition('.')[2]}": ratio(product, rival)
            for name, rival in others.items()
            if name.startswith(f"{database}.")
        },
    }


def _skipped(name: str, why: str) -> None:
    print(f"{name} is left out: {why}.", file=sys.stderr)


if __name__ == "__main__":
    title = "Completing tasks: the product, our engine alone, engines of others, and the database's own limit"
    main(measure, title, prepare=install)

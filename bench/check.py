"""Dossiers through thirty checks: a policy tried on all that run, in one process and in two; and a dossier judged again
after one stuk."""

import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import Any

from _frame import QUICK, Report, main
from _fresh import fresh, has
from _product import NOW, Office
from _recompute import recompute_seconds
from _stock import fill
from sqlalchemy import select

from bedrijfsbureau.actions import stukken
from bedrijfsbureau.actions.command.at_hand import load
from bedrijfsbureau.actions.drafting import policy_drafts
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.actions.previewing import previews
from bedrijfsbureau.actions.previewing.previews import Part
from bedrijfsbureau.cli import trying
from bedrijfsbureau.cli.installation import Installation
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Preview, Transition

SOORT = "asiel-pact"
CHECKS = 30  # that differ, of sixty
GOAL = 100_000
FEW, SMALL = 400, 3_000  # dossiers on each database in a quick measurement
ON_SQLITE = 20_000  # in a thorough one: with all their sentences a hundred thousand take four gigabytes there
TIMES = 25  # that one dossier is judged again


def measure(deadline: float) -> Report:
    is_quick = deadline - time.perf_counter() <= QUICK
    figures: dict[str, float] = {}
    ratios: dict[str, float] = {}
    if not has("postgresql"):
        print("postgresql is left out: set TEST_DATABASE_URL.", file=sys.stderr)
    for database in filter(has, ("postgresql", "sqlite")):
        with ExitStack() as stack:
            url, folder = stack.enter_context(fresh(database))
            office = Office(url, folder, SOORT)
            stack.callback(office.database.dispose)
            most = SMALL if is_quick else ON_SQLITE if database == "sqlite" else GOAL
            courses = _courses(office, Installation(folder, url), most)
        figures |= {f"{database}.dossiers": courses[1].count}
        figures |= {f"{database}.{number}.dossiers_per_second": course.rate for number, course in courses.items()}
        ratios[f"{database}.two_processes_vs_one"] = courses[2].rate / courses[1].rate
        found = {"preview_n": courses[2].count, "preview_100k_s": courses[2].seconds(GOAL)}
        found |= {"preview_start_s": courses[2].seconds(0), **_rechecks(database)}
        figures |= {f"{database}.{name}": value for name, value in found.items()}
        figures = found | figures  # those of the first, without a prefix: PostgreSQL's, where it is there
    return Report(figures | _recompute(is_quick), ratios)


@dataclass(frozen=True)
class Course:
    """A trial on a few dossiers and on `count` of them: to start takes as long for few as for many."""

    few: tuple[int, float]
    count: int
    took: float

    @property
    def rate(self) -> float:
        """Dossiers per second once it has started."""
        count, took = self.few
        return (self.count - count) / (self.took - took)

    def seconds(self, count: int) -> float:
        """For that many; measured when there were so many, else reckoned."""
        return self.took + (count - self.count) / self.rate


def _courses(office: Office, place: Installation, most: int) -> dict[int, Course]:
    """By the number of processes; one of them starts no faster than two."""
    fill(office, most)
    few = _trial(office, place, 2, FEW)
    return {number: Course(few, *_trial(office, place, number)) for number in (1, 2)}


def _trial(office: Office, place: Installation, processes: int, most: int | None = None) -> tuple[int, float]:
    """How many dossiers, about `most`, and seconds, everything included: starting, reading, judging, and keeping what
    would change."""
    with reading(office.database, SYSTEM, NOW) as tx:
        policy = policy_drafts.newest_policy(tx, SOORT).content["policy"]
    with transaction(office.database, SYSTEM, NOW) as tx:
        preview: Preview = previews.begin(tx, SOORT, _other(policy), NOW.date(), Transition.ALL)
        preview_id, parts = preview.id, previews.parts(tx, preview, processes)
    if most is not None:
        parts = [Part(part.after, min(part.until, part.after + most // processes)) for part in parts]
    trying.now, before = (lambda: NOW), trying.now  # the day on which all of them were judged
    begin = time.perf_counter()
    trying.carry_out(place, office.database, preview_id, parts)
    took, trying.now = time.perf_counter() - begin, before
    with transaction(office.database, SYSTEM, NOW) as tx:
        found = previews.stop(tx, preview_id)
        assert most is not None or found.done == found.total, "the preview did not come to its end"
        return found.done, took


def _other(policy: dict[str, Any]) -> dict[str, Any]:
    """Another answer to who may waive, so that each of these checks must be asked again; and one that blocks advises,
    so that something changes."""
    rows = [
        {**row, "ontheffing": "teamleider", "blokkeert": row["blokkeert"] and number > 0} if number < CHECKS else row
        for number, row in enumerate(policy["punten"])
    ]
    return {**policy, "punten": rows}


def _rechecks(database: str) -> dict[str, float]:
    """One dossier, all of it known: what judging it again costs after one stuk, and the command as a whole."""
    judged, whole = [], []
    with fresh(database) as (url, folder):
        office = Office(url, folder, SOORT)
        fill(office, 1)  # the real ones alone: a copy has the state of another
        with reading(office.database, SYSTEM, NOW) as tx:
            dossier_id = tx.session.scalars(select(Dossier.id).order_by(Dossier.id.desc()).limit(1)).one()
        for _ in range(TIMES):
            arrived: dict[str, Any] = {"soort": "screeningsformulier", "received_on": NOW.date(), "source": "wij"}
            begin = time.perf_counter()
            perform(office.database, office.actor, NOW, stukken.add_stuk, dossier_id, **arrived)
            whole.append(time.perf_counter() - begin)
            with transaction(office.database, office.actor, NOW) as tx:
                at_hand = load(tx, dossier_id)
                assert at_hand.readiness is not None
                begin = time.perf_counter()
                at_hand.changed("stukken", "aanwezig")
                assert at_hand.readiness is not None
                judged.append(time.perf_counter() - begin)
        office.database.dispose()
    return {"stuk_added_ms": 1000 * median(whole), "recheck_ms": 1000 * median(judged)}


def _recompute(is_quick: bool) -> dict[str, float]:
    """One term of all dossiers computed anew after its rule changed; on PostgreSQL where that is there."""
    count = SMALL if is_quick else GOAL
    with fresh("postgresql" if has("postgresql") else "sqlite") as (url, _):
        return {"recompute_n": count, "recompute_100k_s": recompute_seconds(url, count) * GOAL / count}


if __name__ == "__main__":
    main(measure, "Dossiers through thirty checks, and one dossier after one stuk")

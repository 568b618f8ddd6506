"""A rule changes for everyone: foretell, recompute in pages, pause, turn back. As in 2025: 15 months back to 6."""

from datetime import date

import pytest
from sqlalchemy import update

from bedrijfsbureau import worker
from bedrijfsbureau.actions import termijnen
from bedrijfsbureau.actions.command import history
from bedrijfsbureau.actions.recompute import recompute_runs
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import SYSTEM, Role, RunStatus, Termijn, TermijnRun

RULE, TERM = "beslistermijn-vw2000", "beslistermijn"
DAYS = ("2026-01-05", "2026-03-02", "2026-09-07", "2026-10-05")
IN_15_MONTHS = [date(2027, 4, 5), date(2027, 6, 2), date(2027, 12, 7), date(2028, 1, 5)]
IN_6_MONTHS = [date(2026, 7, 5), date(2026, 9, 2), date(2027, 3, 7), date(2027, 4, 5)]


@pytest.fixture
def owner(asiel):
    return asiel.by(role=Role.PROCESEIGENAAR, id=None)


@pytest.fixture
def extended(asiel):
    """Dossiers of before the withdrawal: computed by version 3, which added nine months for everyone."""
    ids = [asiel.open_dossier({"aanvraag": {"datum_indiening": day}}) for day in DAYS]
    with transaction(asiel.database, SYSTEM, asiel.now) as tx:
        tx.connection.execute(update(Termijn).where(Termijn.kind == TERM).values(rule_version=3))
    for each in ids:  # any command computes by the version that was kept
        asiel.act(termijnen.set_court_date, each, True, date(2027, 1, 4), "NL26.1")
    assert dates(asiel, ids) == IN_15_MONTHS
    return ids


def dates(scene, ids):
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return [tx.session.get_one(Termijn, (each, TERM)).due_on for each in ids]


def run_all(scene, started, size=2000):
    while started.status is RunStatus.RUNNING:
        started = scene.act(recompute_runs.do_page, started.id, size)
    return started


def test_a_preview_counts_by_locatie_and_writes_nothing(asiel, owner, extended):
    before = [asiel.kinds(each) for each in extended]
    with reading(owner.database, owner.actor, owner.now) as tx:
        made = recompute_runs.preview(tx, RULE)

    assert (made.total, made.changed, made.earlier, made.later, made.overdue) == (4, 4, 4, 0, 2)
    assert made.usual_shift == -275
    assert {name: (each.changed, each.overdue) for name, each in made.locaties.items()} == {"Ter Apel": (4, 2)}
    assert (dates(asiel, extended), [asiel.kinds(each) for each in extended]) == (IN_15_MONTHS, before)


def test_a_run_in_pages_changes_each_dossier_once_and_can_be_turned_back(asiel, owner, extended):
    asiel.act(termijnen.suspend, extended[2], TERM, "awb4-15-1-a", date(2026, 10, 1), date(2026, 10, 11), "brief 1")
    done = run_all(owner, owner.act(recompute_runs.start, RULE, by_worker=False), size=3)

    assert (done.total, done.seen, done.changed, done.rule_version) == (4, 4, 4, 4)
    assert dates(asiel, extended) == [*IN_6_MONTHS[:2], date(2027, 3, 17), IN_6_MONTHS[3]]
    last = asiel.events(extended[0])[-1]
    assert (last.kind, last.data["old"], last.data["new"]) == ("termijn_berekend", "2027-04-05", "2026-07-05")
    assert (last.data["batch"], last.data["version"], last.data["rule"]) == (done.id, 4, RULE)
    assert asiel.dossier(extended[0]).beslistermijn == IN_6_MONTHS[0]
    assert all(history.is_unbroken(asiel.dossier(each), asiel.events(each)) for each in extended)

    back = run_all(owner, owner.act(recompute_runs.undo, done.id, by_worker=False), size=3)
    assert (back.changed, back.undo_of) == (4, done.id)
    assert dates(asiel, extended) == [*IN_15_MONTHS[:2], date(2027, 12, 17), IN_15_MONTHS[3]]
    with pytest.raises(Conflict, match="al teruggedraaid"):
        owner.act(recompute_runs.undo, done.id, by_worker=False)
    with pytest.raises(Conflict):
        owner.act(recompute_runs.undo, back.id, by_worker=False)


def test_recomputing_says_what_a_command_would_say(asiel, owner, extended):
    """In bulk and one by one it is the same function: a command afterwards finds nothing to change."""
    run_all(owner, owner.act(recompute_runs.start, RULE, by_worker=False))
    before = [len(asiel.events(each)) for each in extended]
    with reading(asiel.database, SYSTEM, asiel.now) as tx:
        steps = [tx.session.get_one(Termijn, (each, TERM)).content for each in extended]
    for each in extended:
        asiel.act(termijnen.withdraw, each, "rechter_beslissen", 1, "vergissing")

    with reading(asiel.database, SYSTEM, asiel.now) as tx:
        assert [tx.session.get_one(Termijn, (each, TERM)).content for each in extended] == steps
    added = [asiel.kinds(each)[count:] for each, count in zip(extended, before, strict=True)]
    assert all("termijn_berekend" not in kinds for kinds in added)


def test_the_worker_carries_it_out_and_stops_when_told(asiel, owner, extended):
    started = owner.act(recompute_runs.start, RULE, by_worker=True)
    owner.act(recompute_runs.pause, started.id)
    work(asiel)
    assert dates(asiel, extended) == IN_15_MONTHS
    with pytest.raises(Conflict):
        owner.act(recompute_runs.start, RULE, by_worker=True)

    later = owner.by(now=owner.now.replace(hour=10))
    later.act(recompute_runs.go_on, started.id)
    work(later)
    assert dates(asiel, extended) == IN_6_MONTHS
    with reading(asiel.database, SYSTEM, asiel.now) as tx:
        assert tx.session.get_one(TermijnRun, started.id).status is RunStatus.DONE


def test_what_becomes_urgent_is_looked_at_again(asiel, owner, extended):
    assert [asiel.dossier(each).priority for each in extended] == [1] * 4  # the court's date
    for each in extended:
        asiel.act(termijnen.withdraw, each, "rechter_beslissen", 1, "vergissing")
    assert [asiel.dossier(each).priority for each in extended] == [3] * 4
    owner.act(recompute_runs.start, RULE, by_worker=True)
    work(asiel)
    work(asiel)
    assert [asiel.dossier(each).priority for each in extended] == [1, 1, 3, 3]


def test_only_owners_recompute_and_only_rules_with_versions(asiel, owner):
    with pytest.raises(Forbidden):
        asiel.act(recompute_runs.start, RULE, by_worker=False)
    with pytest.raises(NotFound):
        owner.act(recompute_runs.start, "niets", by_worker=False)
    with pytest.raises(InvalidInput):
        owner.act(recompute_runs.start, "rechter", by_worker=False)
    with pytest.raises(NotFound):
        owner.act(recompute_runs.undo, 99, by_worker=False)


def work(scene):
    """The worker, until nothing is due."""
    while worker.work_off(scene.database, lambda: scene.now, lambda row: None):
        pass

"""One message per partij and day: what is in it, what is taken out, and that it goes once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bedrijfsbureau import worker
from bedrijfsbureau.actions import messages, people, rappel_setup, rappels, stukken, verzoeken
from bedrijfsbureau.actions.perform import perform
from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, NotDelivered, NotFound
from bedrijfsbureau.model import (
    SYSTEM,
    Channel,
    DueWork,
    Incident,
    Rappel,
    RappelItem,
    RappelState,
    Role,
    Verzoek,
    WorkKind,
)
from bedrijfsbureau.queries import rappel
from bedrijfsbureau.rappel import DEFAULT, Letter, Outlet, Texts
from tests.actions.conftest import Scene

DAY = date(2026, 11, 23)
SEVEN = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # 7 o'clock in Amsterdam on the next working day


def planner(scene: Scene) -> Scene:
    return scene.by(role=Role.PLANNER, locatie_id=None)


def by_mail(scene: Scene, partij: str = "aanvrager", **more: Any) -> None:
    address = {"channel": Channel.MAIL, "address": "balie@voorbeeld.nl", "locatie_id": None, **more}
    scene.by(role=Role.BEHEERDER).act(rappel_setup.save_route, partij, **address)


def everything(scene: Scene, table: type[Any]) -> list[Any]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return list(tx.session.scalars(select(table).order_by(table.id)))


def deliver(scene: Scene, outlet: Outlet, rappel_id: int) -> None:
    worker.deliver(scene.database, scene.now, outlet, rappel_id)


def mailing(into: list[Letter]) -> Outlet:
    return Outlet(mail=into.append, webhook=into.append)


def add_paspoort(scene: Scene, dossier_id: int) -> None:
    scene.act(stukken.add_stuk, dossier_id, soort="paspoort", received_on=DAY, source="aanvrager")


def test_all_dossiers_of_a_partij_go_in_one_message(klein: Scene) -> None:
    by_mail(klein)
    dossiers = [klein.open_dossier() for _ in range(3)]
    for dossier_id in dossiers:
        klein.act(verzoeken.ask, dossier_id, "PAS01", "Graag een kleurenkopie.")
    klein.act(verzoeken.ask, dossiers[0], "NAM01", partij="  Voogd ")
    letters: list[Letter] = []

    made = planner(klein).act(rappels.bundle)
    for rappel_id in made:
        deliver(klein, mailing(letters), rappel_id)

    assert [(row.partij, row.channel, row.state) for row in everything(klein, Rappel)] == [
        ("aanvrager", Channel.MAIL, RappelState.SENT), ("Voogd", Channel.LIST, RappelState.LISTED),
    ]  # fmt: skip
    (letter,) = letters
    assert (letter.partij, letter.address, letter.day, letter.locatie) == (
        "aanvrager", "balie@voorbeeld.nl", DAY, None
    )  # fmt: skip
    assert [line for line in letter.body.splitlines() if line.startswith("-")] == [
        f"- D-2026-0000{number}: Paspoort aanwezig. Graag een kleurenkopie." for number in (1, 2, 3)
    ]
    assert letter.subject == "Openstaande vragen van het bedrijfsbureau, 23-11-2026"


def test_what_was_answered_meanwhile_is_taken_out_at_the_last_moment(klein: Scene) -> None:
    by_mail(klein)
    first, second, third = (klein.open_dossier() for _ in range(3))
    for dossier_id in (first, second, third):
        klein.act(verzoeken.ask, dossier_id, "PAS01")
    add_paspoort(klein, first)  # before it is put together
    (rappel_id,) = planner(klein).act(rappels.bundle)
    add_paspoort(klein, second)  # after that, before it goes
    letters: list[Letter] = []

    deliver(klein, mailing(letters), rappel_id)

    assert [[point.dossier for point in letter.points] for letter in letters] == [["D-2026-00003"]]
    assert [(item.rappel_id, item.dropped_at is None) for item in everything(klein, RappelItem)] == [
        (None, False), (rappel_id, False), (rappel_id, True),
    ]  # fmt: skip


def test_a_rappel_of_which_all_is_answered_does_not_go(klein: Scene) -> None:
    by_mail(klein)
    dossier_id = klein.open_dossier()
    klein.act(verzoeken.ask, dossier_id, "PAS01")
    (rappel_id,) = planner(klein).act(rappels.bundle)
    add_paspoort(klein, dossier_id)
    letters: list[Letter] = []

    deliver(klein, mailing(letters), rappel_id)

    assert (letters, everything(klein, Rappel)[0].state) == ([], RappelState.EMPTY)


def test_a_second_message_on_one_day_is_not_made(klein: Scene) -> None:
    first, second = klein.open_dossier(), klein.open_dossier()
    klein.act(verzoeken.ask, first, "PAS01")
    planner(klein).act(rappels.bundle)
    klein.act(verzoeken.ask, second, "PAS01")

    assert planner(klein).act(rappels.bundle) == []
    assert len(planner(klein).by(now=klein.now + timedelta(days=1)).act(rappels.bundle)) == 1


def test_dying_before_the_mark_sends_the_same_again_under_one_id(klein: Scene) -> None:
    by_mail(klein)
    first, second = klein.open_dossier(), klein.open_dossier()
    for dossier_id in (first, second):
        klein.act(verzoeken.ask, dossier_id, "PAS01")
    (rappel_id,) = planner(klein).act(rappels.bundle)
    letters: list[Letter] = []

    def die(letter: Letter) -> None:
        letters.append(letter)
        raise TimeoutError

    with pytest.raises(TimeoutError):
        deliver(klein, Outlet(mail=die), rappel_id)
    add_paspoort(klein, first)
    deliver(klein, mailing(letters), rappel_id)
    deliver(klein, mailing(letters), rappel_id)  # and then never again

    assert len(letters) == 2
    assert letters[0] == letters[1]


def test_what_was_refused_goes_later_without_what_was_answered(klein: Scene) -> None:
    by_mail(klein)
    first, second = klein.open_dossier(), klein.open_dossier()
    for dossier_id in (first, second):
        klein.act(verzoeken.ask, dossier_id, "PAS01")
    (rappel_id,) = planner(klein).act(rappels.bundle)
    letters: list[Letter] = []

    with pytest.raises(NotDelivered, match="geen mailserver"):
        deliver(klein, Outlet(), rappel_id)
    assert (everything(klein, Rappel)[0].state, everything(klein, Rappel)[0].tried) == (RappelState.FAILED, 1)
    add_paspoort(klein, first)
    deliver(klein, mailing(letters), rappel_id)

    assert [[point.dossier for point in letter.points] for letter in letters] == [["D-2026-00002"]]


def test_the_worker_sends_at_the_hour_and_reports_what_keeps_failing(klein: Scene) -> None:
    by_mail(klein)
    klein.act(verzoeken.ask, klein.open_dossier(), "PAS01")
    moment, letters = klein.now, []

    def work(outlet: Outlet) -> None:
        while worker.work_off(klein.database, lambda: moment, lambda _: None, "w", outlet):
            pass

    work(mailing(letters))
    moment = SEVEN - timedelta(seconds=1)
    work(mailing(letters))
    assert letters == []
    moment = SEVEN
    for _ in range(12):
        work(Outlet())
        moment += timedelta(minutes=5)
    (incident,) = everything(klein, Incident)
    assert (incident.kind.value, incident.work, "geen mailserver" in incident.cause) == (
        "bericht", "rappelbericht:1", True
    )  # fmt: skip
    assert [row.state for row in everything(klein, Rappel)] == [RappelState.FAILED]


def test_nothing_goes_at_the_weekend(klein: Scene) -> None:
    friday = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    perform(klein.database, SYSTEM, friday, rappels.plan)
    perform(klein.database, SYSTEM, friday, rappels.plan)

    (planned,) = [row for row in everything(klein, DueWork) if row.kind is WorkKind.RAPPEL]
    assert (planned.reference, planned.due_at) == ("2026-11-30", datetime(2026, 11, 30, 6, 0, tzinfo=UTC))


def test_a_list_is_handed_over_once_and_says_what_was_on_it(klein: Scene) -> None:
    klein.act(verzoeken.ask, klein.open_dossier(), "PAS01")
    (rappel_id,) = planner(klein).act(rappels.bundle)
    deliver(klein, Outlet(), rappel_id)  # there is nothing to deliver

    klein.act(rappels.give_list, rappel_id)

    (row,) = everything(klein, Rappel)
    assert (row.state, row.sent_by, row.locatie_id) == (RappelState.HANDED, "Anna", klein.locatie_id)
    assert "- D-2026-00001: Paspoort aanwezig." in row.body
    with pytest.raises(Conflict):
        klein.act(rappels.give_list, rappel_id)
    with pytest.raises(NotFound):
        klein.by(locatie_id=99).act(rappels.give_list, rappel_id)


def test_each_locatie_with_its_own_address_has_its_own_message(klein: Scene, database: Database) -> None:
    other = perform(database, SYSTEM, klein.now, people.add_locatie, "Budel").id
    elsewhere = Scene(database, klein.now, other, planner(klein).actor, klein.soort)
    by_mail(klein)
    by_mail(klein, locatie_id=other, address="budel@voorbeeld.nl")
    for scene in (klein, elsewhere, klein):
        scene.act(verzoeken.ask, scene.open_dossier(), "PAS01")
    letters: list[Letter] = []

    for rappel_id in planner(klein).act(rappels.bundle):
        deliver(klein, mailing(letters), rappel_id)

    assert [(letter.locatie, letter.address, [point.dossier[-1] for point in letter.points]) for letter in letters] == [
        (None, "balie@voorbeeld.nl", ["1", "3"]), ("Budel", "budel@voorbeeld.nl", ["2"]),
    ]  # fmt: skip


def test_a_message_for_all_locaties_is_not_sent_by_who_sees_one(klein: Scene) -> None:
    by_mail(klein)
    klein.act(verzoeken.ask, klein.open_dossier(), "PAS01")

    with pytest.raises(Forbidden, match="alle locaties"):
        klein.by(role=Role.PLANNER).act(rappels.bundle)
    with pytest.raises(Forbidden):
        klein.act(rappels.bundle)


def test_the_sentence_of_a_verdict_never_goes_out(asiel: Scene) -> None:
    """Titles only; what was typed, where the check looks at nothing medical or criminal; a stranger gets the code."""
    dossier_id = asiel.open_dossier({"persoon": {"v_nummer": "2912345678"}})
    verdicts = asiel.dossier(dossier_id).verdicts
    asiel.act(verzoeken.ask, dossier_id, "IDE01", verdicts["IDE01"]["message"])
    asiel.act(verzoeken.ask, dossier_id, "AAN01", "Graag voor vrijdag.", "avim")
    asiel.act(verzoeken.ask, dossier_id, "MED01", "Zij heeft epilepsie.")
    asiel.act(verzoeken.ask, dossier_id, "ORD01", "Hij zat vast.", "COA")

    rows = everything(asiel, RappelItem)

    assert [(row.question, row.remark) for row in rows] == [
        (verdicts["IDE01"]["title"], ""), (verdicts["AAN01"]["title"], "Graag voor vrijdag."),
        (verdicts["MED01"]["title"], ""), ("ORD01", ""),
    ]  # fmt: skip
    assert {verzoek.partij for verzoek in everything(asiel, Verzoek)} == {"AVIM", "MediFirst", "COA"}


@pytest.mark.parametrize("allowed", [False, True])
def test_a_v_nummer_goes_only_to_who_may_have_it(asiel: Scene, allowed: bool) -> None:
    by_mail(asiel, "AVIM")
    dossier_id = asiel.open_dossier({"persoon": {"v_nummer": "2912345678"}})
    asiel.act(verzoeken.ask, dossier_id, "IDE01")
    own = replace(DEFAULT, with_v_nummer=allowed)
    asiel.by(role=Role.PROCESEIGENAAR).act(rappel_setup.save_text, "AVIM", own)
    letters: list[Letter] = []

    for rappel_id in planner(asiel).act(rappels.bundle):
        deliver(asiel, mailing(letters), rappel_id)

    (letter,) = letters
    assert ("2912345678" in letter.body, letter.points[0].v_nummer) == (allowed, "2912345678" if allowed else None)


def test_an_answer_ends_the_wait_before_it_is_processed(asiel: Scene) -> None:
    first, second, third = (asiel.open_dossier() for _ in range(3))
    for dossier_id in (first, second, third):
        asiel.act(verzoeken.ask, dossier_id, "IDE01")
    asiel.act(verzoeken.answer, first, "IDE01", "per brief")
    asiel.act(messages.receive, second, "antwoord_ontvangen", "IDE01", {"volledig": True})

    with reading(asiel.database, asiel.actor, asiel.now) as tx:
        assert [item.dossier_id for item in rappel.waiting(tx)] == [third]
        assert [(line.partij, line.open, line.waiting) for line in rappel.partijen(tx)] == [("AVIM", 1, 1)]
    asiel.do(first, "t_antwoord", {"antwoord.volledig": False})  # incomplete: asked once more
    with reading(asiel.database, asiel.actor, asiel.now) as tx:
        assert [item.dossier_id for item in rappel.waiting(tx)] == [first, third]


def test_reminding_by_hand_goes_with_the_next_message(klein: Scene) -> None:
    dossier_id = klein.open_dossier()
    klein.act(verzoeken.ask, dossier_id, "PAS01")
    with pytest.raises(Conflict, match="gaat al mee"):
        klein.act(verzoeken.remind_now, dossier_id, "PAS01")
    planner(klein).act(rappels.bundle)

    klein.act(verzoeken.remind_now, dossier_id, "PAS01")

    assert [(item.number, item.rappel_id) for item in everything(klein, RappelItem)] == [(0, 1), (1, None)]
    add_paspoort(klein, dossier_id)
    with pytest.raises(NotFound):
        klein.act(verzoeken.remind_now, dossier_id, "PAS01")


def test_what_was_asked_of_ourselves_before_that_was_refused_goes_nowhere(klein: Scene) -> None:
    klein.act(verzoeken.ask, klein.open_dossier(), "PAS01")
    with transaction(klein.database, SYSTEM, klein.now) as tx:
        tx.session.execute(update(Verzoek).values(partij="wij"))

    assert planner(klein).act(rappels.bundle) == []
    with reading(klein.database, klein.actor, klein.now) as tx:
        assert (rappel.partijen(tx), rappel.open_lines(tx, "wij"), rappel.ours(tx)) == ([], [], 0)


def test_only_words_that_can_be_filled_in_are_kept(klein: Scene) -> None:
    owner = klein.by(role=Role.PROCESEIGENAAR)
    with pytest.raises(InvalidInput) as error:
        owner.act(rappel_setup.save_text, "COA", Texts("x", "{{ naam }}", "{% for a in dossier %}{% endfor %}", ""))
    assert sorted(error.value.fields) == ["line", "opening"]
    with pytest.raises(Forbidden):
        klein.act(rappel_setup.save_text, "COA", DEFAULT)

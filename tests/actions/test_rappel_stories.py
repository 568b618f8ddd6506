"""Whatever happens in whatever order: every question goes once, and none after its answer."""

from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedrijfsbureau.actions import rappels, verzoeken
from bedrijfsbureau.database import reading
from bedrijfsbureau.errors import NotDelivered
from bedrijfsbureau.model import SYSTEM, Rappel, RappelItem, RappelState
from bedrijfsbureau.queries import rappel
from bedrijfsbureau.rappel import Letter, Outlet
from tests.actions.conftest import Scene
from tests.actions.test_rappels import add_paspoort, by_mail, deliver, everything, mailing, planner

DEEDS = st.lists(
    st.tuples(st.sampled_from(["ask", "answer", "bundle", "deliver", "fail", "remind", "next day"]), st.integers(0, 2)),
    max_size=14,
)


@given(deeds=DEEDS)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_question_is_in_one_message_and_none_after_its_answer(klein: Scene, deeds: list[tuple[str, int]]) -> None:
    Story(klein).play(deeds)


def test_a_story_in_which_all_of_it_happens(klein: Scene) -> None:
    story = Story(klein)
    story.play([
        ("ask", 0), ("ask", 1), ("bundle", 0), ("fail", 0), ("answer", 0), ("ask", 2), ("deliver", 0), ("next day", 0),
        ("remind", 1), ("bundle", 0), ("answer", 1), ("deliver", 0), ("next day", 0), ("bundle", 0), ("deliver", 0),
    ])  # fmt: skip
    assert [len(letter.points) for letter in story.letters] == [1, 1]


class Story:
    """Three dossiers that ask one partij, of which every story has its own."""

    numbers = count(1)

    def __init__(self, scene: Scene) -> None:
        self.scene, self.partij = scene, f"partij {next(self.numbers)}"
        self.dossiers = [scene.open_dossier() for _ in range(3)]
        self.named = {dossier_id: scene.dossier(dossier_id).number for dossier_id in self.dossiers}
        self.open: set[int] = set()
        self.answered: set[int] = set()
        self.letters: list[Letter] = []
        by_mail(scene, self.partij)

    def play(self, deeds: list[tuple[str, int]]) -> None:
        for deed, which in deeds:
            getattr(self, deed.replace(" ", "_"))(self.dossiers[which])
            self.check()

    def ask(self, dossier_id: int) -> None:
        if dossier_id not in self.open | self.answered:
            self.scene.act(verzoeken.ask, dossier_id, "PAS01", partij=self.partij)
            self.open.add(dossier_id)

    def answer(self, dossier_id: int) -> None:
        if dossier_id in self.open:
            add_paspoort(self.scene, dossier_id)
            self.open.remove(dossier_id)
            self.answered.add(dossier_id)

    def remind(self, dossier_id: int) -> None:
        if dossier_id in self.open and dossier_id not in {item.dossier_id for item in self.waiting()}:
            self.scene.act(verzoeken.remind_now, dossier_id, "PAS01")

    def bundle(self, _: int) -> None:
        planner(self.scene).act(rappels.bundle, partij=self.partij)

    def deliver(self, _: int) -> None:
        for row in self.mine(Rappel):
            before = len(self.letters)
            deliver(self.scene, mailing(self.letters), row.id)
            went = {point.dossier for letter in self.letters[before:] for point in letter.points}
            assert not went & {self.named[dossier_id] for dossier_id in self.answered}

    def fail(self, _: int) -> None:
        for row in self.mine(Rappel):
            with suppress(NotDelivered):
                deliver(self.scene, Outlet(), row.id)

    def next_day(self, _: int) -> None:
        self.scene = self.scene.by(now=self.scene.now + timedelta(days=1))

    def mine(self, table: type[Any]) -> list[Any]:
        if table is Rappel:
            return [row for row in everything(self.scene, Rappel) if row.partij == self.partij]
        return [row for row in everything(self.scene, table) if row.dossier_id in self.dossiers]

    def waiting(self) -> list[rappel.Item]:
        with reading(self.scene.database, SYSTEM, self.scene.now) as tx:
            return [item for item in rappel.waiting(tx) if item.partij == self.partij]

    def check(self) -> None:
        rows, items = self.mine(Rappel), self.mine(RappelItem)
        assert len({(row.locatie_id, row.day) for row in rows}) == len(rows)
        assert len({letter.message_id for letter in self.letters}) == len(self.letters)
        sent = {row.id for row in rows if row.state is RappelState.SENT}
        went = [item for item in items if item.rappel_id in sent and item.dropped_at is None]
        assert sum(len(letter.points) for letter in self.letters) == len(went)
        unsent = [item for item in items if item.rappel_id is None and item.dropped_at is None]
        assert sorted(item.id for item in self.waiting()) == [
            item.id for item in unsent if item.dossier_id in self.open
        ]

from datetime import timedelta

import pytest
from sqlalchemy import select

from bedrijfsbureau.actions.publishing import processes
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import Conflict, Forbidden, InvalidInput, ModelRefused, NotFound
from bedrijfsbureau.model import SYSTEM, ProcessVersion, Role, VersionStatus
from tests.actions.conftest import ASIEL, RECEIPT, Scene, shipped

FILE = f"{RECEIPT}.bpmn"
FORM = 'bb:form="t02_controleren"'


@pytest.fixture
def owner(receipt: Scene) -> Scene:
    return receipt.by(role=Role.PROCESEIGENAAR, id=None, locatie_id=None)


def text() -> str:
    return shipped(RECEIPT).files[FILE]


def renamed(name: str) -> dict[str, str]:
    return {FILE: text().replace('name="Ontvangst bevestigen"', f'name="{name}"').replace("[I]", f"[I] {name}", 1)}


def versions(scene: Scene) -> dict[int, VersionStatus]:
    with reading(scene.database, SYSTEM, scene.now) as tx:
        return {version.number: version.status for version in tx.session.scalars(select(ProcessVersion))}


def test_new_dossiers_use_a_published_draft_and_running_ones_keep_their_version(receipt: Scene, owner: Scene) -> None:
    running = receipt.open_dossier()
    draft = owner.act(processes.save_draft, RECEIPT, renamed("a"))
    during = receipt.open_dossier()
    owner.act(processes.publish, draft.id, "Duidelijker naam")
    after = receipt.open_dossier()

    used = [receipt.dossier(dossier_id).process_version_id for dossier_id in (running, during, after)]
    assert (used[0] == used[1], used[2]) == (True, draft.id)
    assert versions(owner) == {1: VersionStatus.PUBLISHED, 2: VersionStatus.PUBLISHED}
    with reading(owner.database, SYSTEM, owner.now) as tx:
        published = tx.session.get_one(ProcessVersion, draft.id)
        assert (published.note, published.published_at) == ("Duidelijker naam", owner.now)


def test_a_draft_is_kept_with_its_faults_and_not_published(owner: Scene) -> None:
    draft = owner.act(processes.save_draft, RECEIPT, {FILE: text().replace(FORM, 'bb:form="weg"')})

    with pytest.raises(ModelRefused) as refused:
        owner.act(processes.publish, draft.id)

    assert [problem.code for problem in refused.value.problems] == ["form"]
    assert versions(owner) == {1: VersionStatus.PUBLISHED, 2: VersionStatus.CONCEPT}


@pytest.mark.parametrize("broken", ["<definitions", "", "geen xml", '<!DOCTYPE x><x/>'])
def test_what_is_no_xml_is_not_kept(owner: Scene, broken: str) -> None:
    with pytest.raises(InvalidInput, match=f"{FILE} is niet bewaard"):
        owner.act(processes.save_draft, RECEIPT, {FILE: broken})
    assert versions(owner) == {1: VersionStatus.PUBLISHED}


def test_saving_again_changes_the_same_draft(owner: Scene) -> None:
    first = owner.act(processes.save_draft, RECEIPT, renamed("a"), note="Waarom")
    second = owner.by(now=owner.now + timedelta(minutes=1)).act(processes.save_draft, RECEIPT, renamed("b"))
    assert (second.id, second.note) == (first.id, "Waarom")


def test_a_save_on_top_of_a_text_that_changed_overwrites_nothing(owner: Scene) -> None:
    begun_on = {FILE: processes.fingerprint(text())}
    draft = owner.act(processes.save_draft, RECEIPT, renamed("a"), expected=begun_on)
    with pytest.raises(Conflict, match="Er is niets overschreven"):
        owner.act(processes.save_draft, RECEIPT, renamed("b"), expected=begun_on)
    with reading(owner.database, SYSTEM, owner.now) as tx:
        assert tx.session.get_one(ProcessVersion, draft.id).files[FILE] == renamed("a")[FILE]


def test_a_draft_that_was_discarded_can_come_back(owner: Scene) -> None:
    draft = owner.act(processes.save_draft, RECEIPT, renamed("a"))
    owner.act(processes.discard_draft, draft.id)
    assert versions(owner)[2] is VersionStatus.WITHDRAWN
    with pytest.raises(Conflict):
        owner.act(processes.publish, draft.id)

    assert owner.act(processes.restore_draft, draft.id).files == draft.files


def test_a_discarded_draft_keeps_its_number_and_does_not_push_away_another(owner: Scene) -> None:
    discarded = owner.act(processes.save_draft, RECEIPT, renamed("a"))
    owner.act(processes.discard_draft, discarded.id)
    assert owner.act(processes.save_draft, RECEIPT, renamed("b")).number == 3
    with pytest.raises(Conflict, match="Er is al een ander concept"):
        owner.act(processes.restore_draft, discarded.id)


def test_a_draft_that_is_older_than_the_newest_version_is_not_published(owner: Scene) -> None:
    draft = owner.act(processes.save_draft, RECEIPT, renamed("a"))
    owner.act(processes.discard_draft, draft.id)
    owner.act(processes.publish, owner.act(processes.save_draft, RECEIPT, renamed("b")).id)
    owner.act(processes.restore_draft, draft.id)
    with pytest.raises(Conflict, match="Versie 3 is gepubliceerd nadat dit concept begon"):
        owner.act(processes.publish, draft.id)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.BEHEERDER])
def test_only_the_process_owner_changes_processes(owner: Scene, role: Role) -> None:
    draft, other = owner.act(processes.save_draft, RECEIPT, renamed("a")), owner.by(role=role)
    for action, argument in ((processes.publish, draft.id), (processes.discard_draft, draft.id)):
        with pytest.raises(Forbidden):
            other.act(action, argument)
    with pytest.raises(Forbidden):
        other.act(processes.save_draft, RECEIPT, renamed("b"))


def test_what_does_not_exist_is_not_found(owner: Scene) -> None:
    for action in (processes.publish, processes.discard_draft, processes.restore_draft):
        with pytest.raises(NotFound):
            owner.act(action, 99)


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ((FORM, 'bb:form="weg"'), "form", "error"),
        ((FORM, FORM + ' bb:checks="ZZZ99"'), "check", "error"),
        ((FORM, FORM + ' bb:team="Groep 99"'), "team", "warning"),
    ],
)
def test_a_reference_to_what_is_not_there_is_found(
    owner: Scene, change: tuple[str, str], code: str, severity: str
) -> None:
    with transaction(owner.database, SYSTEM, owner.now) as tx:
        files = {**shipped(RECEIPT).files, FILE: text().replace(*change)}
        found = processes.check_draft(tx, RECEIPT, files)
    assert [(problem.code, problem.severity) for problem in found] == [(code, severity)]


def test_handlers_decisions_and_unreadable_files_are_found(asiel: Scene) -> None:
    files = dict(shipped(ASIEL).files)
    with reading(asiel.database, SYSTEM, asiel.now) as tx:
        assert processes.check_draft(tx, "asiel-aa", files) == []
        files["asiel-aa.bpmn"] = files["asiel-aa.bpmn"].replace('"dossier.afsluiten"', '"dossier.opblazen"')
        files["prioriteit.dmn"] = "<kapot"
        files["forms/t_tolk.json"] = "[]"
        found = {problem.code for problem in processes.check_draft(tx, "asiel-aa", files)}
    assert found == {"handler", "dmn", "form"}

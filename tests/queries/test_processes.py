from datetime import datetime, timedelta
from typing import Any

import pytest

from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import SYSTEM, PolicyVersion, ProcessVersion, VersionStatus
from bedrijfsbureau.queries import processes
from tests.queries.conftest import actor_of, counting
from tests.web.office import PLANTED, add_dossier


def add_version(tx: Any, number: int, status: VersionStatus, at: datetime) -> None:
    published = at if status is VersionStatus.PUBLISHED else None
    tx.session.add(
        ProcessVersion(
            id=number, dossiersoort="asiel-aa", number=number, status=status, process_id="asiel_aa",
            files={"a.bpmn": "<a/>"}, sha256=str(number), note=f"Nummer {number}", created_at=at, saved_at=at,
            published_at=published,
        )
    )  # fmt: skip


@pytest.fixture
def versions(office: Database, now: datetime) -> Database:
    with transaction(office, SYSTEM, now) as tx:
        add_version(tx, 2, VersionStatus.PUBLISHED, now)
        add_version(tx, 3, VersionStatus.WITHDRAWN, now)
        add_version(tx, 4, VersionStatus.CONCEPT, now)
        for number, ahead in ((2, -1), (3, 1)):
            tx.session.add(
                PolicyVersion(
                    id=number, dossiersoort="asiel-aa", number=number, content={}, sha256=str(number),
                    valid_from=now.date() + timedelta(days=ahead), published_at=now,
                )
            )  # fmt: skip
        tx.session.flush()
        dossier = add_dossier(tx, 1, PLANTED[0]._replace(number="D-2026-07001"))
        dossier.process_version_id, dossier.active = 2, {"t_tolk": 1, "opvragen": 3, "weg": 0}
    return office


def test_a_dossiersoort_has_a_version_in_force_and_at_most_one_draft(versions: Database, now: datetime) -> None:
    with reading(versions, actor_of(versions, "petra", now), now) as tx:
        (soort,) = processes.soorten(tx)
        assert processes.soort(tx, "asiel-aa") == soort
    assert soort.in_force is not None and soort.draft is not None and soort.policy is not None
    assert (soort.in_force.number, soort.draft.number, soort.policy.number) == (2, 4, 2)
    assert [version.number for version in soort.versions] == [4, 3, 2, 1]
    assert (soort.in_force.running, soort.on_older) == (1, len(PLANTED) + 1)


def test_a_colleague_of_one_locatie_counts_only_its_dossiers(versions: Database, now: datetime) -> None:
    with reading(versions, actor_of(versions, "zeger", now), now) as tx:
        assert processes.soort(tx, "asiel-aa").on_older == 1


def test_dossiers_are_counted_once_for_each_step_where_they_stand(versions: Database, now: datetime) -> None:
    with reading(versions, actor_of(versions, "petra", now), now) as tx:
        assert processes.at_elements(tx, 2) == {"t_tolk": 1, "opvragen": 1}
        assert processes.at_elements(tx, 1) == {}


def test_what_does_not_exist_is_not_found(versions: Database, now: datetime) -> None:
    with reading(versions, SYSTEM, now) as tx:
        with pytest.raises(NotFound):
            processes.soort(tx, "onzin")
        with pytest.raises(NotFound):
            processes.files(tx, 99)


def test_the_list_is_two_statements(versions: Database, now: datetime) -> None:
    with reading(versions, actor_of(versions, "petra", now), now) as tx, counting(tx) as statements:
        processes.soorten(tx)
        assert len(statements) == 2

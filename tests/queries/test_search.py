from datetime import datetime

import pytest

from bedrijfsbureau.database import Database, reading
from bedrijfsbureau.queries import search
from tests.queries.conftest import actor_of, counting


@pytest.mark.parametrize(
    "question", ["D-2026-04711", "d-2026-4711", "2026-4711", "4711", "04711", "2912345678", "V 291 234 56 78"]
)
def test_a_dossier_is_found_by_its_number_or_v_nummer(office: Database, now: datetime, question: str) -> None:
    with reading(office, actor_of(office, "noor", now), now) as tx, counting(tx) as statements:
        found = search.dossiers(tx, question, 2026)
    assert [each.number for each in found] == ["D-2026-04711"]
    assert len(statements) == 1


@pytest.mark.parametrize("question", ["", "Haile", "%", "D-2026-0471", "291234567", "D-2026-09001", "2909090901"])
def test_nothing_is_found_by_name_by_part_or_elsewhere(office: Database, now: datetime, question: str) -> None:
    with reading(office, actor_of(office, "noor", now), now) as tx:
        assert search.dossiers(tx, question, 2026) == ()


def test_a_role_without_dossiers_finds_none(office: Database, now: datetime) -> None:
    with reading(office, actor_of(office, "bea", now), now) as tx:
        assert search.dossiers(tx, "D-2026-04711", 2026) == ()

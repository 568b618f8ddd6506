"""Who looked at which dossier: kept with every page, read by the auditor."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Delete, Update, delete, select, update
from sqlalchemy.exc import IntegrityError

from bedrijfsbureau.database import Database, reading, transaction
from bedrijfsbureau.model import SYSTEM, Dossier, Viewing
from bedrijfsbureau.queries import viewings
from tests.web.test_worklist import text_of

LogIn = Callable[[str], FlaskClient]


def kept(office: Database, now: datetime) -> list[tuple[int, str, str, str]]:
    with reading(office, SYSTEM, now) as tx:
        columns = (Viewing.dossier_id, Viewing.name, Viewing.part, Viewing.about)
        return [tuple(row) for row in tx.session.execute(select(*columns).order_by(Viewing.id))]


def test_every_page_of_a_dossier_is_kept_with_who_saw_it(
    log_in: LogIn, complete: int, office: Database, now: datetime
) -> None:
    client, path = log_in("noor"), f"/dossiers/{complete}"
    for part in ("", "/taken", "/gegevens", "/verloop", "/stukken", "/verloop/verloop.csv"):
        assert client.get(path + part).status_code == 200

    parts = [("completeness", ""), ("tasks", ""), ("gegevens", ""), ("history", ""), ("stukken", ""), ("export", "csv")]
    assert kept(office, now) == [(complete, "Noor de Wit", *each) for each in parts]


def test_a_task_and_a_stuk_count_and_what_was_refused_does_not(
    log_in: LogIn, task_path: str, office: Database, now: datetime
) -> None:
    with reading(office, SYSTEM, now) as tx:
        dossier_id = tx.session.scalars(select(Dossier.id).where(Dossier.number == "D-2026-05000")).one()
    assert log_in("noor").get(task_path).status_code == 200
    assert log_in("zeger").get(f"/dossiers/{dossier_id}").status_code == 404
    assert log_in("noor").get("/werkvoorraad").status_code == 200

    assert kept(office, now) == [(dossier_id, "Noor de Wit", "task", "Aanvraag controleren")]


@pytest.mark.parametrize("change", [update(Viewing).values(name="Een ander"), delete(Viewing)])
def test_what_was_looked_at_is_not_changed_in_the_database_either(
    log_in: LogIn, complete: int, office: Database, now: datetime, change: Update | Delete
) -> None:
    log_in("noor").get(f"/dossiers/{complete}")
    before = kept(office, now)

    with pytest.raises(IntegrityError, match="never changed or removed"), transaction(office, SYSTEM, now) as tx:
        tx.session.execute(change)

    assert kept(office, now) == before


def test_the_auditor_reads_it_and_nobody_else(log_in: LogIn, complete: int, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/dossiers/{complete}"
    noor, aad = log_in("noor"), log_in("aad")
    noor.get(f"{path}/gegevens")
    assert [noor.get(f"{path}/inzage").status_code, log_in("manon").get(f"{path}/inzage").status_code] == [403, 403]
    assert "Inzage" not in text_of(noor.get(path).text)

    page = text_of(aad.get(f"{path}/inzage").text)
    assert "Wie heeft dit dossier bekeken" in page
    assert "vandaag 09:00 Noor de Wit medewerker bedrijfsbureau Gegevens" in page
    assert "Aad Jansen auditor Inzage" in text_of(aad.get(f"{path}/inzage").text)
    monkeypatch.setattr(viewings, "PAGE", 2)
    first = aad.get(f"{path}/inzage").text
    older = first.split('rel="next" href="', 1)[1].split('"', 1)[0]
    assert "Noor de Wit" in text_of(aad.get(older).text)

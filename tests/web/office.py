"""A seeded office: two locaties, nine people, and dossiers with tasks in every queue."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from argon2 import PasswordHasher
from sqlalchemy import select

from bedrijfsbureau.actions import people
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import (
    NO_DUE,
    Competence,
    Dossier,
    Medewerker,
    OpenPoint,
    PolicyVersion,
    ProcessVersion,
    Role,
    Stage,
    Task,
    TaskStatus,
    VersionStatus,
    Vrijgave,
)

PASSWORD = "zeven stille zwanen"
MISSING, WAITS, EXPIRED, CONTRADICTS = "ontbreekt", "wacht op", "verlopen", "tegenstrijdig"
OPEN = (MISSING, WAITS, EXPIRED, CONTRADICTS)
CHECKS = (  # code, title, partij, blocking
    ("AAN01", "Aanvraag ondertekend en ingediend", "AVIM", True),
    ("IDN01", "Identiteit vastgelegd", "AVIM", True),
    ("IDN02", "Documenten onderzocht", "KMar", True),
    ("TAL01", "Gehoortaal vastgesteld", "wij", True),
    ("TAL02", "Tolk geboekt en bevestigd", "tolkenplanning", True),
    ("TAL03", "Voorkeur geslacht gevraagd", "wij", False),
    ("MED01", "Medisch advies aangeboden", "MediFirst", True),
    ("MED02", "Medisch advies ontvangen", "MediFirst", True),
    ("RHV01", "Gemachtigde bekend", "RvR", True),
    ("DUB01", "Dublin-indicatie nagegaan", "wij", True),
    ("OPV01", "Opvanglocatie bevestigd", "COA", True),
    ("SAM01", "Samenloop nagegaan", "wij", False),
    ("GEZ01", "Gezinsleden gekoppeld", "wij", True),
    ("AMV01", "Voogd bekend", "Nidos", True),
    ("UIT01", "Uitnodiging verstuurd", "wij", True),
    ("WAA01", "Waarborgen beoordeeld", "wij", True),
)
NOT_APPLICABLE = ("AMV01", "GEZ01")


class Planted(NamedTuple):
    """A dossier with one open task, due `due` days from now. `states`: code -> state of what is not in order."""

    number: str
    heading: str
    task: str
    due: int | None
    assignee: str | None
    checks: tuple[str, ...]
    states: Mapping[str, str]
    priority: int = 3
    team: str = "BB"
    returned: bool = False
    v_nummer: str | None = None


PLANTED = (
    Planted("D-2026-04711", "M. Haile, Eritrea · Tigrinya", "Tolk boeken", 0, "noor", ("TAL02",),
         {"TAL02": MISSING, "IDN02": WAITS, "TAL03": MISSING, "GEZ01": "vrijgesteld"}, 2, "TP", v_nummer="2912345678"),
    Planted("D-2026-04698", "A. Idris, Soedan · taal open", "Gehoortaal vaststellen", 0, "noor", ("TAL01",),
         {"TAL01": MISSING, "TAL02": MISSING, "SAM01": MISSING}, 1),
    Planted("D-2026-04127", "R. Ahmadi, Iran · Farsi", "Kopie paspoort herstellen", -2, "noor", ("IDN01",),
         {"IDN01": MISSING}, 2, returned=True),
    Planted("D-2026-04671", "F. Warsame, Somalië · Somali", "Opvanglocatie bevestigen", 1, "noor", ("OPV01",),
         {"OPV01": WAITS, "SAM01": MISSING}),
    Planted("D-2026-04650", "L. Khalil, Syrië · Arabisch", "Stukken beoordelen", 2, "noor", ("IDN02",),
         {"IDN02": EXPIRED}),
    Planted("D-2025-18230", "B. Yılmaz, Turkije · Koerdisch (Kurmanci)", "Gemachtigde navragen", 2, "noor", ("RHV01",),
         {"RHV01": WAITS, "MED01": MISSING}),
    Planted("D-2026-04533", "gezin Rashid (3), Irak · Sorani", "Dublin-indicatie nagaan", 4, "noor", ("DUB01",),
         {"DUB01": MISSING, "GEZ01": MISSING, "RHV01": WAITS}),
    Planted("D-2026-04702", "S. Tesfamariam-Woldegiorgis, Eritrea · Tigrinya", "Vertegenwoordiger navragen", 8, "noor",
         ("AMV01",), {"AMV01": WAITS, "OPV01": WAITS, "TAL02": MISSING}),
    Planted("D-2026-04725", "P. Karimi, Iran · Farsi", "Voorkeur hoorder vragen", 14, "noor", ("TAL03",),
         {"TAL03": MISSING}),
    Planted("D-2026-04740", "N. Osman, Soedan · Arabisch", "Samenloop nagaan", None, "noor", ("SAM01",),
         {"SAM01": MISSING, "WAA01": CONTRADICTS}),
    Planted("D-2026-04619", "K. Benali, Algerije · Arabisch", "Samenloop nagaan", 0, None, ("SAM01",),
         {"SAM01": MISSING}, 2),
    Planted("D-2026-04588", "H. Saleh, Jemen · Arabisch", "Uitnodiging versturen", 3, None, ("UIT01",),
         {"UIT01": MISSING}),
    Planted("D-2026-04690", "gezin Saleh (5), Jemen · Arabisch", "Gezinsleden koppelen", 9, "sam", ("GEZ01",),
         {"GEZ01": MISSING, "TAL02": MISSING}),
    Planted("D-2026-04600", "D. Petrosyan, Armenië · Armeens", "Tolk boeken", None, None, ("TAL02",),
         {"TAL02": MISSING}, team="TP"),
)  # fmt: skip
ELSEWHERE = Planted("D-2026-09001", "K. Elders, Syrië · Arabisch", "Stukken beoordelen", 0, "zeger", ("IDN02",),
                 {"IDN02": MISSING}, v_nummer="2909090901")  # fmt: skip


def fill(tx: Tx) -> None:
    ter_apel, zevenaar = (people.add_locatie(tx, name).id for name in ("Ter Apel", "Zevenaar"))
    for code, name in (("BB", "Bedrijfsbureau"), ("TP", "Tolkenplanning"), ("HB", "Horen en beslissen")):
        people.add_team(tx, code, name)
    hired = (
        ("noor", "Noor de Wit", Role.MEDEWERKER, ter_apel, ("BB", "TP"), ()),
        ("sam", "Sam Bakker", Role.MEDEWERKER, ter_apel, ("BB",), (Competence.MEDISCH,)),
        ("zeger", "Zeger Maas", Role.MEDEWERKER, zevenaar, ("BB",), ()),
        ("hanna", "Hanna Vos", Role.HOORMEDEWERKER, ter_apel, ("HB",), ()),
        ("pim", "Pim Jacobs", Role.PLANNER, ter_apel, (), ()),
        ("petra", "Petra Lam", Role.PROCESEIGENAAR, None, (), ()),
        ("manon", "Manon Peters", Role.MANAGER, None, (), ()),
        ("aad", "Aad Jansen", Role.AUDITOR, None, (), ()),
        ("bea", "Bea Kok", Role.BEHEERDER, None, (), ()),
    )
    for username, name, role, locatie_id, teams, competences in hired:
        account = people.add_medewerker(
            tx, username=username, name=name, role=role, locatie_id=locatie_id, teams=teams, competences=competences
        )
        account.password_hash = hashed()
    add_versions(tx)
    for planted in PLANTED:
        add_dossier(tx, ter_apel, planted)
    add_dossier(tx, zevenaar, ELSEWHERE)


@cache
def hashed() -> str:
    """Made cheap, because argon2 is slow on purpose."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def add_versions(tx: Tx) -> None:
    """Versions without content: the rows of a list point at them, and nothing compiles them."""
    tx.session.add(
        ProcessVersion(
            dossiersoort="asiel-aa", number=1, status=VersionStatus.PUBLISHED, process_id="asiel_aa", files={},
            sha256="", created_at=tx.now, saved_at=tx.now, published_at=tx.now,
        )
    )  # fmt: skip
    tx.session.add(
        PolicyVersion(
            dossiersoort="asiel-aa", number=1, content={"policy": {"punten": []}}, sha256="",
            valid_from=date(2026, 1, 1), published_at=tx.now,
        )
    )  # fmt: skip
    tx.session.flush()


def add_dossier(tx: Tx, locatie_id: int, planted: Planted) -> Dossier:
    verdicts = verdicts_of(tx.now, planted.states)
    process_id, policy_id = (tx.session.scalars(select(each.id)).first() for each in (ProcessVersion, PolicyVersion))
    dossier = Dossier(
        number=planted.number, heading=planted.heading, dossiersoort="asiel-aa", regime="VW2000-2021",
        process_version_id=process_id, policy_version_id=policy_id, locatie_id=locatie_id, stage=Stage.VOORBEREIDING,
        priority=planted.priority, v_nummer=planted.v_nummer, gegevens={}, verdicts=verdicts, judged="", results={},
        reopened={}, state=None, active={}, gehoor_op=tx.now.date() + timedelta(days=3),
        opened_at=tx.now - timedelta(days=20),
        changed_at=tx.now,
    )  # fmt: skip
    tx.session.add(dossier)
    tx.session.flush()
    for code, verdict in verdicts.items():
        if verdict["state"] in OPEN:
            tx.session.add(
                OpenPoint(
                    dossier_id=dossier.id, code=code, state=verdict["state"], partij=verdict["partij"], phase="B",
                    blocking=verdict["blocking"], since=datetime.fromisoformat(verdict["since"]),
                    open_since=datetime.fromisoformat(verdict["since"]),
                )
            )  # fmt: skip
    add_task(tx, dossier, planted)
    if planted.returned:
        tx.session.add(
            Vrijgave(
                dossier_id=dossier.id, number=1, at=tx.now - timedelta(days=4), by="Hanna Vos",
                policy_version_id=policy_id,
                content={}, seal="", returned_at=tx.now - timedelta(days=1), returned_by="Hanna Vos",
                return_code="TAL02", return_reason="Tolk spreekt het dialect niet",
            )
        )  # fmt: skip
    return dossier


def add_task(tx: Tx, dossier: Dossier, planted: Planted, number: int = 1) -> Task:
    """Its id is the number of the dossier and its own: "D-2026-04711-1"."""
    due_on = NO_DUE if planted.due is None else tx.now.date() + timedelta(days=planted.due)
    assignee_id = tx.session.scalar(select(Medewerker.id).where(Medewerker.username == (planted.assignee or "")))
    task = Task(
        id=f"{dossier.number}-{number}", dossier_id=dossier.id, element="t_tolk", name=planted.task, team=planted.team,
        locatie_id=dossier.locatie_id, checks=list(planted.checks), local={}, status=TaskStatus.OPEN,
        priority=planted.priority, due_on=due_on,
        assignee_id=assignee_id, claimed_at=tx.now if assignee_id else None, opened_at=tx.now - timedelta(days=2),
    )  # fmt: skip
    tx.session.add(task)
    return task


def verdicts_of(now: datetime, states: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for place, (code, title, partij, blocking) in enumerate(CHECKS):
        state = states.get(code, "niet van toepassing" if code in NOT_APPLICABLE else "voldaan")
        found[code] = {
            "state": state, "title": title, "message": f"{title}: {state}.", "partij": partij,
            "task": "t_tolk", "phase": "B", "blocking": blocking, "waiver": None,
            "since": (now - timedelta(days=place % 6)).isoformat(),
        }  # fmt: skip
    return found

"""Reckoning a vrijgave again from what was sealed and what is stored: equal, or where it differs.

The record holds the rules it was judged by, so this works whatever became of the policy since. Of a check in Python it
holds where its code came from: when that changed, its verdict may differ, and then this says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from bedrijfsbureau import checks, dossiersoort
from bedrijfsbureau.actions.command.history import is_unbroken
from bedrijfsbureau.actions.command.vrijgave import bare, is_sealed, sealed_view
from bedrijfsbureau.actions.kinds.view import shown_by
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Dossier, Event, Json, PolicyVersion, StukVersion, Vrijgave
from bedrijfsbureau.storage import Condition, condition


class Part(StrEnum):
    """What can differ."""

    SEAL = "zegel"
    HISTORY = "verloop"
    POLICY = "beleid"
    CHECK = "controle"
    VERDICT = "oordeel"
    MESSAGE = "melding"
    STUK = "stuk"


@dataclass(frozen=True)
class Difference:
    """`where`: the code of a check, or the stuk and its version; `sealed` and `found` as people read them."""

    part: Part
    where: str
    sealed: str
    found: str
    message: str


@dataclass(frozen=True)
class Verification:
    """remarks: what is not the same any more and changes nothing."""

    dossier: str
    number: int
    at: str
    by: str
    verdicts: int
    stukken: int
    differences: tuple[Difference, ...]
    remarks: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        return not self.differences


def verify(tx: Tx, vrijgave: Vrijgave) -> Verification:
    """Reads only."""
    content = vrijgave.content
    remarks: list[str] = []
    versions = [(stuk, version) for stuk in content["stukken"] for version in stuk["versions"]]
    differences = (
        *_seal(tx, vrijgave), *_history(tx, vrijgave), *_policy(tx, vrijgave), *_verdicts(tx, vrijgave, remarks),
        *(found for stuk, version in versions for found in _stuk(tx, stuk, version)),
    )  # fmt: skip
    return Verification(
        content["dossier"], content["number"], content["at"], content["by"], len(content["verdicts"]), len(versions),
        differences, tuple(remarks),
    )  # fmt: skip


def _seal(tx: Tx, vrijgave: Vrijgave) -> Iterator[Difference]:
    if not is_sealed(vrijgave, tx.database.secret):
        message = "Het zegel past niet bij de inhoud: de vrijgave is na het verzegelen veranderd, of hoort elders."
        yield Difference(Part.SEAL, "", vrijgave.seal, "", message)
    content = vrijgave.content
    row = {"number": vrijgave.number, "at": vrijgave.at, "by": vrijgave.by}
    for name, value in row.items():
        sealed = datetime.fromisoformat(content[name]) if name == "at" else content[name]
        if sealed != value:
            message = f"In de tabel staat bij '{name}' iets anders dan in de verzegelde inhoud."
            yield Difference(Part.SEAL, name, str(content[name]), str(value), message)


def _history(tx: Tx, vrijgave: Vrijgave) -> Iterator[Difference]:
    dossier = tx.session.get_one(Dossier, vrijgave.dossier_id)
    events = tx.session.scalars(select(Event).where(Event.dossier_id == dossier.id).order_by(Event.number)).all()
    if not is_unbroken(dossier, events):
        yield Difference(Part.HISTORY, "", "", "", "De keten van het verloop is verbroken: er is iets in veranderd.")
    recorded = [e.data["seal"] for e in events if e.kind == "vrijgegeven" and e.data.get("number") == vrijgave.number]
    if recorded != [vrijgave.seal]:
        found = ", ".join(recorded)
        yield Difference(Part.HISTORY, "vrijgegeven", vrijgave.seal, found, "In het verloop staat een ander zegel.")


def _policy(tx: Tx, vrijgave: Vrijgave) -> Iterator[Difference]:
    """The stored version must say what was sealed."""
    version = tx.session.get_one(PolicyVersion, vrijgave.policy_version_id)
    sealed = vrijgave.content.get("rules")
    if sealed is None:
        return
    were, are = (_rows(policy) for policy in (sealed["policy"], version.content["policy"]))
    for code in [*were, *(code for code in are if code not in were)]:
        if were.get(code) != are.get(code):
            message = f"De regel van {code} in versie {version.number} van het beleid is niet die van de vrijgave."
            yield Difference(Part.POLICY, code, str(were.get(code) or ""), str(are.get(code) or ""), message)


def _rows(policy: Json) -> Mapping[str, Json]:
    return {str(row["code"]): bare(row) for row in policy["punten"]}


def _verdicts(tx: Tx, vrijgave: Vrijgave, remarks: list[str]) -> Iterator[Difference]:
    content = vrijgave.content
    rules = content.get("rules")
    if rules is None:  # sealed before records held their rules
        rules = tx.session.get_one(PolicyVersion, vrijgave.policy_version_id).content
    origins, sealed_origins = checks.origins(), content.get("program", {}).get("checks", {})
    lost = [code for code in sealed_origins if code not in origins]
    for code in lost:
        message = f"De controle {code} bestaat niet meer in dit programma; haar oordeel is niet na te rekenen."
        yield Difference(Part.CHECK, code, sealed_origins[code]["package"], "", message)
    changed = {code for code in sealed_origins if code in origins and sealed_origins[code] != origins[code]._asdict()}
    again = _judged(vrijgave.content, rules, lost)
    for was in content["verdicts"]:
        if was["code"] not in lost:
            found = list(_compared(was, again.get(was["code"]), was["code"] in changed))
            yield from found
            if was["code"] in changed and not found:
                said = f"De code van controle {was['code']} is sinds de vrijgave gewijzigd; het oordeel is hetzelfde."
                remarks.append(said)


def _judged(content: Json, rules: Json, lost: list[str]) -> Mapping[str, checks.Verdict]:
    policy = {**rules["policy"], "punten": [row for row in rules["policy"]["punten"] if row["code"] not in lost]}
    parts = {"soort": rules["soort"], "record": rules["record"], "policy": policy}
    soort = dossiersoort.from_json({**parts, "basisdossier": None, "files": {}})
    compiled = checks.policy(soort.policy, checks.plugins())
    view = sealed_view(content, soort.key, soort.record, compiled)
    return {verdict.code: verdict for verdict in checks.evaluate(compiled, view, shown_by(soort.record))}


def _compared(was: Json, now: checks.Verdict | None, is_changed: bool) -> Iterator[Difference]:
    code = was["code"]
    because = " De code van deze controle is sindsdien gewijzigd." if is_changed else ""
    if now is None:
        yield Difference(Part.VERDICT, code, was["state"], "", f"{code} staat niet in de verzegelde regels.")
    elif now.state.value != was["state"]:
        message = f"{code}: verzegeld als {was['state']}, nagerekend als {now.state.value}.{because}"
        yield Difference(Part.VERDICT, code, was["state"], now.state.value, message)
    elif now.message != was["message"]:
        message = f"{code}: het oordeel is gelijk, de melding niet.{because}"
        yield Difference(Part.MESSAGE, code, was["message"], now.message, message)


def _stuk(tx: Tx, stuk: Json, version: Json) -> Iterator[Difference]:
    """The row and the bytes of a sealed version: both must still be what was sealed."""
    where = f"{stuk['soort']} {stuk['id']}, versie {version['number']}"
    sealed = version["sha256"]
    row = tx.session.scalar(
        select(StukVersion).where(StukVersion.stuk_id == stuk["id"], StukVersion.number == version["number"])
    )
    if row is None or row.sha256 != sealed:
        message = f"{where}: de opgeslagen versie is een andere dan de verzegelde."
        yield Difference(Part.STUK, where, sealed, row.sha256 if row else "", message)
    match condition(tx.database.storage, sealed):
        case Condition.MISSING:
            yield Difference(Part.STUK, where, sealed, "", f"{where}: de bytes van dit bestand zijn er niet meer.")
        case Condition.DAMAGED:
            yield Difference(Part.STUK, where, sealed, "", f"{where}: de bytes van dit bestand zijn veranderd.")

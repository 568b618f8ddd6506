"""A policy is drafted, offered to a second pair of eyes, and published by someone who did not work on it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from bedrijfsbureau import checks
from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.drafting.policy_findings import findings
from bedrijfsbureau.actions.kinds.in_force import policy_on
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, InvalidInput, NotFound, PolicyInvalid
from bedrijfsbureau.model import DraftStatus, Json, PolicyDraft, PolicyVersion, Role, Transition

EDITED, OFFERED, SENT_BACK, APPROVED = "gewijzigd", "aangeboden", "teruggestuurd", "goedgekeurd"
LONGEST_NOTE = 2_000  # characters
OPEN = (DraftStatus.CONCEPT, DraftStatus.OFFERED)


def begin(tx: Tx, soort: str, version_id: int | None = None) -> PolicyDraft:
    """A draft that says what the policy in force says, or an older version. Raises NotFound, Conflict when there is
    one already."""
    require_role(tx, Role.PROCESEIGENAAR)
    if draft_of(tx, soort) is not None:
        raise Conflict("Er is al een concept van dit beleid. Werk daaraan verder, of gooi het weg.")
    newest = newest_policy(tx, soort)
    source_id = policy_on(tx, soort, today(tx)).id if version_id is None else version_id
    source = tx.session.get(PolicyVersion, source_id)
    if source is None or source.dossiersoort != soort:
        raise NotFound("Deze versie van het beleid bestaat niet.")
    draft = PolicyDraft(
        dossiersoort=soort,
        based_on_id=newest.id,
        status=DraftStatus.CONCEPT,
        policy=source.content["policy"],
        valid_from=today(tx),
        transition=Transition.UNRELEASED,
        saved_at=tx.now,
        saved_by=tx.actor.name,
        trail=[],
    )
    tx.session.add(draft)
    tx.session.flush()
    return draft


def save_row(tx: Tx, draft_id: int, row: Json, revision: int | None = None, instead_of: str = "") -> PolicyDraft:
    """Keep a row, whatever its faults, in the place of `instead_of` or at the end. Raises InvalidInput for a code that
    is none or that another row has, Conflict when a colleague saved meanwhile."""
    draft = locked(tx, draft_id, revision)
    code, rows = str(row.get("code") or ""), list(draft.policy.get("punten") or ())
    others = {str(each.get("code")) for each in rows} - {instead_of}
    if not checks.is_code(code):
        raise InvalidInput({"code": ["Een code is twee tot vijf hoofdletters en twee of drie cijfers, zoals TAL02."]})
    if code in others:
        raise InvalidInput({"code": [f"Punt {code} staat al in dit beleid. Kies een andere code."]})
    places = [number for number, each in enumerate(rows) if each.get("code") == instead_of]
    if instead_of and not places:
        raise NotFound(f"Punt {instead_of} staat niet in dit concept.")
    if places:
        rows[places[0]] = row
    else:
        rows.append(row)
    return _keep(tx, draft, rows, f"{code} {'gewijzigd' if instead_of else 'toegevoegd'}")


def remove_row(tx: Tx, draft_id: int, code: str, revision: int | None = None) -> PolicyDraft:
    """Raises NotFound, Conflict."""
    draft = locked(tx, draft_id, revision)
    rows = [row for row in draft.policy["punten"] if row.get("code") != code]
    if len(rows) == len(draft.policy["punten"]):
        raise NotFound(f"Punt {code} staat niet in dit concept.")
    return _keep(tx, draft, rows, f"{code} verwijderd")


def save_terms(
    tx: Tx, draft_id: int, *, valid_from: date, transition: Transition, note: str, counts_from: str | None = None,
    revision: int | None = None,
) -> PolicyDraft:  # fmt: skip
    """From which day it holds, for whom, and why it is made. Raises Conflict."""
    draft = locked(tx, draft_id, revision)
    policy = {key: value for key, value in draft.policy.items() if key != "peildatum"}
    draft.policy = {**policy, "peildatum": counts_from} if counts_from else policy
    draft.valid_from, draft.transition, draft.note = valid_from, transition, note.strip()[:LONGEST_NOTE]
    return saved(tx, draft, "ingangsdatum, overgang of toelichting")


def replace(tx: Tx, soort: str, policy: Mapping[str, Any], valid_from: date | None = None) -> PolicyDraft:
    """The draft says what `policy` says, whatever its faults; one is begun when there is none. Raises NotFound,
    Conflict when it is offered."""
    draft = draft_of(tx, soort) or begin(tx, soort)
    draft = locked(tx, draft.id, None)
    draft.policy = dict(policy)
    draft.valid_from = valid_from or draft.valid_from
    return saved(tx, draft, "ingelezen uit een bestand")


def discard(tx: Tx, draft_id: int) -> PolicyDraft:
    """Raises NotFound, Conflict when it is offered or gone already."""
    draft = locked(tx, draft_id, None)
    draft.status = DraftStatus.WITHDRAWN
    return draft


def offer(tx: Tx, draft_id: int, revision: int | None = None) -> PolicyDraft:
    """Ask a colleague to publish it. Raises PolicyInvalid with what is wrong, InvalidInput, Conflict."""
    draft = locked(tx, draft_id, revision)
    refuse_unready(tx, draft)
    draft.status = DraftStatus.OFFERED
    _add_step(tx, draft, OFFERED)
    return draft


def send_back(tx: Tx, draft_id: int, remark: str) -> PolicyDraft:
    """It can be worked on again; who offered it may take it back so. Raises InvalidInput without a remark, Conflict."""
    require_role(tx, Role.PROCESEIGENAAR)
    if not remark.strip():
        raise InvalidInput({"opmerking": ["Schrijf wat er anders moet."]})
    draft = _locked(tx, draft_id)
    if draft.status is not DraftStatus.OFFERED:
        raise Conflict("Dit concept is niet (meer) aangeboden. Ververs de pagina.")
    draft.status = DraftStatus.CONCEPT
    _add_step(tx, draft, SENT_BACK, remark.strip()[:LONGEST_NOTE])
    return draft


def draft_of(tx: Tx, soort: str) -> PolicyDraft | None:
    query = select(PolicyDraft).where(PolicyDraft.dossiersoort == soort, PolicyDraft.status.in_(OPEN))
    return tx.session.scalar(query)


def newest_policy(tx: Tx, soort: str) -> PolicyVersion:
    """Raises NotFound."""
    query = select(PolicyVersion).where(PolicyVersion.dossiersoort == soort).order_by(PolicyVersion.number.desc())
    found = tx.session.scalar(query.limit(1))
    if found is None:
        raise NotFound(f"Voor dossiersoort '{soort}' is nog geen beleid gepubliceerd. Publiceer eerst haar map.")
    return found


def locked(tx: Tx, draft_id: int, revision: int | None) -> PolicyDraft:
    """A draft to change. Raises Forbidden, NotFound, Conflict."""
    require_role(tx, Role.PROCESEIGENAAR)
    draft = _locked(tx, draft_id)
    if draft.status is DraftStatus.OFFERED:
        raise Conflict("Dit concept is aangeboden en ligt vast. Stuur het eerst terug om het te wijzigen.")
    if draft.status is not DraftStatus.CONCEPT:
        raise Conflict("Dit concept is al gepubliceerd of weggegooid. Ververs de pagina.")
    if revision is not None and revision != draft.revision:
        raise Conflict(
            f"{draft.saved_by} heeft dit concept intussen gewijzigd. Er is niets overschreven. "
            "Ververs de pagina en doe uw wijziging opnieuw."
        )
    return draft


def refuse_unready(tx: Tx, draft: PolicyDraft) -> None:
    """Raises PolicyInvalid with what is wrong, InvalidInput for a date that is past or an empty note."""
    faults = {}
    if draft.valid_from < today(tx):
        faults["geldig_vanaf"] = ["De ingangsdatum is voorbij. Kies vandaag of een latere dag."]
    if not draft.note:
        faults["toelichting"] = ["Schrijf wat er verandert en waarom."]
    if faults:
        raise InvalidInput(faults, " ".join(message for messages in faults.values() for message in messages))
    based_on = newest_policy(tx, draft.dossiersoort)
    errors = [f for f in findings(tx, based_on, draft.policy) if f.severity == "error"]
    if errors:
        first = " ".join(f"{f.code}: {f.message}" if f.code else f.message for f in errors[:3])
        more = f" En nog {len(errors) - 3}." if len(errors) > 3 else ""
        raise PolicyInvalid(f"Dit beleid kan nog niet gelden. {first}{more}")


def authors(trail: Sequence[Mapping[str, Any]]) -> set[int | None]:
    """Who worked on it: none of them may approve it."""
    return {step["id"] for step in trail if step["did"] in (EDITED, OFFERED)}


def today(tx: Tx) -> date:
    return tx.now.astimezone(AMSTERDAM).date()


def step(tx: Tx, did: str, remark: str = "") -> Json:
    """One line of the trail of a draft or a version."""
    return {"at": tx.now.isoformat(), "id": tx.actor.id, "who": tx.actor.name, "did": did, "remark": remark}


def _locked(tx: Tx, draft_id: int) -> PolicyDraft:
    draft = tx.session.scalar(select(PolicyDraft).where(PolicyDraft.id == draft_id).with_for_update())
    if draft is None:
        raise NotFound("Dit concept bestaat niet.")
    return draft


def _keep(tx: Tx, draft: PolicyDraft, rows: list[Json], what: str) -> PolicyDraft:
    draft.policy = {**draft.policy, "punten": rows}
    return saved(tx, draft, what)


def saved(tx: Tx, draft: PolicyDraft, what: str) -> PolicyDraft:
    """`what` was changed, by the actor."""
    draft.revision += 1
    draft.saved_at, draft.saved_by = tx.now, tx.actor.name
    _add_step(tx, draft, EDITED, what)
    return draft


def _add_step(tx: Tx, draft: PolicyDraft, did: str, remark: str = "") -> None:
    draft.trail = [*draft.trail, step(tx, did, remark)]

"""What a hearing officer decides on a released dossier: accept it, or send it back with a reason."""

from sqlalchemy import select

from bedrijfsbureau.actions.command.access import require_role
from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.actions.reasons import reasons_of
from bedrijfsbureau.checks import State
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import Conflict, InvalidInput, NotFound
from bedrijfsbureau.model import Dossier, Json, Role, Vrijgave


def accept(tx: Tx, dossier_id: int) -> Dossier:
    """Take the dossier into the gehoor; the preparation ends. Raises Conflict when it is no longer released."""
    require_role(tx, Role.HOORMEDEWERKER)
    with handling(tx, dossier_id) as at_hand:
        vrijgave = _standing(at_hand)
        if at_hand.blocking:  # since its last day was over, and nobody looked yet
            open_now = "; ".join(verdict.title for verdict in at_hand.blocking)
            raise Conflict(f"Dit dossier is vandaag niet meer behandelklaar: {open_now}. Overleg met het bureau.")
        at_hand.vrijgave = None
        vrijgave.accepted_at, vrijgave.accepted_by = tx.now, tx.actor.name
        at_hand.record("aanvaard", number=vrijgave.number)
        at_hand.deliver("gehoor_aanvaard", local={"vrijgave": vrijgave.number})
    return at_hand.dossier


def send_back(tx: Tx, dossier_id: int, code: str, reason: str, note: str) -> Dossier:
    """Return the dossier on one check: it is open until the bureau judged it again, and readiness is withdrawn.

    `reason` is a code of `reasons_of`, so that returns can be learned from; `note` says what is needed. Raises Conflict
    when the dossier was accepted or is no longer released, InvalidInput, NotFound for a check that does not apply.
    """
    require_role(tx, Role.HOORMEDEWERKER)
    with handling(tx, dossier_id) as at_hand:
        vrijgave, words = _standing(at_hand), _words(at_hand, reason, note)
        if code not in {v.code for v in at_hand.verdicts if v.state != State.NIET_VAN_TOEPASSING}:
            raise NotFound(f"Punt {code} geldt niet voor dit dossier.")
        at_hand.vrijgave = None
        vrijgave.returned_at, vrijgave.returned_by = tx.now, tx.actor.name
        vrijgave.return_code, vrijgave.return_reason, vrijgave.return_note = code, reason, note.strip()
        at_hand.dossier.reopened = {**at_hand.dossier.reopened, code: f"{words}. {note.strip(' .')}"}
        at_hand.cause = f"{tx.actor.name} zond het dossier terug ({words})"
        said = {"reason": words, "reason_code": reason, "note": note.strip()}
        at_hand.record("teruggezonden", code=code, number=vrijgave.number, **said)
        _tell_bureau(at_hand, {"punt": code, "reden": words, "toelichting": note.strip()})
        at_hand.changed()
        at_hand.deliver("teruggezonden", local={"punt": code})
    return at_hand.dossier


def _words(at_hand: AtHand, reason: str, note: str) -> str:
    """What the code of the reason means. Raises InvalidInput for another code, or without a note."""
    known, faults = reasons_of(at_hand.kind.soort), {}
    if reason not in known:
        faults["reason"] = ["Kies een reden uit de lijst."]
    if not note.strip():
        faults["note"] = ["Schrijf wat er nodig is."]
    if faults:
        raise InvalidInput(faults)
    return known[reason]


def _tell_bureau(at_hand: AtHand, said: Json) -> None:
    """Put what the officer said where the form of the bureau's task shows it; an earlier answer goes."""
    fields = {**said, "gesprek_op": None, "besluit": None}
    known = {path: value for name, value in fields.items() if at_hand.kind.soort.record.knows(path := f"retour.{name}")}
    at_hand.write(known, because="teruggezonden")


def _standing(at_hand: AtHand) -> Vrijgave:
    if at_hand.vrijgave is not None:
        return at_hand.vrijgave
    accepted = select(Vrijgave.accepted_by).where(
        Vrijgave.dossier_id == at_hand.dossier.id, Vrijgave.accepted_at.is_not(None)
    )
    by = at_hand.tx.session.scalar(accepted)
    if by is not None:
        raise Conflict(
            f"{by} heeft dit dossier al aanvaard. Terugzenden kan daarna niet meer; overleg met het bedrijfsbureau."
        )
    raise Conflict("Dit dossier is niet (meer) vrijgegeven. Ververs de pagina om te zien wat er is veranderd.")

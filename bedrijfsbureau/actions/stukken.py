"""Stukken that arrive, are replaced, or are taken back."""

from datetime import date

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.settle import handling
from bedrijfsbureau.actions.command.stuk_rows import mark_withdrawn, name_of, wrong_in
from bedrijfsbureau.actions.kinds.expiring import look_after
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import Json, Stuk, StukState, StukVersion
from bedrijfsbureau.storage import Stored

UNKNOWN = "Deze soort stuk hoort niet bij deze dossiersoort. Kies een soort uit de lijst."


def add_stuk(
    tx: Tx,
    dossier_id: int,
    *,
    soort: str,
    received_on: date,
    source: str,
    stored: Stored | None = None,
    filename: str = "",
    media_type: str = "",
    gegevens: Json | None = None,
    valid_until: date | None = None,
    replaces: int | None = None,
    added_by: int | None = None,
) -> Stuk:
    """Add a stuk, or a new version of stuk `replaces`. Without `stored` it is only known to exist elsewhere.

    `added_by`: id of the medewerker who brought it, when the system adds it for someone.
    Raises InvalidInput for a kind that the dossiersoort does not know, NotFound.
    """
    with handling(tx, dossier_id) as at_hand:
        if soort not in at_hand.kind.soort.stukken:
            raise InvalidInput({"soort": [UNKNOWN]})
        if wrong := wrong_in(gegevens or {}):
            raise InvalidInput(wrong)
        stuk = _stuk_to_fill(at_hand, soort, replaces)
        stuk.state, stuk.received_on, stuk.source, stuk.reason = StukState.AANWEZIG, received_on, source, None
        stuk.valid_until, stuk.gegevens = valid_until, gegevens or {}
        tx.session.flush()
        if stored is not None:
            stuk.versions.append(_version(tx, stuk, stored, filename, media_type, added_by or tx.actor.id))
        for other in at_hand.dossier.stukken:
            if other.soort == soort and other.state == StukState.INGETROKKEN:
                other.in_use = False  # what replaces it is here
        _came(at_hand, stuk, "toegevoegd" if replaces is None else "vervangen")
        at_hand.record("stuk_toegevoegd", soort=soort, stuk=stuk.id, version=len(stuk.versions), source=source)
        at_hand.changed()
        if at_hand.is_awaited("stuk_ontvangen"):
            at_hand.deliver("stuk_ontvangen", local={"stuk": stuk.id, "soort": soort})
    return stuk


def withdraw_stuk(tx: Tx, stuk_id: int, reason: str) -> Stuk:
    """Take a stuk back: what rested on it is open again, and a vrijgave that used it is withdrawn. Raises NotFound."""
    if not reason.strip():
        raise InvalidInput({"reason": ["Vul in waarom het stuk wordt ingetrokken."]})
    with handling(tx, stuk_id, Stuk) as at_hand:
        stuk = next(stuk for stuk in at_hand.dossier.stukken if stuk.id == stuk_id)
        mark_withdrawn(at_hand, stuk, reason)
        if at_hand.is_awaited("stuk_ingetrokken"):
            at_hand.deliver("stuk_ingetrokken", local={"stuk": stuk.id, "soort": stuk.soort})
    return stuk


def _came(at_hand: AtHand, stuk: Stuk, how: str) -> None:
    """Should a check open because of it, then that is why; it is looked at again when its last day is over."""
    at_hand.cause = f"het stuk {name_of(at_hand, stuk.soort)} is {how}"
    if stuk.valid_until is not None:
        look_after(at_hand.tx, at_hand.dossier.id, stuk.valid_until)


def _stuk_to_fill(at_hand: AtHand, soort: str, replaces: int | None) -> Stuk:
    if replaces is not None:
        found = next((stuk for stuk in at_hand.dossier.stukken if stuk.id == replaces), None)
        if found is None:
            raise NotFound("Het stuk dat u wilt vervangen, zit niet in dit dossier.")
        return found
    stuk = Stuk(dossier_id=at_hand.dossier.id, soort=soort, in_use=False, versions=[])
    at_hand.dossier.stukken.append(stuk)
    at_hand.tx.session.add(stuk)
    return stuk


def _version(tx: Tx, stuk: Stuk, stored: Stored, filename: str, media_type: str, added_by: int | None) -> StukVersion:
    version = StukVersion(
        stuk_id=stuk.id,
        number=len(stuk.versions) + 1,
        sha256=stored.sha256,
        size=stored.size,
        filename=filename,
        media_type=media_type,
        added_at=tx.now,
        added_by_id=added_by,
    )
    tx.session.add(version)
    return version

"""Opening, sending and closing rows of verzoeken; used by actions and by what the process does itself."""

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.kinds.outgoing import question_of, remark_of
from bedrijfsbureau.model import RappelItem, Verzoek


def open_verzoek(at_hand: AtHand, code: str, partij: str, text: str, typed: str = "") -> Verzoek:
    """`text` is for our own eyes; of what a medewerker `typed` what may go out goes out."""
    verzoek = Verzoek(
        dossier_id=at_hand.dossier.id,
        code=code,
        partij=spelled(at_hand, partij),
        text=text,
        remark=remark_of(at_hand.kind, code, typed),
        asked_on=at_hand.today,
        asked_by_id=at_hand.tx.actor.id,
        reminders=0,
        is_open=True,
        answer={},
        escalation={},
    )
    at_hand.dossier.verzoeken.append(verzoek)
    at_hand.tx.session.add(verzoek)
    at_hand.record("verzoek_geopend", code=code, partij=verzoek.partij)
    at_hand.changed("verzoeken", codes=[code])
    return verzoek


def send_verzoek(at_hand: AtHand, verzoek: Verzoek) -> None:
    """Have it go out (again) with the next rappel: from today on it waits for an answer."""
    verzoek.is_open, verzoek.asked_on, verzoek.reminded_on, verzoek.reminders = True, at_hand.today, None, 0
    verzoek.answered_at = None
    _post(at_hand, verzoek, "verzoek_verzonden")


def remind(at_hand: AtHand, verzoek: Verzoek) -> None:
    verzoek.reminders, verzoek.reminded_on = verzoek.reminders + 1, at_hand.today
    _post(at_hand, verzoek, "verzoek_herinnerd")


def close(at_hand: AtHand, verzoek: Verzoek, reason: str) -> None:
    verzoek.is_open, verzoek.closed_at, verzoek.closed_reason = False, at_hand.tx.now, reason
    at_hand.record("verzoek_gesloten", code=verzoek.code, partij=verzoek.partij, reason=reason)
    at_hand.changed("verzoeken", codes=[verzoek.code])


def spelled(at_hand: AtHand, partij: str) -> str:
    """As the policy spells it, so that a partij that was typed is not another one."""
    typed = " ".join(partij.split())
    known = {rule.partij.casefold(): rule.partij for rule in at_hand.kind.policy.rules}
    return known.get(typed.casefold(), typed)


def _post(at_hand: AtHand, verzoek: Verzoek, kind: str) -> None:
    at_hand.tx.session.flush()  # a new verzoek has its number from here on
    at_hand.tx.session.add(
        RappelItem(
            dossier_id=at_hand.dossier.id,
            verzoek_id=verzoek.id,
            number=verzoek.reminders,
            question=question_of(at_hand.kind, verzoek),
            remark=verzoek.remark or "",
            made_at=at_hand.tx.now,
        )
    )
    at_hand.record(kind, code=verzoek.code, partij=verzoek.partij, number=verzoek.reminders)
    at_hand.changed("verzoeken", codes=[verzoek.code])

"""What the system does of itself when a dossier has changed. Each function says whether it did anything."""

from collections.abc import Callable

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.command.verzoek_rows import close
from bedrijfsbureau.actions.command.vrijgave import withdraw_vrijgave
from bedrijfsbureau.actions.kinds.expressions import evaluate
from bedrijfsbureau.checks import State

IN_ORDER = frozenset({State.VOLDAAN, State.NIET_VAN_TOEPASSING, State.VRIJGESTELD})


def _close_answered_verzoeken(at_hand: AtHand) -> bool:
    """A verzoek for a check that is in order again need not be answered any more."""
    is_open = [v for v in at_hand.dossier.verzoeken if v.is_open]
    answered = [v for v in is_open if (verdict := at_hand.verdict(v.code)) and verdict.state in IN_ORDER]
    for verzoek in answered:
        close(at_hand, verzoek, "het punt is in orde")
        if at_hand.is_awaited("verzoek_vervallen", verzoek.code):
            at_hand.deliver("verzoek_vervallen", verzoek.code)
    return bool(answered)


def _process_answers(at_hand: AtHand) -> bool:
    """A stuk that came in for a verzoek, and did not bring its check in order by itself, is processed as the answer."""
    codes, at_hand.answers = at_hand.answers, []
    awaited = [code for code in codes if at_hand.is_awaited("antwoord_ontvangen", code)]
    for code in awaited:
        at_hand.record("bericht_ontvangen", message="antwoord_ontvangen", code=code, sender="systeem")
        at_hand.deliver("antwoord_ontvangen", code)
    return bool(awaited)


def _close_ended_verzoeken(at_hand: AtHand) -> bool:
    """A verzoek on which nobody waits or works any more is over; its check says what is still missing."""
    is_open = [v for v in at_hand.dossier.verzoeken if v.is_open]
    if not is_open or not at_hand.is_awaited("opvragen_gevraagd"):
        return False
    assert at_hand.instance is not None
    busy = {each.key for each in at_hand.instance.awaited if each.message == "antwoord_ontvangen"}
    busy |= {task.local.get("punt") for task in at_hand.instance.tasks}
    ended = [v for v in is_open if v.code not in busy]
    for verzoek in ended:
        close(at_hand, verzoek, "gestopt na overleg" if verzoek.escalation else "het antwoord is verwerkt")
    return bool(ended)


def _withdraw_vrijgave(at_hand: AtHand) -> bool:
    """A dossier that is released and no longer behandelklaar is taken back, in the transaction that shows it."""
    vrijgave, blocking = at_hand.vrijgave, at_hand.blocking
    if vrijgave is None or not blocking:
        return False
    withdraw_vrijgave(at_hand, vrijgave, "; ".join(v.title for v in blocking))
    if at_hand.is_awaited("gereedheid_ingetrokken"):
        at_hand.deliver("gereedheid_ingetrokken", local={"codes": [v.code for v in blocking]})
    return True


def _lapse_tasks(at_hand: AtHand) -> bool:
    """An open task whose checks all turned out not to apply ends by itself."""
    assert at_hand.instance is not None
    for task in at_hand.instance.tasks:
        if not task.element.checks or task.element.skip_when is not None:
            continue
        found = [verdict for code in task.element.checks if (verdict := at_hand.verdict(code))]
        if found and all(verdict.state is State.NIET_VAN_TOEPASSING for verdict in found):
            at_hand.closing[task.id] = "de punten van deze taak gelden niet meer voor dit dossier"
            at_hand.instance.complete(task.id)
            return True
    return False


def _send_signals(at_hand: AtHand) -> bool:
    """Messages that the dossiersoort sends itself when a condition holds (`berichten` in soort.yaml)."""
    for signal in at_hand.kind.soort.conduct.signals:
        if at_hand.is_awaited(signal.message) and evaluate(signal.condition, at_hand.context) is True:
            at_hand.deliver(signal.message)
            at_hand.record("bericht_ontvangen", message=signal.message, sender="systeem")
            return True
    return False


def _open_uncovered(at_hand: AtHand) -> bool:
    """A blocking check that nothing and nobody works on gets a task of its own (message `punt_open`)."""
    assert at_hand.instance is not None
    if not at_hand.is_awaited("punt_open"):
        return False
    tasks = at_hand.instance.tasks
    covered = {task.element.id for task in tasks} | {str(task.local.get("taak")) for task in tasks}
    asked = {v.code for v in at_hand.dossier.verzoeken if v.is_open}
    asked |= {str(task.local.get("punt")) for task in tasks}
    by_policy = at_hand.kind.policy.tasks
    asked |= {code for task in tasks if task.element.id not in by_policy for code in task.element.checks}
    uncovered = [
        v for v in at_hand.blocking if v.task not in covered and v.state is not State.FOUT and v.code not in asked
    ]
    ahead = at_hand.instance.ahead if uncovered else frozenset()
    for verdict in uncovered:
        if verdict.task not in ahead:
            at_hand.deliver("punt_open", verdict.task, {"taak": verdict.task, "code": verdict.code})
            return True
    return False


CONCLUSIONS: tuple[Callable[[AtHand], bool], ...] = (
    _send_signals,
    _close_answered_verzoeken,
    _process_answers,
    _close_ended_verzoeken,
    _withdraw_vrijgave,
    _lapse_tasks,
    _open_uncovered,
)

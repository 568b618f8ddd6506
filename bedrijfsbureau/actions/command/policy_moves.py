"""Running dossiers go over to the policy that holds for them now; asked at every review, and at once when a policy
takes effect."""

from bedrijfsbureau.actions.command.at_hand import AtHand
from bedrijfsbureau.actions.kinds.in_force import policy_for_running
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.model import Stage

MOVED = "beleid_gewijzigd"
RELEASED = frozenset({Stage.VRIJGEGEVEN, Stage.AANVAARD})


def move_if_due(at_hand: AtHand) -> None:
    """What the new policy asks follows when the command is settled: verdicts, tasks, and a vrijgave that no longer
    stands."""
    dossier = at_hand.dossier
    released = at_hand.vrijgave is not None or dossier.stage in RELEASED
    due = policy_for_running(at_hand.tx, dossier.dossiersoort, at_hand.today, dossier.policy_version_id, released)
    if due == dossier.policy_version_id:
        return
    before = at_hand.kind.policy_number
    dossier.policy_version_id = due
    at_hand.go_over(load_kind(at_hand.tx, dossier.process_version_id, due))
    at_hand.cause = f"versie {at_hand.kind.policy_number} van het beleid geldt nu"
    at_hand.record(MOVED, **{"from": before, "to": at_hand.kind.policy_number})

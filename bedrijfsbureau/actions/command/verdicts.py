"""Verdicts as the dossier keeps them (`Dossier.verdicts`): code -> JSON, in the order of the policy.

They are read and written at every command, so what the policy says and only the dossier's page shows is not here."""

from bedrijfsbureau import checks
from bedrijfsbureau.model import Dossier, Json

STATES = {state.value: state for state in checks.State}
CRASHED = checks.State.FOUT.value


def kept_verdicts(policy: checks.Policy, dossier: Dossier) -> list[checks.Verdict | None]:
    """By the number of the rule; None for one that was never judged, or crashed: that is asked again each time."""
    kept, back = dossier.verdicts, dossier.reopened
    return [
        checks.Verdict(rule, STATES[found["state"]], found["message"], tuple(found.get("missing", ())), code in back)
        if (found := kept.get(code)) and found["state"] != CRASHED
        else None
        for code, rule in zip(policy.places, policy.rules, strict=True)
    ]


def as_json(verdict: checks.Verdict, old: Json | None, now: str) -> Json:
    """`old`: what it was before. since: the moment since which it has this state. Where there is one: waiver; missing;
    open_since: since which it is open, in whatever state, when that is longer."""
    was_open = old is not None and old["state"] in checks.OPEN_STATES
    open_since = (old.get("open_since") or old["since"]) if old and was_open else now
    since = old["since"] if old and old["state"] == verdict.state else now
    found: Json = {
        "state": verdict.state.value,
        "title": verdict.title,
        "message": verdict.message,
        "partij": verdict.partij,
        "task": verdict.task,
        "phase": verdict.phase,
        "blocking": verdict.blocking or verdict.returned,
        "since": since,
    }
    if verdict.waiver is not None:
        found["waiver"] = verdict.waiver
    if verdict.missing:
        found["missing"] = list(verdict.missing)
    if verdict.is_open and open_since != since:
        found["open_since"] = open_since
    return found

"""Verdicts as the dossier keeps them (`Dossier.verdicts`): code -> JSON, in the order of the policy."""

from bedrijfsbureau import checks
from bedrijfsbureau.model import Dossier, Json

STATES = {state.value: state for state in checks.State}


def kept_verdicts(policy: checks.Policy, dossier: Dossier) -> list[checks.Verdict | None]:
    """By the number of the rule; None for one that was never judged."""
    kept, reopened = dossier.verdicts, dossier.reopened
    return [
        _from_json(rule, found, rule.check.code in reopened) if (found := kept.get(rule.check.code)) else None
        for rule in policy.rules
    ]


def _from_json(rule: checks.Rule, kept: Json, returned: bool) -> checks.Verdict:
    return checks.Verdict(rule, STATES[kept["state"]], kept["message"], tuple(kept["missing"]), returned)


def as_json(verdict: checks.Verdict, old: Json | None, now: str) -> Json:
    """`old`: what it was before. since: the moment since which it has this state; open_since: since which it is open,
    in whatever state, or None."""
    was_open = old is not None and old["state"] in checks.OPEN_STATES
    open_since = (old.get("open_since") or old["since"]) if old and was_open else now
    return {
        "state": verdict.state.value,
        "title": verdict.title,
        "theme": verdict.theme,
        "message": verdict.message,
        "partij": verdict.partij,
        "task": verdict.task,
        "phase": verdict.phase,
        "blocking": verdict.blocking or verdict.returned,
        "waiver": verdict.waiver,
        "basis": verdict.basis,
        "missing": list(verdict.missing),
        "since": old["since"] if old and old["state"] == verdict.state else now,
        "open_since": open_since if verdict.is_open else None,
    }

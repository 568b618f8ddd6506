"""What a dossier would be like with other decision tables: outcomes, the fields that they fill, and the verdicts that
follow. Both tables are asked on the dossier as it is now; which way its process would go then is not looked at."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import orjson

from bedrijfsbureau import checks, dmn, feel
from bedrijfsbureau.actions.kinds.decisions import decisions
from bedrijfsbureau.actions.kinds.expressions import evaluate
from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.actions.previewing.replaying import Change, Seen, Standing, consequences, told
from bedrijfsbureau.checks import DossierView, State
from bedrijfsbureau.model import ChangeKind, Json

ALWAYS = frozenset({"termijnen", "prioriteit"})
LONGEST = 200  # characters of an outcome

Outcomes = Mapping[str, tuple[feel.Value, feel.Value]]
"""Decision -> what the tables in force say, and what those of the draft say."""


class DecisionReplay:
    """`files`: path -> text, of the draft. Only decisions in files that differ are asked."""

    stukken = relaties = True

    def __init__(self, kind: Kind, files: Mapping[str, str], today: date) -> None:
        self.kind, self.today = kind, today
        texts = {path: text.encode() for path, text in files.items() if path.endswith(".dmn")}
        before = kind.soort.files_ending(".dmn")
        self.after = decisions(texts)
        models = {**dmn.read_all(before), **dmn.read_all(texts)}
        changed = {path for path in before.keys() | texts.keys() if before.get(path) != texts.get(path)}
        self.differing = {each.id for path in changed if path in models for each in models[path].decisions}
        self.fields = [each for each in kind.soort.conduct.computed if each.decision in self.differing]
        self.writing = [
            each for each in kind.model.elements.values() if each.writes and each.decision in self.differing
        ]
        written = (path for each in self.writing for path, _ in each.writes)
        self.affected = kind.checking.of([*(each.path for each in self.fields), *written])

    def changes(self, seen: Seen, results: Json) -> list[Change]:
        if not self.differing:
            return []
        view = self._view(seen, seen.gegevens)
        context = {**view.context, **{name: made["outcome"] for name, made in results.items()}}
        taken = {made.get("decision") for made in results.values()} | ALWAYS | {each.decision for each in self.fields}
        outcomes = {name: self._outcomes(name, context) for name in sorted(self.differing & taken)}
        found = [
            Change(ChangeKind.DECISION, name, _text(_only_value(old)), _text(_only_value(new)))
            for name, (old, new) in outcomes.items()
            if old != new
        ]
        written = self._written(seen.gegevens, results, outcomes, context)
        filled = _filled(seen.gegevens, {**self._computed(outcomes, context), **written})
        return found + (list(self._verdicts(seen, view, filled)) if filled != seen.gegevens else [])

    def _computed(self, outcomes: Outcomes, context: Mapping[str, Any]) -> Json:
        """Path -> value of the fields that a decision fills at all times."""
        found = {}
        for each in self.fields:
            outcome = _only_value(outcomes[each.decision][1])
            names = {**context, **(outcome if isinstance(outcome, dict) else {"uitkomst": outcome})}
            found[each.path] = feel.to_json(evaluate(each.value, names))
        return found

    def _written(self, gegevens: Json, results: Json, outcomes: Outcomes, context: Mapping[str, Any]) -> Json:
        """Path -> value of the fields that a step of the process wrote (bb:write) and nobody changed since: what the
        same step would have written."""
        found = {}
        for element in self.writing:
            result = element.result or str(element.decision)
            outcome = outcomes.get(element.decision or "")
            if outcome is None or result not in results:
                continue
            old, new = (_names(context, result, each) for each in outcome)
            for path, text in element.writes:
                group, _, name = path.partition(".")
                was, becomes = (feel.to_json(evaluate(text, names)) for names in (old, new))
                if was != becomes and (gegevens.get(group) or {}).get(name) == was:
                    found[path] = becomes
        return found

    def _outcomes(self, name: str, context: Mapping[str, Any]) -> tuple[feel.Value, feel.Value]:
        return _taken(self.kind.decisions, name, context), _taken(self.after, name, context)

    def _verdicts(self, seen: Seen, view: DossierView, filled: Json) -> Iterator[Change]:
        other, rules = self._view(seen, filled), self.kind.policy.rules
        before, after = [], []
        for number, rule in enumerate(rules):
            old = _standing(rule, view, seen)
            new = _standing(rule, other, seen) if number in self.affected else old
            before.append(old)
            after.append(new)
            if told(old) != told(new):
                yield Change(ChangeKind.VERDICT, rule.check.code, told(old), told(new))
        yield from consequences(before, after, seen.released)

    def _view(self, seen: Seen, gegevens: Json) -> DossierView:
        parsed = self.kind.soort.record.read(gegevens)
        return DossierView(
            seen.dossiersoort, seen.regime, self.today, parsed, seen.stukken, seen.verzoeken, seen.relaties,
            self.kind.policy.instellingen, seen.vrijstellingen, seen.reopened,
        )  # fmt: skip


def _standing(rule: checks.Rule, view: DossierView, seen: Seen) -> Standing:
    state = checks.state_of(rule, view)
    if state not in checks.OPEN_STATES:
        return Standing(state)
    blocks = rule.blocking or state is State.FOUT or rule.check.code in seen.reopened
    return Standing(state, blocks, rule.phase == "P", rule.tasks_for(rule.check.missing(view)))


def _filled(gegevens: Json, changes: Json) -> Json:
    """The record with these values, by path."""
    filled = dict(gegevens)
    for path, value in changes.items():
        group, _, name = path.partition(".")
        filled[group] = {**(filled.get(group) or {}), name: value}
    return filled


def _names(context: Mapping[str, Any], result: str, outcome: feel.Value) -> Mapping[str, Any]:
    """What the FEEL of a bb:write may use."""
    return {**context, result: outcome, **(outcome if isinstance(outcome, dict) else {})}


def _taken(models: Mapping[str, dmn.Definitions], name: str, context: Mapping[str, Any]) -> feel.Value:
    """None for a decision that is not there. Raises feel.FeelError."""
    if name not in models:
        return None
    return models[name].decide(name, context).value


def _only_value(value: feel.Value) -> feel.Value:
    return next(iter(value.values())) if isinstance(value, dict) and len(value) == 1 else value


def _text(value: feel.Value) -> str:
    if isinstance(value, str):
        return value[:LONGEST]
    return "" if value is None else orjson.dumps(feel.to_json(value)).decode()[:LONGEST]

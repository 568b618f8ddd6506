"""Running the examples of checks: they are the tests of a check, and what a process owner tries a change with."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cached_property
from typing import Any

from bedrijfsbureau import feel
from bedrijfsbureau.checks.check import Check, Example
from bedrijfsbureau.checks.evaluate import judge
from bedrijfsbureau.checks.message import places
from bedrijfsbureau.checks.policy import Policy, Rule
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.dossiersoort import Dossiersoort
from bedrijfsbureau.errors import DossiersoortInvalid, InvalidInput

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
INSTELLING = "instellingen."
LISTS = ("stukken", "verzoeken", "relaties")


class Basisdossier:
    """The complete dossier of a dossiersoort. Hundreds of examples each change a little of it, so what they leave alone
    is read once. Raises DossiersoortInvalid."""

    def __init__(self, soort: Dossiersoort, policy: Policy) -> None:
        if soort.basisdossier is None:
            raise DossiersoortInvalid(
                f"'{soort.key}' heeft geen basisdossier.yaml; voorbeelden zijn wijzigingen daarop."
            )
        self._soort, self._base, self._policy = soort, soort.basisdossier, policy

    @cached_property
    def _gegevens(self) -> dict[str, Any]:
        return self._soort.record.parse(_as_json(self._base["gegevens"]))

    @cached_property
    def _instellingen(self) -> dict[str, Any]:
        return {**self._policy.instellingen, **_settings(self._base.get("instellingen") or {})}

    @cached_property
    def _lists(self) -> dict[str, Any]:
        return {name: _dated(self._base.get(name) or []) for name in LISTS}

    def changed(self, changes: Mapping[str, Any] = {}) -> DossierView:
        """With changes as in `Example`. Raises InvalidInput."""
        base, lists = dict(self._base), dict(self._lists)
        gegevens: dict[str, Any] = {}
        instellingen: dict[str, Any] = {}
        for path, value in changes.items():
            if path == "aanwezig":
                lists["stukken"] = [{"soort": kind, "staat": "aanwezig"} for kind in value]
            elif path.startswith(INSTELLING):
                instellingen[path.removeprefix(INSTELLING)] = value
            elif path in lists:
                lists[path] = _dated(value or [])
            elif path in base:
                base[path] = value
            else:
                _put(gegevens, self._base["gegevens"], path, value)
        return DossierView(
            dossiersoort=self._soort.key,
            regime=base.get("regime") or self._soort.regime,
            today=_dated(base["vandaag"]),
            gegevens={**self._gegevens, **self._soort.record.only(gegevens).parse(_as_json(gegevens))},
            **lists,
            instellingen={**self._instellingen, **_settings(instellingen)},
        )


def examples_of(policy: Policy, soort: Dossiersoort) -> Iterator[tuple[Rule, Example]]:
    """The examples on this dossiersoort of every rule of its policy."""
    for rule in policy.rules:
        yield from ((rule, example) for example in rule.check.examples if soort.key in example.on)


def failing(policy: Policy, soort: Dossiersoort) -> list[str]:
    """One Dutch sentence for each example that does not come out as it says; empty when all do."""
    basis = Basisdossier(soort, policy)
    tried = (try_out(rule, example, basis, soort) for rule, example in examples_of(policy, soort))
    return [problem for problem in tried if problem]


def try_out(rule: Rule, example: Example, basis: Basisdossier, soort: Dossiersoort) -> str | None:
    """What does not come out as the example says; None when it does. On which days the rule holds does not matter."""
    where = f"{rule.check.code} op {soort.key}, voorbeeld '{example.name}'"
    try:
        view = Watched.of(basis.changed(example.changes))
    except InvalidInput as error:
        return f"{where}: de wijziging past niet in het record: {error.fields}"
    verdict = judge(replace(rule, valid_from=None, valid_until=None), view)
    if unsaid := view.beyond(rule.check):
        return f"{where}: de controle kijkt naar {', '.join(unsaid)}. Noem dit ook bij 'reads'."
    if verdict.state != example.state:
        return f"{where}: verwacht {example.state}, gevonden {verdict.state}. {verdict.error or verdict.message}"
    if example.message is not None and verdict.message != example.message:
        return f"{where}: verwacht de melding '{example.message}', gevonden '{verdict.message}'."
    return None


class Watched(DossierView):
    """A view that keeps what a check in Python looks at."""

    seen: set[str]

    @classmethod
    def of(cls, view: DossierView) -> "Watched":
        watched = cls(**{field.name: getattr(view, field.name) for field in fields(DossierView)})
        object.__setattr__(watched, "seen", set())
        return watched

    def __getattribute__(self, name: str) -> Any:
        if name in ("stukken", "relaties"):
            object.__getattribute__(self, "seen").add(name)
        return super().__getattribute__(name)

    def __getitem__(self, path: str) -> Any:
        self.seen.add(path)
        return super().__getitem__(path)

    def beyond(self, check: Check) -> list[str]:
        """What was looked at and stands neither in `reads` nor in a sentence; nothing of a check that says nothing."""
        if check.expressions or not check.reads:
            return []
        said = {".".join(path) for path in check.reads} | {p for text in check.messages.values() for p in places(text)}
        return sorted(path for path in self.seen if path not in said and path.partition(".")[0] not in said)


def _put(gegevens: dict[str, Any], base: Mapping[str, Any], path: str, value: Any) -> None:
    """Set "group.field" of the group as `base` has it, or a whole group that is a list."""
    group, _, name = path.partition(".")
    if not name:
        gegevens[group] = value
    else:
        gegevens[group] = {**(gegevens.get(group, base.get(group)) or {}), name: value}


def _settings(instellingen: Mapping[str, Any]) -> dict[str, Any]:
    return {name: feel.to_feel(_dated(value)) for name, value in instellingen.items()}


def _as_json(value: Any) -> Any:
    """Dates as text: examples in Python may be written either way."""
    if isinstance(value, Mapping):
        return {key: _as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _dated(value: Any) -> Any:
    """Text that is a date becomes one: outside the record nothing else says so."""
    if isinstance(value, Mapping):
        return {key: _dated(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_dated(item) for item in value]
    return date.fromisoformat(value) if isinstance(value, str) and ISO_DATE.fullmatch(value) else value

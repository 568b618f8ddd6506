"""The rules of law that travel with the package: read once from `rules/*.yaml`; one that is wrong refuses them all."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.termijnen.law import Ground, Rule, Version
from bedrijfsbureau.termijnen.length import Length, parse_length

RULE = frozenset({
    "sleutel", "termijn", "naam", "begin", "begin_instelling", "begin_uitleg", "ook_bewaard", "versie_naar", "niet_met",
    "gehaald", "waarschuwen", "stuurt_taken", "ingebrekestelling", "verlengen", "opschorten", "versies",
})  # fmt: skip
VERSION = frozenset({
    "nummer", "geldig_vanaf", "geldig_tot_en_met", "lengte", "kalender", "zonder_instelling", "per_locatie",
    "voor_iedereen", "basis", "te_bevestigen", "waarom",
})  # fmt: skip
GROUND = frozenset({"naam", "basis", "hoogstens", "samen", "uiterlijk", "te_bevestigen"})
Rules = Mapping[str, Rule]


@lru_cache(maxsize=1)
def shipped() -> Rules:
    """By key, in the order of the files."""
    folder = files("bedrijfsbureau.termijnen") / "rules"
    texts = sorted((file.name, file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".yaml"))
    return read_rules(text for _, text in texts)


def rule_named(key: str, rules: Rules | None = None) -> Rule:
    """Raises NotFound."""
    known = shipped() if rules is None else rules
    if key not in known:
        names = ", ".join(sorted(known))
        raise NotFound(f"De termijnregel '{key[:80]}' bestaat niet. Kies uit: {names}.")
    return known[key]


def read_rules(texts: Iterable[str]) -> Rules:
    """Raises InvalidInput with a Dutch sentence that names the rule."""
    found: dict[str, Rule] = {}
    for text in texts:
        for content in yaml.safe_load(text) or []:
            key = str(content.get("sleutel"))
            try:
                rule = _rule(key, content)
            except (KeyError, TypeError, ValueError) as error:
                raise _wrong(key, f"er ontbreekt iets of een waarde klopt niet ({error})") from error
            if key in found:
                raise _wrong(key, "hij staat er twee keer")
            found[key] = rule
    return MappingProxyType(found)


def _rule(key: str, content: Mapping[str, Any]) -> Rule:
    _only(key, content, RULE)
    windows = content.get("waarschuwen") or {}
    versions = tuple(_version(key, each) for each in content["versies"])
    if [each.number for each in versions] != sorted({each.number for each in versions}):
        raise _wrong(key, "de nummers van zijn versies lopen niet op")
    return Rule(
        key=key,
        term=content["termijn"],
        name=content["naam"],
        starts=tuple(content["begin"]),
        versions=versions,
        start_setting=content.get("begin_instelling", ""),
        start_label=content["begin_uitleg"],
        also_kept=tuple(content.get("ook_bewaard", ())),
        dated_by=tuple(content.get("versie_naar", ())),
        met_by=content.get("gehaald", ""),
        not_with=content.get("niet_met", ""),
        extensions=_grounds(key, content.get("verlengen")),
        suspensions=_grounds(key, content.get("opschorten")),
        warning=_length(windows.get("vanaf")),
        urgent=_length(windows.get("dringend")),
        steers=content.get("stuurt_taken", False),
        notice=content.get("ingebrekestelling", False),
    )


def _version(key: str, content: Mapping[str, Any]) -> Version:
    _only(key, content, VERSION)
    everyone = content.get("voor_iedereen")
    return Version(
        number=content["nummer"],
        length=content["lengte"],
        calendar=content["kalender"],
        basis=content["basis"],
        valid_from=content.get("geldig_vanaf"),
        valid_until=content.get("geldig_tot_en_met"),
        te_bevestigen=content.get("te_bevestigen", False),
        why=content.get("waarom", ""),
        assumed=content.get("zonder_instelling", ""),
        by_locatie=MappingProxyType(content.get("per_locatie") or {}),
        extended=(everyone["lengte"], everyone["reden"], everyone["grond"]) if everyone else None,
    )


def _grounds(key: str, content: Mapping[str, Any] | None) -> Mapping[str, Ground]:
    found = {}
    for name, each in (content or {}).items():
        _only(f"{key}, {name}", each, GROUND)
        found[name] = Ground(
            key=name,
            name=each["naam"],
            basis=each["basis"],
            most=_length(each.get("hoogstens")),
            together=each.get("samen", name),
            most_after_start=_length(each.get("uiterlijk")),
            te_bevestigen=each.get("te_bevestigen", False),
        )
    return MappingProxyType(found)


def _length(words: str | None) -> Length | None:
    return parse_length(words) if words else None


def _only(key: str, content: Mapping[str, Any], allowed: frozenset[str]) -> None:
    if unknown := sorted(content.keys() - allowed):
        raise _wrong(key, f"'{unknown[0]}' bestaat niet")


def _wrong(key: str, why: str) -> InvalidInput:
    return InvalidInput({"termijnregel": [why]}, f"De termijnregel '{key}' klopt niet: {why}.")

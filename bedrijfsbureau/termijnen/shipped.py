"""The rules of law: those that travel with the package, and those in force here, with what this installation adds."""

import os
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.termijnen.law import Rule, Rules
from bedrijfsbureau.termijnen.own import read_own
from bedrijfsbureau.termijnen.rule_file import Place, entries, rule_from

OWN = "BEDRIJFSBUREAU_TERMIJNREGELS"
"""The setting that names a file or folder of the installation."""


@lru_cache(maxsize=1)
def shipped() -> Rules:
    """By key, in the order of the files: read once from `rules/*.yaml`; one that is wrong refuses them all."""
    folder = files("bedrijfsbureau.termijnen") / "rules"
    texts = sorted((file.name, file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".yaml"))
    return read_rules(text for _, text in texts)


def in_force() -> Rules:
    """The shipped rules with those of the installation, read once per program. Raises InvalidInput that says what is
    wrong with its file."""
    return _with_own(_place())


def own_place() -> str:
    """The name of that file or folder; empty when there is none."""
    return Path(_place()).name


def _place() -> str:
    return os.environ.get(OWN, "").strip()


@lru_cache(maxsize=4)
def _with_own(place: str) -> Rules:
    return read_own(Path(place), shipped()) if place else shipped()


def rule_named(key: str, rules: Rules | None = None) -> Rule:
    """Raises NotFound."""
    known = in_force() if rules is None else rules
    if key not in known:
        names = ", ".join(sorted(known))
        raise NotFound(f"De termijnregel '{key[:80]}' bestaat niet. Kies uit: {names}.")
    return known[key]


def read_rules(texts: Iterable[str]) -> Rules:
    """Raises InvalidInput with a Dutch sentence that names the rule."""
    found: dict[str, Rule] = {}
    for text in texts:
        for content in entries(text):
            rule = rule_from(content)
            if rule.key in found:
                raise Place("", rule.key).refused(content.line, "hij staat er twee keer")
            found[rule.key] = rule
    return MappingProxyType(found)

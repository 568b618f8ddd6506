"""Rules of an installation's own, beside those that are shipped: new rules, and versions added to a shipped one.

Dates rest on versions, so a shipped one is never changed: an installation adds a version that goes before it, with a
number from FIRST_OWN on, which no release will ever use. Each says from which file it comes.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen.law import Rule, Rules
from bedrijfsbureau.termijnen.rule_file import (
    RULE,
    Lined,
    Place,
    Wrong,
    entries,
    look,
    rule_from,
    versions_from,
    windows,
)

FIRST_OWN = 100
ADDED = ("sleutel", "versies", "waarschuwen")
"""What may be said about a rule that is shipped."""


def read_own(place: Path, base: Rules) -> Rules:
    """`base` with what the file, or the YAML files of the folder, add. Raises InvalidInput with all that is wrong, a
    sentence a line."""
    found = dict(base)
    wrong: list[str] = []
    for file in _files(place):
        known = dict(found)
        for added in _each(file, wrong):
            try:
                _add(found, known, added, file.name)
            except InvalidInput as error:
                wrong.append(str(error))
    if wrong:
        raise InvalidInput({"termijnregels": wrong}, "\n".join(wrong))
    return MappingProxyType(found)


def _files(place: Path) -> list[Path]:
    if place.is_dir():
        return sorted(each for each in place.iterdir() if each.suffix in (".yaml", ".yml"))
    if place.is_file():
        return [place]
    raise InvalidInput({}, f"De termijnregels van uw organisatie zijn er niet: '{place}' is geen bestand en geen map.")


def _each(file: Path, wrong: list[str]) -> Iterator[Lined]:
    try:
        yield from entries(file.read_text("utf-8"), file.name)
    except InvalidInput as error:
        wrong.append(str(error))
    except (OSError, UnicodeDecodeError):
        wrong.append(f"{file.name}: dit bestand is niet te lezen als tekst (UTF-8).")


def _add(found: dict[str, Rule], before: dict[str, Rule], content: Lined, file: str) -> None:
    """Raises InvalidInput."""
    key = str(content.get("sleutel", ""))
    if key not in found:
        found[key] = rule_from(content, file)
        return
    try:
        if key not in before or found[key] is not before[key]:
            raise Wrong(content.line, "hij staat er twee keer")
        found[key] = _longer(found[key], content, file)
    except Wrong as error:
        raise Place(file, key).refused(error.line, error.why) from error


def _longer(rule: Rule, content: Lined, file: str) -> Rule:
    """The rule with versions, and perhaps windows, of the installation. Raises Wrong."""
    if not_ours := next((name for name in content if name not in ADDED), None):
        why = f"'{not_ours}' verandert u hier niet: deze regel bestaat al; voeg alleen 'versies' of 'waarschuwen' toe"
        raise Wrong(content.at[not_ours], why)
    look(content, {name: (RULE[name][0], name == "sleutel") for name in ADDED})
    added = versions_from(content, rule.extensions, file) if "versies" in content else ()
    taken = rule.latest.number if rule.versions else 0
    for version, each in zip(added, content.get("versies", ()), strict=True):
        if version.number < FIRST_OWN:
            why = f"een eigen versie heeft een nummer vanaf {FIRST_OWN}; lagere zijn voor meegeleverde versies"
            raise Wrong(each.at["nummer"], why)
        if version.number <= taken:
            raise Wrong(each.at["nummer"], f"versie {version.number} bestaat al")
    if not rule.versions and added:
        raise Wrong(content.at["versies"], "deze datum bepaalt de rechter; er is niets te berekenen")
    warning, urgent = windows(content)
    own_windows = file if warning else rule.windows_from
    return replace(
        rule, versions=(*rule.versions, *added), warning=warning or rule.warning, urgent=urgent or rule.urgent,
        windows_from=own_windows,
    )  # fmt: skip

"""A file with rules of terms, read with the line of every entry, so that what is wrong can be found.

Shipped files and those of an installation have one form; a rule that is shipped can only be added to: `own.py`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import yaml

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen.law import Ground, Rule, Version
from bedrijfsbureau.termijnen.length import Length, parse_length, parse_lengths
from bedrijfsbureau.termijnen.rule import BY_SETTING, method_named

SETTING = "instelling "
PATH = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
KEY = re.compile(r"[a-z][a-z0-9_-]*")
TEXT, TEXTS, DAY, FLAG = "tekst", "lijst van velden", "datum", "true of false"
NUMBER, PARTS, LIST = "getal", "blok met eigen regels", "lijst"
RULE: Mapping[str, tuple[str, bool]] = MappingProxyType({  # what it is, and whether it may not be left out
    "sleutel": (TEXT, True), "termijn": (TEXT, True), "naam": (TEXT, True), "begin": (TEXTS, True),
    "begin_instelling": (TEXT, False), "begin_uitleg": (TEXT, True), "ook_bewaard": (TEXTS, False),
    "versie_naar": (TEXTS, False), "niet_met": (TEXT, False), "gehaald": (TEXT, False), "waarschuwen": (PARTS, False),
    "stuurt_taken": (FLAG, False), "ingebrekestelling": (FLAG, False), "verlengen": (PARTS, False),
    "opschorten": (PARTS, False), "versies": (LIST, True),
})  # fmt: skip
VERSION: Mapping[str, tuple[str, bool]] = MappingProxyType({
    "nummer": (NUMBER, True), "geldig_vanaf": (DAY, False), "geldig_tot_en_met": (DAY, False), "lengte": (TEXT, True),
    "kalender": (TEXT, True), "zonder_instelling": (TEXT, False), "per_locatie": (PARTS, False),
    "voor_iedereen": (PARTS, False), "basis": (TEXT, True), "te_bevestigen": (FLAG, False), "waarom": (TEXT, False),
})  # fmt: skip
GROUND: Mapping[str, tuple[str, bool]] = MappingProxyType({
    "naam": (TEXT, True), "basis": (TEXT, True), "hoogstens": (TEXT, False), "samen": (TEXT, False),
    "uiterlijk": (TEXT, False), "te_bevestigen": (FLAG, False),
})  # fmt: skip
WINDOWS: Mapping[str, tuple[str, bool]] = MappingProxyType({"vanaf": (TEXT, True), "dringend": (TEXT, True)})
EVERYONE: Mapping[str, tuple[str, bool]] = MappingProxyType({
    "lengte": (TEXT, True), "reden": (TEXT, True), "grond": (TEXT, True),
})  # fmt: skip
TYPES = {TEXT: str, TEXTS: list, DAY: date, FLAG: bool, NUMBER: int, PARTS: dict, LIST: list}


class Lined(dict[str, Any]):
    """A mapping that knows on which line it and each of its keys stand."""

    line: int
    at: Mapping[str, int]


class _Loader(yaml.SafeLoader):
    pass


def _lined(loader: _Loader, node: yaml.MappingNode) -> Lined:
    keys = [key.value for key, _ in node.value]
    loader.flatten_mapping(node)
    content: Any = loader.construct_mapping(node, deep=True)
    made = Lined(content)
    made.line = node.start_mark.line + 1
    made.at = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise Wrong(made.at[twice], f"'{twice}' staat er twee keer")
    return made


def _day(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise Wrong(node.start_mark.line + 1, f"'{node.value}' is geen datum") from error


_Loader.add_constructor("tag:yaml.org,2002:map", _lined)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


class Wrong(Exception):
    """What is wrong on this line. It never leaves this package: it becomes InvalidInput with the file and the rule."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


@dataclass(frozen=True)
class Place:
    """Where a rule stands: the file ("" when shipped), and its key."""

    file: str
    key: str

    def refused(self, line: int, why: str) -> InvalidInput:
        where = f"{self.file}, regel {line} van het bestand: " if self.file else ""
        rule = f"de termijnregel '{self.key}' klopt niet" if self.key else "dit bestand klopt niet"
        said = f"{where}{rule}: {why}."
        return InvalidInput({"termijnregel": [why]}, said[0].upper() + said[1:] if not where else said)


def entries(text: str, file: str = "") -> Iterable[Lined]:
    """The entries of a file, not looked at yet. Raises InvalidInput."""
    place = Place(file, "")
    try:
        content = yaml.load(text, _Loader)
    except Wrong as error:
        raise place.refused(error.line, error.why) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise place.refused(mark.line + 1 if mark else 1, "dit is geen YAML") from error
    if content is None:
        return []
    if not isinstance(content, list) or not all(isinstance(each, Lined) for each in content):
        raise place.refused(1, "zet er een lijst van termijnregels in, elk met '- sleutel: ...'")
    return content


def rule_from(content: Lined, file: str = "") -> Rule:
    """Raises InvalidInput with a Dutch sentence that names file, line and rule."""
    try:
        return _rule(content, file)
    except Wrong as error:
        raise Place(file, str(content.get("sleutel", ""))).refused(error.line, error.why) from error


def _rule(content: Lined, file: str) -> Rule:
    look(content, RULE)
    for name in ("sleutel", "termijn"):
        if not KEY.fullmatch(content[name]):
            raise Wrong(content.at[name], f"'{name}' bestaat uit kleine letters, cijfers, - en _")
    for name in ("begin", "ook_bewaard", "versie_naar", "gehaald", "niet_met"):
        _paths(content, name)
    extensions = _grounds(content.get("verlengen"))
    warning, urgent = windows(content)
    return Rule(
        key=content["sleutel"],
        term=content["termijn"],
        name=content["naam"],
        starts=tuple(content["begin"]),
        versions=versions_from(content, extensions, file),
        start_setting=content.get("begin_instelling", ""),
        start_label=content["begin_uitleg"],
        also_kept=tuple(content.get("ook_bewaard", ())),
        dated_by=tuple(content.get("versie_naar", ())),
        met_by=content.get("gehaald", ""),
        not_with=content.get("niet_met", ""),
        extensions=extensions,
        suspensions=_grounds(content.get("opschorten")),
        warning=warning,
        urgent=urgent,
        steers=content.get("stuurt_taken", False),
        notice=content.get("ingebrekestelling", False),
        origin=file,
    )


def look(content: Lined, known: Mapping[str, tuple[str, bool]]) -> None:
    """Raises Wrong for a key that is unknown, missing, or holds something else than it should."""
    for name, value in content.items():
        if name not in known:
            raise Wrong(content.at.get(name, content.line), f"'{name}' bestaat niet")
        kind = known[name][0]
        if not isinstance(value, TYPES[kind]) or (kind == NUMBER and isinstance(value, bool)):
            raise Wrong(content.at.get(name, content.line), f"'{name}' is geen {kind}")
    for name, (_, needed) in known.items():
        if needed and (name not in content or content[name] == ""):
            raise Wrong(content.line, f"'{name}' ontbreekt")


def windows(content: Lined) -> tuple[Length | None, Length | None]:
    given = content.get("waarschuwen")
    if given is None:
        return None, None
    look(given, WINDOWS)
    return _length(given, "vanaf"), _length(given, "dringend")


def versions_from(content: Lined, extensions: Mapping[str, Ground], file: str) -> tuple[Version, ...]:
    """In the order of the file, which is that of their numbers. Raises Wrong."""
    made: list[Version] = []
    for each in content["versies"]:
        if not isinstance(each, Lined):
            raise Wrong(content.at["versies"], "elke versie heeft ten minste 'nummer', 'lengte', 'kalender' en 'basis'")
        version = _version(each, extensions, file)
        if made and version.number <= made[-1].number:
            raise Wrong(each.at["nummer"], "de nummers van zijn versies lopen niet op")
        made.append(version)
    return tuple(made)


def _version(content: Lined, extensions: Mapping[str, Ground], file: str) -> Version:
    look(content, VERSION)
    first, last = content.get("geldig_vanaf"), content.get("geldig_tot_en_met")
    if first and last and last < first:
        raise Wrong(content.at["geldig_tot_en_met"], "'geldig_tot_en_met' ligt voor 'geldig_vanaf'")
    _lengths(content)
    calendars = {"kalender": content["kalender"], "zonder_instelling": content.get("zonder_instelling")}
    for name, calendar in calendars.items():
        _calendar(calendar, content.at.get(name, content.line))
    by_locatie = content.get("per_locatie") or {}
    for calendar in by_locatie.values():
        _calendar(calendar, content.at["per_locatie"])
    return Version(
        number=content["nummer"],
        length=content["lengte"],
        calendar=content["kalender"],
        basis=content["basis"],
        valid_from=first,
        valid_until=last,
        te_bevestigen=content.get("te_bevestigen", False),
        why=content.get("waarom", ""),
        assumed=content.get("zonder_instelling", ""),
        by_locatie=MappingProxyType(dict(by_locatie)),
        extended=_for_everyone(content.get("voor_iedereen"), extensions),
        origin=file,
    )


def _for_everyone(content: Lined | None, extensions: Mapping[str, Ground]) -> tuple[str, str, str] | None:
    if content is None:
        return None
    look(content, EVERYONE)
    _length(content, "lengte")
    if content["grond"] not in extensions:
        known = ", ".join(extensions) or "geen"
        raise Wrong(content.at["grond"], f"de grond '{content['grond']}' staat niet bij 'verlengen'; bekend: {known}")
    return content["lengte"], content["reden"], content["grond"]


def _grounds(content: Lined | None) -> Mapping[str, Ground]:
    found = {}
    for name, each in (content or {}).items():
        if not isinstance(each, Lined):
            raise Wrong(content.at[name] if content else 1, f"'{name}' heeft ten minste een 'naam' en een 'basis'")
        look(each, GROUND)
        found[name] = Ground(
            key=name,
            name=each["naam"],
            basis=each["basis"],
            most=_length(each, "hoogstens"),
            together=each.get("samen", name),
            most_after_start=_length(each, "uiterlijk"),
            te_bevestigen=each.get("te_bevestigen", False),
        )
    return MappingProxyType(found)


def _paths(content: Lined, name: str) -> None:
    given = content.get(name) or []
    for path in [given] if isinstance(given, str) else given:
        if not isinstance(path, str) or not PATH.fullmatch(path):
            raise Wrong(content.at[name], f"'{name}' noemt velden als groep.veld, zoals aanvraag.datum_indiening")


def _lengths(content: Lined) -> None:
    words = content["lengte"]
    if words.startswith(SETTING) and len(words.split()) == 3:
        return
    try:
        parse_lengths(words)
    except InvalidInput as error:
        raise Wrong(content.at["lengte"], str(error).rstrip(".")) from error


def _length(content: Lined, name: str) -> Length | None:
    if name not in content:
        return None
    try:
        return parse_length(content[name])
    except InvalidInput as error:
        raise Wrong(content.at[name], str(error).rstrip(".")) from error


def _calendar(words: object, line: int) -> None:
    if words is None or (isinstance(words, str) and words.removeprefix(SETTING) in BY_SETTING):
        return
    try:
        method_named(str(words), {})
    except InvalidInput as error:
        raise Wrong(line, str(error).rstrip(".")) from error

"""What is wrong with a policy that someone is writing: each finding beside the field it is about."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from bedrijfsbureau import feel
from bedrijfsbureau.checks.check import Check
from bedrijfsbureau.checks.examples import Basisdossier, try_out
from bedrijfsbureau.checks.message import places
from bedrijfsbureau.checks.names import exists
from bedrijfsbureau.checks.policy import Policy, instellingen, policy
from bedrijfsbureau.checks.row import QUESTIONS, is_row
from bedrijfsbureau.checks.typed import context_of, schema
from bedrijfsbureau.dossiersoort import Dossiersoort, Record
from bedrijfsbureau.errors import DossiersoortInvalid, PolicyInvalid
from bedrijfsbureau.termijnen import functions

NAMED = re.compile(r"'([a-z_]+)'")
EMPTY = Policy((), {}, "")


@dataclass(frozen=True)
class Finding:
    """`code`: of the row, "" for the policy as a whole. `field`: key of the row, "" for the row as a whole."""

    code: str
    field: str
    message: str
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What a row is judged by. tasks: of the process in force and its forms, by id with their names, None when there is
    none; used: a check's code -> the task of that process that names it; others: records of other dossiersoorten, by
    key."""

    soort: Dossiersoort
    python: tuple[Check, ...] = ()
    tasks: Mapping[str, str] | None = None
    used: Mapping[str, str] | None = None
    others: Mapping[str, Record] = field(default_factory=dict)

    @property
    def instellingen(self) -> Mapping[str, Any]:
        return self.soort.policy.get("instellingen") or {}


def findings(rows: Sequence[Mapping[str, Any]], around: Surroundings) -> list[Finding]:
    """Of the rows of a policy together; what is wrong with each by itself `findings_of_row` says."""
    found = []
    codes = [str(row.get("code")) for row in rows]
    found += [
        Finding(code, "code", f"Punt {code} staat twee keer in het beleid. Laat er één staan.")
        for code in dict.fromkeys(codes)
        if codes.count(code) > 1
    ]
    found += [
        Finding("", "", f"Punt {code} kan niet weg: taak '{task}' van het proces werkt eraan. Wijzig eerst het proces.")
        for code, task in (around.used or {}).items()
        if code not in codes
    ]
    if not rows:
        found.append(Finding("", "", "Dit beleid heeft geen punten. Voeg er een toe."))
    return found


def findings_of_row(row: Mapping[str, Any], around: Surroundings) -> list[Finding]:
    """Of one row, which need not be in the policy of `around`."""
    code = str(row.get("code"))
    found = [*_of_expressions(code, row, around), *_of_messages(code, row, around)]
    found += [*_of_place(code, row, around)]
    if any(finding.severity == "error" for finding in found):
        return found
    try:
        compiled = policy({"punten": [row], "instellingen": around.instellingen}, around.python)
    except PolicyInvalid as error:
        message = str(error).removeprefix(f"Punt {code}").lstrip(",: ")
        return [*found, Finding(code, _field_in(message, row), message[:1].upper() + message[1:])]
    return found + list(_of_examples(compiled, around))


def findings_in_feel(text: str, shared_with: Collection[str], around: Surroundings) -> Iterator[str]:
    """What is wrong with one question of a row. A row that is shared with other dossiersoorten may name what only one
    of them has; where nothing is known of those, its examples tell."""
    others = [_types(around.others[key], around) for key in shared_with if key in around.others]
    known = [{(f.start, f.code) for f in feel.check(text, types, functions)} for types in others]
    for finding in feel.check(text, _types(around.soort.record, around), functions, result="boolean"):
        if finding.code == "syntax":
            yield finding.message
        elif finding.code == "type" or not shared_with or _is_unknown(finding, known):
            yield f"{finding.message.removesuffix('.')} (teken {finding.start + 1})."


def _is_unknown(finding: feel.Finding, elsewhere: Sequence[Collection[tuple[int, str]]]) -> bool:
    """To none of the other dossiersoorten either, as a name or as a part of one."""
    return bool(elsewhere) and all({(finding.start, "name"), (finding.start, "part")} & set(each) for each in elsewhere)


def _types(record: Record, around: Surroundings) -> Mapping[str, str]:
    settings = tuple(each.field for each in around.soort.instellingen.values())
    named = context_of(settings) if settings else "Any"
    return {**schema(record), "verzoeken": "Any", "relaties": "Any", "instellingen": named}


def _of_expressions(code: str, row: Mapping[str, Any], around: Surroundings) -> Iterator[Finding]:
    shared = _shared_with(row, around.soort.key)
    for key in QUESTIONS:
        if is_row(row) and row.get(key) is not None:
            text = " ".join(str(row[key]).split())
            for message in findings_in_feel(text, shared, around):
                yield Finding(code, key, message)


def _of_messages(code: str, row: Mapping[str, Any], around: Surroundings) -> Iterator[Finding]:
    if not is_row(row) or _shared_with(row, around.soort.key):
        return
    try:
        known = Policy((), instellingen(around.instellingen), "")
    except PolicyInvalid:
        known = EMPTY  # said of the instelling itself
    for state, sentence in (row.get("meldingen") or {}).items():
        for path in places(str(sentence)):
            if not exists(path, known, around.soort.record):
                message = f"{{{path}}} bestaat niet in het record of de instellingen."
                yield Finding(code, f"meldingen.{state}", message)


def _of_place(code: str, row: Mapping[str, Any], around: Surroundings) -> Iterator[Finding]:
    """The task must be one of the process; an own row without an example is a row that nobody tried."""
    named = row.get("taak")
    tasks = list(named.values()) if isinstance(named, Mapping) else [named] if named else []
    for task in tasks:
        if around.tasks is not None and task not in around.tasks:
            yield Finding(code, "taak", f"Taak '{task}' komt niet voor in het proces. Kies een andere.", "warning")
    if is_row(row) and not row.get("voorbeelden"):
        yield Finding(
            code, "voorbeelden", "Geen voorbeelden: niemand heeft dit punt geprobeerd. Geef er één.", "warning"
        )


def _of_examples(compiled: Policy, around: Surroundings) -> Iterator[Finding]:
    (rule,), soort = compiled.rules, around.soort
    if soort.basisdossier is None or not rule.check.expressions:  # those of a check in Python are its own tests
        return
    basis = Basisdossier(soort, compiled)
    for example in rule.check.examples:
        if soort.key not in example.on:
            continue
        try:
            wrong = try_out(rule, example, basis, soort)
        except (DossiersoortInvalid, ValueError, TypeError, AttributeError, KeyError) as error:
            wrong = f"voorbeeld '{example.name}' is niet uit te voeren: {error}"
        if wrong:
            short = wrong.partition(f"{rule.check.code} op {soort.key}, ")[2] or wrong
            yield Finding(rule.check.code, "voorbeelden", short[:1].upper() + short[1:])


def _shared_with(row: Mapping[str, Any], key: str) -> set[str]:
    """The other dossiersoorten that its examples name."""
    return {soort for each in row.get("voorbeelden") or () for soort in _on(each.get("op"))} - {key}


def _on(named: Any) -> tuple[str, ...]:
    return (named,) if isinstance(named, str) else tuple(named or ())


def _field_in(message: str, row: Mapping[str, Any]) -> str:
    """The key that a message of the compiler names."""
    named = NAMED.search(message)
    if "melding" in message and named:
        return "meldingen." + message.partition("'")[2].partition("'")[0]
    if "voorbeeld" in message:
        return "voorbeelden"
    return named[1] if named else ""

"""The policy of a dossiersoort: which checks apply, how hard they are, and who must act. Compiled once, then read
only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from bedrijfsbureau import feel
from bedrijfsbureau.checks.check import CODE, Check
from bedrijfsbureau.checks.found import built_in
from bedrijfsbureau.checks.row import compile_row, is_row
from bedrijfsbureau.errors import PolicyInvalid

Phase = Literal["P", "B"]
PHASES: Mapping[str, Phase] = {"P": "P", "B": "B"}
NO_WAIVER = frozenset({"nee", "n.v.t."})
WAIVERS = frozenset({"medewerker", "senior", "verdeelstation", "teamleider"})


@dataclass(frozen=True)
class Rule:
    """A check in its place. phase: P before a date is planned, B before vrijgave. waiver: who may let it go, or None;
    four_eyes: a second one of them must agree before that counts.

    tasks: group of the record -> task, for a check that looks at several groups; else {"": task}. valid_from and
    valid_until (both included, None is open) say on which days the rule holds.
    """

    check: Check
    phase: Phase
    blocking: bool
    waiver: str | None
    partij: str
    tasks: Mapping[str, str]
    valid_from: date | None = None
    valid_until: date | None = None
    four_eyes: bool = False

    def holds_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)

    @cached_property
    def task(self) -> str:
        return next(iter(self.tasks.values()))

    @cached_property
    def only_task(self) -> str | None:
        return self.task if len(self.tasks) == 1 else None

    def tasks_for(self, missing: Iterable[str]) -> tuple[str, ...]:
        """The tasks in which these record paths can be filled in; never empty."""
        if self.only_task is not None:
            return (self.only_task,)
        found = dict.fromkeys(self.tasks[group] for path in missing if (group := path.split(".")[0]) in self.tasks)
        return tuple(found) or (self.task,)


@dataclass(frozen=True)
class Policy:
    rules: tuple[Rule, ...]
    instellingen: Mapping[str, Any]
    version: str

    def numbers(self, codes: Iterable[str]) -> set[int]:
        """The places in `rules` of these checks; of those that are in it."""
        return {self.places[code] for code in codes if code in self.places}

    @cached_property
    def tasks(self) -> frozenset[str]:
        """Every task that a rule names."""
        return frozenset(task for rule in self.rules for task in rule.tasks.values())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Code -> number of the rule."""
        return {rule.check.code: number for number, rule in enumerate(self.rules)}

    def rule(self, code: str) -> Rule:
        """Raises KeyError."""
        return self.rules[self.places[code]]


def policy(content: Mapping[str, Any], plugins: Iterable[Check] = ()) -> Policy:
    """Compile a policy. `content`: policy.yaml with the rows of its catalogue merged in. Raises PolicyInvalid."""
    python = _by_code((*built_in(), *plugins))
    rows = content.get("punten") or ()
    codes = [str(row.get("code")) for row in rows]
    for code in codes:
        if codes.count(code) > 1:
            raise PolicyInvalid(f"Punt {code} staat twee keer in het beleid. Laat er één staan.")
    return Policy(
        rules=tuple(_rule(row, python) for row in rows),
        instellingen=instellingen(content.get("instellingen") or {}),
        version=str(content.get("versie") or ""),
    )


def instellingen(definitions: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """Name -> FEEL value. A policy that was kept as JSON has its dates as text. Raises PolicyInvalid."""
    values = {}
    for name, definition in definitions.items():
        value = definition.get("waarde")
        if definition.get("type") == "datum" and isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError as error:
                raise PolicyInvalid(f"Instelling '{name}': '{value}' is geen datum (jjjj-mm-dd).") from error
        values[name] = feel.to_feel(value)
    return values


def _rule(row: Mapping[str, Any], python: Mapping[str, Check]) -> Rule:
    code = str(row.get("code"))
    task = row.get("taak")
    if not task:
        raise PolicyInvalid(f"Punt {code}: 'taak' ontbreekt. Noem de taak die opent als het punt rood is.")
    return Rule(
        check=_check(code, row, python),
        phase=_phase(code, row),
        blocking=_blocking(code, row),
        waiver=(waiver := _waiver(code, row)),
        four_eyes=_four_eyes(code, row, waiver),
        partij=_partij(code, row),
        tasks=dict(task) if isinstance(task, Mapping) else {"": str(task)},
        valid_from=(begin := _day(code, row, "geldig_vanaf")),
        valid_until=_day(code, row, "geldig_tot_en_met", begin),
    )


def _check(code: str, row: Mapping[str, Any], python: Mapping[str, Check]) -> Check:
    if not CODE.fullmatch(code):
        raise PolicyInvalid(f"'{code}' is geen code van een punt: twee tot vijf hoofdletters en twee of drie cijfers.")
    if is_row(row) and code in python:
        raise PolicyInvalid(f"Twee punten met code {code}: een regel en een Python-controle. Kies een andere code.")
    if is_row(row):
        return compile_row(row)
    if code not in python:
        raise PolicyInvalid(f"Punt {code} bestaat niet: geen regel met 'voldaan_als' en geen Python-controle.")
    return python[code]


def _by_code(found: Iterable[Check]) -> Mapping[str, Check]:
    by_code: dict[str, Check] = {}
    for check in found:
        if check.code in by_code:
            raise PolicyInvalid(f"Er zijn twee Python-controles met code {check.code}. Verwijder er één.")
        by_code[check.code] = check
    return by_code


def _phase(code: str, row: Mapping[str, Any]) -> Phase:
    phase = PHASES.get(str(row.get("fase")))
    if phase is None:
        raise PolicyInvalid(f"Punt {code}: 'fase' moet P (vóór de planning) of B (vóór vrijgave) zijn.")
    return phase


def _blocking(code: str, row: Mapping[str, Any]) -> bool:
    blocking = row.get("blokkeert")
    if not isinstance(blocking, bool):
        raise PolicyInvalid(f"Punt {code}: 'blokkeert' moet true of false zijn.")
    return blocking


def _waiver(code: str, row: Mapping[str, Any]) -> str | None:
    waiver = row.get("ontheffing", "nee")
    if waiver in NO_WAIVER:
        return None
    if waiver not in WAIVERS:
        raise PolicyInvalid(f"Punt {code}: 'ontheffing' moet nee, n.v.t. of een van {', '.join(sorted(WAIVERS))} zijn.")
    return str(waiver)


def _four_eyes(code: str, row: Mapping[str, Any], waiver: str | None) -> bool:
    four_eyes = row.get("vier_ogen", False)
    if not isinstance(four_eyes, bool):
        raise PolicyInvalid(f"Punt {code}: 'vier_ogen' moet true of false zijn.")
    if four_eyes and waiver is None:
        raise PolicyInvalid(f"Punt {code}: 'vier_ogen' kan alleen bij een punt dat iemand mag vrijstellen.")
    return four_eyes


def _partij(code: str, row: Mapping[str, Any]) -> str:
    partij = row.get("partij")
    if not partij:
        raise PolicyInvalid(f"Punt {code}: 'partij' ontbreekt. Noem wie het ontbrekende levert.")
    return str(partij)


def _day(code: str, row: Mapping[str, Any], key: str, earliest: date | None = None) -> date | None:
    text = row.get(key)
    if text is None:
        return None
    try:
        day = date.fromisoformat(str(text))
    except ValueError as error:
        raise PolicyInvalid(f"Punt {code}: '{key}' moet een datum zijn (jjjj-mm-dd).") from error
    if day < (earliest or date.min):
        raise PolicyInvalid(f"Punt {code}: de laatste dag ligt vóór de eerste. Verbeter een van de twee.")
    return day

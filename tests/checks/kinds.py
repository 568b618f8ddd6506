"""The two kinds of asylum dossier, their compiled policies, and records that someone may have filled in anyhow."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from bedrijfsbureau import checks
from bedrijfsbureau.dossiersoort import Dossiersoort, read
from bedrijfsbureau.dossiersoort.field import Field, Type

ROOT = Path(__file__).parents[2]
BRIEF = settings(max_examples=40, deadline=None)
"""Enough to find what is wrong, few enough to run often; a busy machine is no failure."""
KINDS = ("asiel-aa", "asiel-pact")
OF_A_VERZOEK = ("antwoord", "escalatie")
TURNING_DAYS = (date(2026, 3, 9), date(2026, 6, 12), date(2026, 7, 1), date(2026, 9, 14), date(2026, 9, 22))
CODES = {"nationaliteiten": ["ERI", "ETH", "SYR"], "taal": ["tir", "ara", "amh"]}


@dataclass(frozen=True)
class Kind:
    soort: Dossiersoort
    policy: checks.Policy

    @cached_property
    def basis(self) -> checks.Basisdossier:
        return checks.Basisdossier(self.soort, self.policy)

    def view(self, changes: dict[str, Any] | None = None, **attributes: Any) -> checks.DossierView:
        """The complete dossier, changed as an example changes it."""
        return replace(self.basis.changed(changes or {}), **attributes)

    def empty(self) -> checks.DossierView:
        """A dossier of which nobody knows anything yet."""
        return checks.DossierView(
            dossiersoort=self.soort.key,
            regime=self.soort.regime,
            today=date(2026, 11, 23),
            gegevens=self.soort.record.parse({}),
            instellingen=self.policy.instellingen,
        )

    def verdict(self, code: str, changes: dict[str, Any] | None = None, **attributes: Any) -> checks.Verdict:
        return checks.judge(self.policy.rule(code), self.view(changes, **attributes))


@cache
def kind(key: str) -> Kind:
    soort = read(ROOT / "bpmn" / key)
    return Kind(soort, checks.policy(soort.policy))


def changes(key: str) -> st.SearchStrategy[dict[str, Any]]:
    """Any number of fields of the record, each with any value that fits its type, or nothing."""
    fields = [field for field in kind(key).soort.record.fields() if field.path.split(".")[0] not in OF_A_VERZOEK]
    pairs = st.sampled_from(fields).flatmap(lambda field: st.tuples(st.just(field.path), values(field)))
    return st.lists(pairs, max_size=12).map(dict)


def values(field: Field) -> st.SearchStrategy[Any]:
    return st.none() | _filled(field)


def _filled(field: Field) -> st.SearchStrategy[Any]:
    match field.type:
        case Type.JA_NEE:
            return st.booleans()
        case Type.DATUM:
            return near_dates().map(date.isoformat)
        case Type.GETAL:
            return st.integers(1, 2)
        case Type.KEUZE:
            return st.sampled_from(list(field.choices))
        case Type.LANDCODES:
            return st.lists(st.sampled_from(CODES["nationaliteiten"]), unique=True)
        case Type.TAALCODE:
            return st.sampled_from(CODES["taal"])
        case Type.LIJST if field.fields:
            return st.lists(st.fixed_dictionaries({inner.name: values(inner) for inner in field.fields}), max_size=3)
        case _:
            return st.sampled_from(["A1", "B7", "Ter Apel"])


def near_dates() -> st.SearchStrategy[date]:
    """Days on which comparisons turn: around today of both complete dossiers, and birthdays long ago."""
    turning = st.sampled_from(TURNING_DAYS)
    near = st.builds(lambda day, shift: day + timedelta(days=shift), turning, st.integers(-3, 3))
    return near | st.integers(10, 20).map(lambda years: date(2026 - years, 9, 14))


def stukken() -> st.SearchStrategy[list[dict[str, Any]]]:
    taken_over = st.fixed_dictionaries(
        {"geboortedatum": st.none() | near_dates(), "nationaliteit": st.sampled_from([None, "ERI", "SYR"])}
    )
    return st.lists(
        st.fixed_dictionaries(
            {
                "soort": st.sampled_from(["m35h", "screeningsformulier", "medisch_advies"]),
                "staat": st.sampled_from(["aanwezig", "ingetrokken", "vervangen", "afgekeurd"]),
                "in_gebruik": st.sampled_from([None, True, False]),
                "geldig_tot": st.none() | near_dates(),
                "gegevens": taken_over,
            }
        ),
        max_size=3,
    )


def relaties() -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(
        st.fixed_dictionaries(
            {
                "soort": st.sampled_from(["gezin", "overig"]),
                "dossier": st.just("D-2"),
                "gehoor_op": st.none() | near_dates(),
                "locatie": st.sampled_from([None, "Ter Apel", "Gilze"]),
            }
        ),
        max_size=3,
    )

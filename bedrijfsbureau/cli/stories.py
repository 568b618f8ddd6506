"""Which dossiers the demo has, and where each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

EARLY_UNDER_OLD_LAW = date(2026, 2, 15)  # in the complete dossier: before this the application, after it the planning
LAST_WEEKS_OF_OLD_LAW = timedelta(weeks=25)  # from there to the last applications before the Pact
AT_START_AA = frozenset({"aanvraag", "persoon", "taal"})
AT_START_PACT = frozenset({"aanvraag", "persoon", "taal", "contact"})


@dataclass(frozen=True)
class Story:
    """One dossier. `leave`: tasks that nobody did yet; with `only`, nothing but those tasks is done. `ask`: checks for
    which a partij was asked. `without`: kinds of stukken that did not come in. `ending`: accept, send back, or both.
    `returned`: on which check it is sent back, and why. `let_go`: a check that was vrijgesteld at the start."""

    naam: str
    soort: str = "asiel-pact"
    locatie: str = "Ter Apel"
    days_ago: int = 9
    changes: Mapping[str, Any] = field(default_factory=dict)
    leave: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    ask: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    ending: str = ""
    returned: tuple[str, str, str] = ("SCR01", "onvolledig", "Bladzijde 2 van het screeningsformulier ontbreekt.")
    let_go: str = ""
    fresh: bool = False  # the application came in on the day the dossier opens; else its preparation is nearly done

    @property
    def known_at_start(self) -> frozenset[str]:
        return AT_START_AA if self.soort == "asiel-aa" else AT_START_PACT

    @property
    def early(self) -> date | None:
        return EARLY_UNDER_OLD_LAW if self.soort == "asiel-aa" else None


def _person(naam: str, land: str, taal: str, **changes: Any) -> dict[str, Any]:
    """A person and the language of the gehoor, for a story."""
    return {
        "persoon.naam": naam,
        "persoon.nationaliteiten": [land],
        "taal.voorkeur": taal,
        "taal.gehoortaal": taal,
        "tolk.taal": taal,
        **changes,
    }


def _story(naam: str, land: str, taal: str, *, changes: Mapping[str, Any] | None = None, **more: Any) -> Story:
    return Story(naam=naam, changes={**_person(naam, land, taal), **(changes or {})}, **more)


NOTHING_YET: frozenset[str] = frozenset()
OVA = frozenset({"t_screening", "t_registratie", "t_informatie", "t_indiening"})

STORIES: tuple[Story, ...] = (
    _story("Tesfay Haile", "ERI", "tir", days_ago=1, fresh=True, only=NOTHING_YET),
    _story("Rahel Abraha", "ERI", "tir", days_ago=2, fresh=True, only=frozenset({"t_screening"})),
    _story("Yusuf al-Hariri", "SYR", "ara", days_ago=4, fresh=True, only=OVA),
    _story(
        "Maryam Noori",
        "IRN",
        "fas",
        days_ago=6,
        fresh=True,
        only=OVA | {"t_identiteit", "t_dublin"},
        ask=("OPV01",),
        without=frozenset({"eurodac_bericht"}),
    ),
    _story("Abdi Warsame", "SOM", "som", days_ago=8, fresh=True, leave=frozenset({"t_verblijf"}), ask=("OPV01",)),
    _story("Selam Gebre", "ERI", "tir", days_ago=3, fresh=True, leave=frozenset({"t_regietafel"})),
    _story("Omar Khalil", "SYR", "ara", days_ago=12, leave=frozenset({"t_gehoor_plannen"})),
    _story("Nadia Haddad", "SYR", "ara", days_ago=14, leave=frozenset({"t_tolk"}), ask=("TAL02",)),
    _story("Farhad Rezai", "IRN", "fas", days_ago=15, leave=frozenset({"t_uitnodiging", "t_tolk"})),
    _story("Amina Saleh", "YEM", "ara", days_ago=16, leave=frozenset({"t_vrijgeven"})),
    _story("Dawit Tekle", "ERI", "tir", days_ago=18),
    _story("Leyla Demir", "TUR", "kmr", days_ago=20),
    _story("Hassan Nur", "SOM", "som", days_ago=21, ending="accept"),
    _story("Ibrahim Diallo", "GIN", "fra", days_ago=19, ending="send back"),
    _story("Yonas Berhane", "ERI", "tir", days_ago=24, ending="send back, accept"),
    _story(
        "Rania Qasim",
        "SYR",
        "ara",
        days_ago=26,
        ending="send back, accept",
        returned=("TAL02", "onjuist", "De tolk spreekt een ander dialect."),
    ),
    _story("Nasrin Karimi", "IRN", "fas", days_ago=25, ending="accept", let_go="GEM01"),
    _story("Karim Benali", "DZA", "ara", days_ago=3, fresh=True, locatie="Gilze", only=OVA),
    _story("Zahra Ahmadi", "AFG", "prs", days_ago=11, locatie="Gilze", leave=frozenset({"t_tolk"})),
    _story("Samir Aziz", "IRQ", "ckb", days_ago=17, locatie="Den Bosch"),
    _story("Almaz Kidane", "ERI", "tir", soort="asiel-aa", days_ago=13, leave=frozenset({"t_uitnodiging"})),
    _story("Bilal Osman", "SDN", "ara", soort="asiel-aa", days_ago=15, leave=frozenset({"t_startdatum"})),
    _story("Fatou Camara", "GIN", "fra", soort="asiel-aa", days_ago=16, leave=frozenset({"t_tolk"}), ask=("TAL02",)),
    _story("Mehari Tesfai", "ERI", "tir", soort="asiel-aa", days_ago=20),
)

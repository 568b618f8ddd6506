"""What becomes true if a stuk arrives today, in the words of the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from bedrijfsbureau.actions.what_if import Arrival, Outcome, WhatIf, says
from bedrijfsbureau.dossiersoort import Json
from bedrijfsbureau.web.formats import translatable

WORDS = (  # what `says` can answer
    translatable("dan verandert er nog niets"),
    translatable("dan is het dossier behandelklaar"),
    translatable("dan is het dossier planbaar; voor behandelklaar blokkeert nog %(num)s punt"),
    translatable("dan is het dossier planbaar; voor behandelklaar blokkeren nog %(num)s punten"),
    translatable("dan blokkeert nog %(num)s punt"),
    translatable("dan blokkeren nog %(num)s punten"),
    translatable("dan blokkeert er nog evenveel: dit punt adviseert alleen"),
)


@dataclass(frozen=True)
class Line:
    """A stuk that is waited for."""

    name: str
    party: str
    then: str
    makes_ready: bool


def lines(found: WhatIf, most: int = 8) -> list[Line]:
    """What helps most first; a stuk that changes nothing by itself is said with its check, not here."""
    helping = [arrival for arrival in found.arrivals if arrival.outcome.changes]
    return [Line(a.name, a.party, words(found, a.outcome), _makes_ready(found, a)) for a in helping[:most]]


def overtaken(found: WhatIf, kept: Mapping[str, Json]) -> list[str]:
    """Titles of checks that say something else today than is kept: a day went by and nobody has looked yet."""
    return [v.title for v in found.verdicts if v.code in kept and kept[v.code]["state"] != v.state.value]


def then(found: WhatIf, code: str, verdict: Json) -> Iterator[str]:
    """Sentences for one open check: for each stuk it waits for, else for the check itself."""
    arrivals = found.arrivals_for(code)
    for arrival in arrivals:
        if code in arrival.outcome.settles:
            after = words(found, arrival.outcome)
            yield str(_("Komt %(stuk)s vandaag binnen, %(then)s.", stuk=arrival.name, then=after))
    if not any(code in arrival.outcome.settles for arrival in arrivals) and code in found.items:
        after = words(found, found.items[code])
        if arrivals:
            yield str(_("Een stuk alleen is niet genoeg: vul ook aan wat nog leeg is. Is dit punt in orde, %(then)s.",
                        then=after))  # fmt: skip
        else:
            yield str(_("Is dit punt in orde, %(then)s.", then=after))


def words(found: WhatIf, outcome: Outcome) -> str:
    template, number = says(found.readiness, outcome)
    return str(_(template, num=number))


def _makes_ready(found: WhatIf, arrival: Arrival) -> bool:
    return arrival.outcome.readiness.behandelklaar and not found.readiness.behandelklaar

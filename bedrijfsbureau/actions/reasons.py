"""Why a hearing officer sends a dossier back: one of a list of codes, so that returns can be counted.

The list is the instelling `retour_redenen` of the policy, each as "code: what it means". A policy that names none has
the list below; no source fixes it.
"""

from collections.abc import Iterable, Mapping

from bedrijfsbureau.dossiersoort import Dossiersoort

REASONS = "retour_redenen"
USUAL = (
    "ontbreekt: Het ontbreekt",
    "onvolledig: Niet volledig",
    "onleesbaar: Niet leesbaar",
    "onjuist: Niet juist",
    "verouderd: Verouderd",
    "tegenstrijdig: In strijd met iets anders",
    "anders: Iets anders",
)


def reasons_of(soort: Dossiersoort) -> Mapping[str, str]:
    """Code -> what it means, in the order of the list."""
    instelling = soort.instellingen.get(REASONS)
    return _read((instelling.value if instelling else None) or USUAL)


def _read(lines: Iterable[object]) -> dict[str, str]:
    parts = (str(line).partition(":") for line in lines)
    return {code.strip(): meaning.strip() or code.strip() for code, _, meaning in parts if code.strip()}


USUAL_WORDS: Mapping[str, str] = _read(USUAL)

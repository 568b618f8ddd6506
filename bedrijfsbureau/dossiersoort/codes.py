"""Dutch names for codes of countries (ISO 3166 alfa-3) and languages (ISO 639-3); an unknown code stays as it is."""

from functools import cache

import pycountry
from babel import Locale

NO_DUTCH_NAME_ELSEWHERE = {
    "acm": "Iraaks-Arabisch", "aii": "Assyrisch Nieuw-Aramees", "als": "Toskisch Albanees",
    "apd": "Soedanees-Arabisch", "azj": "Noord-Azerbeidzjaans", "cmn": "Mandarijn",
    "kmr": "Noord-Koerdisch (Kurmanji)", "pbt": "Zuidelijk Pasjtoe", "pbu": "Noordelijk Pasjtoe",
    "pes": "Iraans Perzisch", "pnb": "Westelijk Punjabi", "pst": "Centraal Pasjtoe", "rmy": "Vlax-Romani",
    "sdh": "Zuid-Koerdisch", "swh": "Swahili",
}  # fmt: skip
"""Languages that interpreters are asked for, of which the tables know the English name only."""


@cache
def country_name(code: str) -> str:
    """ "ERI" -> "Eritrea" """
    found = pycountry.countries.get(alpha_3=code.upper())
    return _dutch().territories.get(found.alpha_2, found.name) if found else code


@cache
def language_name(code: str) -> str:
    """ "tir" -> "Tigrinya" """
    found = pycountry.languages.get(alpha_3=code.lower())
    if found is None:
        return code
    names = {**_dutch().languages, **NO_DUTCH_NAME_ELSEWHERE}
    return names.get(getattr(found, "alpha_2", code)) or names.get(code) or str(found.name)


@cache
def _dutch() -> Locale:
    return Locale("nl")

"""Dutch is the language of the source; English comes from a catalogue that is read, not compiled, at the first request.

There is no .mo file to build, ship or forget: `translations/en.po` is the whole of it.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain, get_locale

from bedrijfsbureau.web.cookies import LANGUAGES, chosen

FOLDER = Path(__file__).parent / "translations"


class Catalogues(Domain):  # type: ignore[misc]
    def get_translations(self) -> NullTranslations:
        return _catalogue(get_locale().language)


class Languages(Babel):  # type: ignore[misc]
    domain_instance = Catalogues()


def speak(app: Flask) -> None:
    Languages(
        app,
        default_locale="nl",
        default_timezone="Europe/Amsterdam",
        locale_selector=lambda: chosen("taal") or "nl",
    )


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> NullTranslations:
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)

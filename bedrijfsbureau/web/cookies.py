"""What one browser chose: light or dark, language, height of the rows. Scripts read and write these cookies as well."""

from flask import request

LANGUAGES = {"nl": "Nederlands", "en": "English"}
CHOICES = {"thema": ("light", "dark", ""), "taal": tuple(LANGUAGES), "dichtheid": ("ruim", "compact")}
ONE_YEAR = 31_536_000  # seconds


def chosen(name: str) -> str:
    """ "" when nothing was chosen, or something that does not exist"""
    value = request.cookies.get(name, "")
    return value if value in CHOICES[name] else ""

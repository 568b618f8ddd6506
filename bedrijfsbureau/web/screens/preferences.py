"""/voorkeuren: light or dark, language, density; without a script as well."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.web.cookies import CHOICES, ONE_YEAR
from bedrijfsbureau.web.screens.login import safe_path

screen = Blueprint("preferences", __name__)


@screen.post("/voorkeuren")
def change() -> ResponseReturnValue:
    """Back to the page it came from. `thema` empty: as the device says."""
    response = redirect(safe_path(urlsplit(request.referrer or "").path))
    for name, value in request.form.items():
        if name in CHOICES:
            if value not in CHOICES[name]:
                raise InvalidInput({name: ["Deze keuze bestaat niet."]})
            response.set_cookie(name, value, max_age=ONE_YEAR if value else 0, samesite="Lax")
    return response

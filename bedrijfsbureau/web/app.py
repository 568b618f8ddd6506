"""The web application, as a table of contents."""

import hashlib
import hmac
from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from bedrijfsbureau.database import Database
from bedrijfsbureau.web.config import Config
from bedrijfsbureau.web.current import NAME, Installation
from bedrijfsbureau.web.error_pages import explain_errors
from bedrijfsbureau.web.formats import add_formats
from bedrijfsbureau.web.headers import send_headers
from bedrijfsbureau.web.languages import speak
from bedrijfsbureau.web.screens import (
    dossiers,
    gehoren,
    home,
    inbox,
    learning,
    login,
    notices,
    operations,
    overview,
    preferences,
    processes,
    rappel,
    risk,
    search,
    task,
    termijnregels,
    vrijstellingen,
    worklist,
)
from bedrijfsbureau.web.sessions import enable_sessions
from bedrijfsbureau.web.shell import frame_pages
from bedrijfsbureau.web.uploads import AT_ONCE

SCREENS = (
    home, login, preferences, worklist, task, inbox, search, dossiers, gehoren, notices, vrijstellingen, rappel,
    overview, risk, processes, learning, termijnregels, operations,
)  # fmt: skip
FORM_OVERHEAD = 1 << 20  # bytes around an uploaded file


def create_app(database: Database, config: Config | None = None) -> Flask:
    """One application for one database. `config` None: as a production server behind https."""
    config = config or Config()
    app = Flask(__name__)
    app.extensions[NAME] = Installation(database, config)
    app.config.update(_settings(database, config))
    app.jinja_env.undefined = StrictUndefined
    enable_sessions(app)
    CSRFProtect(app)
    speak(app)
    add_formats(app)
    frame_pages(app)
    explain_errors(app)
    send_headers(app, config)
    for screen in SCREENS:
        app.register_blueprint(screen.screen)
    return app


def largest_request(database: Database) -> int:
    """In bytes: a few of the largest files that may come in, and the form around them."""
    return AT_ONCE * database.rules.most_bytes + FORM_OVERHEAD


def _settings(database: Database, config: Config) -> dict[str, object]:
    return {
        "SECRET_KEY": hmac.digest(database.secret, b"sessions of the web application", hashlib.sha256),
        "SESSION_COOKIE_NAME": "__Host-sessie" if config.https else "sessie",
        "SESSION_COOKIE_SECURE": config.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": config.session_length + timedelta(minutes=5),
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a form may stay open all day
        "MAX_CONTENT_LENGTH": largest_request(database),
        "MAX_FORM_MEMORY_SIZE": FORM_OVERHEAD,
    }

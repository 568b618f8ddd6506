"""/inloggen: with a password, or with a link that works once; /uitloggen ends every session of the account."""

import math
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from bedrijfsbureau.actions import login_guard, people
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import LoginFailed, TooManyAttempts
from bedrijfsbureau.model import SYSTEM
from bedrijfsbureau.web.current import act, actor, installation, now
from bedrijfsbureau.web.sessions import sign_in

screen = Blueprint("login", __name__)

LONGEST_NAME = 200  # characters


@screen.get("/inloggen")
def form() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("home.index"))
    return render_template("login/form.html", username="", error=None)


@screen.post("/inloggen")
def log_in() -> ResponseReturnValue:
    username = request.form.get("gebruikersnaam", "").strip()[:LONGEST_NAME]
    database, address = installation().database, _address()
    try:
        with transaction(database, SYSTEM, now()) as tx:
            login_guard.attempt(tx, username, address)
        with reading(database, SYSTEM, now()) as tx:
            medewerker_id = people.log_in(tx, username, request.form.get("wachtwoord", "")).id
    except TooManyAttempts as error:
        headers = {"Retry-After": str(math.ceil(error.wait.total_seconds()))}
        return render_template("login/form.html", username=username, error=error.message), 429, headers
    except LoginFailed as error:
        return render_template("login/form.html", username=username, error=error.message), 401
    with transaction(database, SYSTEM, now()) as tx:
        login_guard.passed(tx, username, address)
    sign_in(medewerker_id)
    return redirect(safe_path(request.args.get("terug")))


@screen.get("/inloggen/<token>")
def link(token: str) -> str:
    """Only a button: mail programs fetch links to preview them, and that must not use the link up."""
    return render_template("login/link.html", token=token, error=None)


@screen.post("/inloggen/<token>")
def use_link(token: str) -> ResponseReturnValue:
    try:
        with transaction(installation().database, SYSTEM, now()) as tx:
            medewerker_id = people.use_login_link(tx, token).id
    except LoginFailed as error:
        return render_template("login/link.html", token=token, error=error.message), 401
    sign_in(medewerker_id)
    return redirect(url_for("home.index"))


@screen.post("/uitloggen")
def log_out() -> ResponseReturnValue:
    if current_user.is_authenticated:
        medewerker_id = actor().id
        assert medewerker_id is not None
        act(people.log_out_everywhere, medewerker_id)
        logout_user()
        session.clear()
    return redirect(url_for("login.form"))


def _address() -> str:
    """Of the client; "" when all come from this machine, as behind a proxy that does not say for whom it asks."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    return "" if found.is_loopback else str(found)


def safe_path(path: str | None) -> str:
    """A path on this site, else the start: a link with someone else's address must not send people away."""
    if path and path.startswith("/") and "\\" not in path and not path.startswith("//"):
        parts = urlsplit(path)
        if not parts.scheme and not parts.netloc:
            return path
    return url_for("home.index")

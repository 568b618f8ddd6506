"""/inloggen: with a password, or with a link that works once; /uitloggen ends every session of the account."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from bedrijfsbureau.actions import people
from bedrijfsbureau.database import reading, transaction
from bedrijfsbureau.errors import LoginFailed
from bedrijfsbureau.model import SYSTEM
from bedrijfsbureau.web.current import act, actor, installation, now
from bedrijfsbureau.web.sessions import sign_in

screen = Blueprint("login", __name__)


@screen.get("/inloggen")
def form() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("home.index"))
    return render_template("login/form.html", username="", error=None)


@screen.post("/inloggen")
def log_in() -> ResponseReturnValue:
    username = request.form.get("gebruikersnaam", "").strip()
    try:
        with reading(installation().database, SYSTEM, now()) as tx:
            medewerker = people.log_in(tx, username, request.form.get("wachtwoord", ""))
            medewerker_id = medewerker.id
    except LoginFailed as error:
        return render_template("login/form.html", username=username, error=error.message), 401
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


def safe_path(path: str | None) -> str:
    """A path on this site, else the start: a link with someone else's address must not send people away."""
    if path and path.startswith("/") and "\\" not in path and not path.startswith("//"):
        parts = urlsplit(path)
        if not parts.scheme and not parts.netloc:
            return path
    return url_for("home.index")

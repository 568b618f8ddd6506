"""Signing in and staying signed in: a signed cookie with the account's id and session key, checked at every request.

The key lies with the account. Logging out replaces it, so that every cookie with the old key is worth nothing, copies
included; there is no table of sessions to keep.
"""

import hmac
from datetime import UTC, datetime

from flask import Flask, Response, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user
from werkzeug.wrappers import Response as BaseResponse

from bedrijfsbureau.database import reading
from bedrijfsbureau.model import SYSTEM
from bedrijfsbureau.queries.people import Account, account
from bedrijfsbureau.web.current import installation, now

SINCE = "ingelogd"  # seconds since the epoch, in the cookie
PUBLIC = frozenset({"login", "preferences"})  # screens that need no account


class SignedIn(UserMixin):  # type: ignore[misc]
    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return f"{self.account.actor.id}.{self.account.session_key}"


def enable_sessions(app: Flask) -> None:
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # the shell asks by itself; an error page must not
    manager.user_loader(_load)
    app.before_request(_require_account)


def sign_in(medewerker_id: int) -> None:
    """Start a session that owes nothing to what the browser brought along."""
    with reading(installation().database, SYSTEM, now()) as tx:
        found = account(tx, medewerker_id)
    assert found is not None, "an account that has just proved itself"
    session.clear()
    session[SINCE] = int(now().timestamp())
    session.permanent = True
    login_user(SignedIn(found))


def _load(cookie: str) -> SignedIn | None:
    medewerker_id, _, key = cookie.partition(".")
    since = datetime.fromtimestamp(session.get(SINCE, 0), UTC)
    if now() - since > installation().config.session_length:
        return None
    with reading(installation().database, SYSTEM, now()) as tx:
        found = account(tx, int(medewerker_id))
    if found is None or not found.active or not hmac.compare_digest(found.session_key, key):
        return None
    return SignedIn(found)


def _require_account() -> BaseResponse | None:
    """Every screen asks for an account unless it is PUBLIC: a new screen is closed until someone opens it."""
    if request.endpoint == "static" or request.blueprint in PUBLIC or current_user.is_authenticated:
        return None
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": url_for("login.form")})
    back = request.path if request.method == "GET" and request.path != "/" else None
    return redirect(url_for("login.form", terug=back))

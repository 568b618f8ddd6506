"""/ : straight to the work of your role."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bedrijfsbureau.model import Role
from bedrijfsbureau.web.current import actor
from bedrijfsbureau.web.shell import entries

screen = Blueprint("home", __name__)

START = {  # for who begins the day elsewhere than with the first entry of the menu
    Role.HOORMEDEWERKER: "gehoren.index",
    Role.MANAGER: "overview.index",
    Role.PROCESEIGENAAR: "processes.index",
}


@screen.get("/")
def index() -> ResponseReturnValue:
    role = actor().role
    allowed = [entry.endpoint for entry in entries(role)]
    if not allowed:
        return render_template("home/nothing.html")
    start = START.get(role, "") if role else ""
    return redirect(url_for(start if start in allowed else allowed[0]))

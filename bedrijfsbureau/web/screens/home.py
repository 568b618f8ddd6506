"""/ : straight to the work of your role."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bedrijfsbureau.web.current import actor
from bedrijfsbureau.web.shell import entries

screen = Blueprint("home", __name__)


@screen.get("/")
def index() -> ResponseReturnValue:
    first = next(iter(entries(actor().role)), None)
    return redirect(url_for(first.endpoint)) if first else render_template("home/nothing.html")

"""/rappel/bezorging: how each partij is reached, and at what hour; for the beheerder."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import rappel_setup as actions
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.model import Channel
from bedrijfsbureau.queries import rappel_setup as queries
from bedrijfsbureau.rappel import key_for
from bedrijfsbureau.web.current import act, act_once, installation, reading_here
from bedrijfsbureau.web.doors import admit
from bedrijfsbureau.web.rappel_words import CHANNELS

screen = Blueprint("routes", __name__, url_prefix="/bezorging")

NOTHING: Mapping[str, Sequence[str]] = {}


@screen.get("")
def index() -> str:
    return _page()


@screen.post("")
def save() -> ResponseReturnValue:
    """A route, new or changed."""
    form = request.form
    try:
        channel = _channel(form.get("wijze", ""))
        locatie_id = form.get("locatie", None, int)
        act_once(actions.save_route, form.get("partij", ""), channel, form.get("adres", ""), locatie_id)
    except InvalidInput as error:
        return _page(error.fields), 422
    flash(_("De bezorging is bewaard. Zij geldt vanaf het volgende bericht."))
    return redirect(url_for(".index"))


@screen.post("/uur")
def hour() -> ResponseReturnValue:
    try:
        act_once(actions.set_hour, request.form.get("uur", -1, int))
    except InvalidInput as error:
        return _page(error.fields), 422
    flash(_("Het uur is bewaard."))
    return redirect(url_for(".index"))


@screen.post("/<int:route_id>/verwijderen")
def remove(route_id: int) -> ResponseReturnValue:
    act(actions.remove_route, route_id)
    flash(_("De regel is weg. Deze partij krijgt voortaan een lijst, of het bericht voor alle locaties."))
    return redirect(url_for(".index"))


@screen.post("/<int:route_id>/sleutel")
def key(route_id: int) -> ResponseReturnValue:
    act_once(actions.renew_key, route_id)
    flash(_("Er is een nieuwe sleutel. Geef hem aan de partij; de oude geldt niet meer."))
    return redirect(url_for(".index"))


def _page(errors: Mapping[str, Sequence[str]] = NOTHING) -> str:
    admit("rappel.routes.index")
    with reading_here() as tx:
        lines, at, is_sure = queries.route_lines(tx), queries.hour(tx), queries.is_hour_chosen(tx)
        known = queries.known_partijen(tx)
        locaties = queries.locaties(tx)
    secret = installation().database.secret
    keys = {
        line.id: key_for(secret, line.partij, line.locatie_id, line.key_number).decode()
        for line in lines
        if line.channel is Channel.WEBHOOK
    }
    reached = {line.partij for line in lines}
    return render_template(
        "rappel/routes.html", lines=lines, hour=at, is_sure=is_sure, known=known, locaties=locaties, keys=keys,
        channels=CHANNELS, unset=[name for name in known if name not in reached], errors=errors, posted=request.form,
    )  # fmt: skip


def _channel(text: str) -> Channel:
    try:
        return Channel(text)
    except ValueError as error:
        raise InvalidInput({"wijze": [_("Kies hoe het bericht gaat.")]}) from error

"""/rappel/teksten: the words of the messages, for the proceseigenaar; tried on invented questions before they count."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau.actions import rappel_setup as actions
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.queries import rappel_setup as queries
from bedrijfsbureau.rappel import DEFAULT, Point, Texts, Words, compose, faults
from bedrijfsbureau.rappel.texts import OF_A_LINE, OF_THE_MESSAGE
from bedrijfsbureau.web.current import act_once, reading_here, today
from bedrijfsbureau.web.doors import admit

screen = Blueprint("texts", __name__, url_prefix="/teksten")

NOTHING: Mapping[str, Sequence[str]] = {}


@screen.get("")
def index() -> str:
    admit("rappel.texts.index")
    with reading_here() as tx:
        written, known = queries.texts(tx), queries.known_partijen(tx)
    return render_template("rappel/texts.html", written=written, known=known)


@screen.get("/tekst")
def show() -> str:
    partij = request.args.get("partij", "")
    with reading_here() as tx:
        written = queries.texts(tx)
    return _page(partij, queries.texts_for(written, partij), is_own=partij in written)


@screen.post("/tekst")
def save() -> ResponseReturnValue:
    """The pressed button: show what it becomes, keep it, or go back to the words for all."""
    partij, deed = request.form.get("partij", ""), request.form.get("actie", "")
    if deed == "terug":
        act_once(actions.remove_text, partij)
        flash(_("Deze partij krijgt weer de tekst voor alle partijen."))
        return redirect(url_for(".index"))
    texts = _posted()
    try:
        if deed == "bewaren":
            act_once(actions.save_text, partij, texts)
            flash(_("De tekst is bewaard. Zij geldt vanaf het volgende bericht."))
            return redirect(url_for(".index"))
        if wrong := faults(texts):
            raise InvalidInput(wrong)
    except InvalidInput as error:
        return _page(partij, texts, error.fields), 422
    return _page(partij, texts)


def _page(partij: str, texts: Texts, errors: Mapping[str, Sequence[str]] = NOTHING, is_own: bool = False) -> str:
    admit("rappel.texts.index")
    return render_template(
        "rappel/text.html", partij=partij, texts=texts, errors=errors, is_own=is_own,
        sample=None if faults(texts) else _sample(partij, texts), of_message=OF_THE_MESSAGE, of_line=OF_A_LINE,
    )  # fmt: skip


def _sample(partij: str, texts: Texts) -> Words:
    """On questions that nobody asked."""
    first = Point("D-2026-00001", "2900000001", _("Identiteit vastgesteld"), "", 0, today())
    before = today() - timedelta(days=14)
    again = Point("D-2026-00002", "2900000002", _("Opvanglocatie bevestigd"), _("Graag met datum."), 1, before)
    return compose(texts, partij or "COA", "Ter Apel", today(), [first, again])


def _posted() -> Texts:
    form = {name: request.form.get(name, getattr(DEFAULT, name)) for name in ("subject", "opening", "line", "closing")}
    form = {name: text.replace("\r\n", "\n") for name, text in form.items()}
    return Texts(**form, with_v_nummer=request.form.get("with_v_nummer") == "ja")

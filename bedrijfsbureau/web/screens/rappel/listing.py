"""/rappel: per partij what is open and what goes next; one message at length, to print and hand over."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from bedrijfsbureau.actions import rappels as actions
from bedrijfsbureau.actions import verzoeken
from bedrijfsbureau.errors import BedrijfsbureauError, InvalidInput
from bedrijfsbureau.model import RappelState, Role
from bedrijfsbureau.queries import rappel as queries
from bedrijfsbureau.queries.access import may_work
from bedrijfsbureau.queries.rappel_previews import previews
from bedrijfsbureau.queries.rappel_setup import hour, is_hour_chosen
from bedrijfsbureau.web.current import act_once, actor, now, reading_here, today
from bedrijfsbureau.web.doors import admit
from bedrijfsbureau.web.rappel_words import CHANNELS, STATES

screen = Blueprint("rappel", __name__, url_prefix="/rappel")

MOST = 200  # verzoeken that are reminded at once
UNSENT = (RappelState.QUEUED, RappelState.FAILED, RappelState.LISTED)


@screen.get("")
def index() -> str:
    admit("rappel.index")
    with reading_here() as tx:
        lines, messages = queries.partijen(tx), queries.rappels(tx)
        at, is_sure, ours = hour(tx), is_hour_chosen(tx), queries.ours(tx)
    return render_template(
        "rappel/index.html", lines=lines, messages=messages, hour=at, is_sure=is_sure, ours=ours, states=STATES,
        channels=CHANNELS, to_print=[each for each in messages if each.row.state is RappelState.LISTED],
    )  # fmt: skip


@screen.get("/partij")
def partij() -> str:
    admit("rappel.index")
    name = request.args.get("naam", "")
    with reading_here() as tx:
        lines, messages, coming = queries.open_lines(tx, name), queries.rappels(tx, name), previews(tx, today(), name)
    if not lines and not messages:
        abort(404)
    return render_template(
        "rappel/partij.html", partij=name, lines=lines, messages=messages, coming=coming, states=STATES,
        channels=CHANNELS, may_work=may_work(actor()), may_send=actor().role in (Role.PLANNER, Role.MANAGER),
        gone_today=any(each.row.day == today() for each in messages),
    )  # fmt: skip


@screen.post("/partij")
def change() -> ResponseReturnValue:
    """Send now, or have the ticked verzoeken go along; each of those in a transaction of its own."""
    name = request.form.get("partij", "")
    if request.form.get("actie") == "versturen":
        made = act_once(actions.bundle_now, name)
        flash(_("Het bericht is klaargezet.") if made else _("Er is vandaag al een bericht gemaakt, of er is niets."))
        return redirect(url_for(".partij", naam=name))
    chosen = [each.partition(":") for each in request.form.getlist("verzoek")[:MOST]]
    if not chosen:
        raise InvalidInput({}, _("U hebt niets geselecteerd. Ga terug en selecteer waaraan u wilt herinneren."))
    done, refused = 0, []
    for dossier_id, _colon, code in chosen:
        try:
            act_once(verzoeken.remind_now, int(dossier_id), code)
            done += 1
        except ValueError:
            abort(400)
        except BedrijfsbureauError as error:
            refused.append(error.message)
    flash(ngettext("%(num)d herinnering gaat mee met het volgende bericht.",
                   "%(num)d herinneringen gaan mee met het volgende bericht.", done))  # fmt: skip
    for message in dict.fromkeys(refused):
        flash(message)
    return redirect(url_for(".partij", naam=name))


@screen.get("/<int:rappel_id>")
def show(rappel_id: int) -> str:
    admit("rappel.index")
    with reading_here() as tx:
        line, items = queries.find(tx, rappel_id), queries.items_of(tx, rappel_id)
        left = [item for item in items if item.dropped_at is None]
        still = [item for item in left if item.is_asked]
        row = line.row
        words = (row.subject, row.body)
        if line.is_whole and row.state in UNSENT and still:  # as it would be now
            words = actions.composed(tx, row.partij, line.locatie, row.day, still)
        elif not line.is_whole:
            words = (None, None)
    return render_template(
        "rappel/show.html", line=line, row=row, items=items, subject=words[0], body=words[1], states=STATES,
        channels=CHANNELS, may_give=row.state is RappelState.LISTED and may_work(actor()), still=len(still), at=now(),
    )  # fmt: skip


@screen.post("/<int:rappel_id>/afgegeven")
def give(rappel_id: int) -> ResponseReturnValue:
    row = act_once(actions.give_list, rappel_id)
    is_given = row.state is RappelState.HANDED
    flash(_("De lijst is afgegeven.") if is_given else _("Alles op deze lijst was al beantwoord: hij is vervallen."))
    return redirect(url_for(".show", rappel_id=rappel_id))


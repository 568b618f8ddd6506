"""/processen/<soort>/beleid/concept/instellingen/<naam>: the value of one instelling, and whether it is confirmed."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau import checks
from bedrijfsbureau.actions.drafting import policy_drafts, policy_findings, policy_instellingen
from bedrijfsbureau.actions.drafting.policy_instellingen import Filled
from bedrijfsbureau.actions.kinds.in_force import policy_on
from bedrijfsbureau.database import Tx
from bedrijfsbureau.dossiersoort import Instelling, Type, instelling_in, values
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import DraftStatus, PolicyDraft
from bedrijfsbureau.queries import policies
from bedrijfsbureau.web.current import act, reading_here
from bedrijfsbureau.web.screens.processes.policy_draft import draft_here, only_for_process_owners, open_draft

screen = Blueprint("policy_instelling", __name__, url_prefix="/<soort>/beleid/concept/instellingen")
screen.before_request(only_for_process_owners)
LONGEST = 4_000  # characters of one text


@screen.get("/<name>")
def show(soort: str, name: str) -> str:
    with reading_here() as tx:
        return _page(tx, soort, name)


@screen.post("/<name>")
def save(soort: str, name: str) -> ResponseReturnValue:
    filled = _posted()
    try:
        with reading_here() as tx:
            draft_id = draft_here(tx, soort).id
        revision = request.form.get("revisie", None, int)
        act(policy_instellingen.save_instelling, draft_id, name, filled, revision)
    except InvalidInput as error:
        with reading_here() as tx:
            return _page(tx, soort, name, filled, error.fields), 422
    with reading_here() as tx:
        errors = open_draft(tx, soort).errors
    flash(_("De instelling is bewaard in het concept."))
    if errors:
        flash(_("Met deze waarde zit er een fout in het concept. Bij Bevindingen staat welke."))
    return redirect(url_for("processes.policy_draft.show", soort=soort, _anchor=f"instelling-{name}"))


def _posted() -> Filled:
    texts = [text[:LONGEST] for text in request.form.getlist(policy_instellingen.VALUE)]
    meaning, standing = (request.form.get(key, "")[:LONGEST] for key in ("betekenis", "standing"))
    return Filled(texts[0] if len(texts) == 1 else texts, meaning, standing, "bevestigd" not in request.form)


def _page(
    tx: Tx, soort: str, name: str, filled: Filled | None = None, errors: Mapping[str, Sequence[str]] | None = None
) -> str:
    draft = draft_here(tx, soort)
    found = instelling_in(draft.policy, name)
    if found is None:
        raise NotFound("Deze instelling staat niet in dit concept.")
    newest = policy_drafts.newest_policy(tx, soort)
    around = policy_findings.surroundings(tx, newest, newest.content["policy"])
    codes, files = policy_instellingen.readers(around.soort, policy_instellingen.compiled(draft.policy), name)
    titles = {**checks.titles(), **policies.titles(tx, soort)}
    return render_template(
        "processes/policy_instelling.html",
        soort=soort, name=around.soort.name, draft=draft, instelling=found, filled=filled or _kept(found),
        errors=errors or {}, types=Type, now=_in_force(tx, soort, draft, name), codes=codes, files=files,
        titles=titles, tasks=around.tasks or {}, is_fixed=draft.status is not DraftStatus.CONCEPT,
    )  # fmt: skip


def _kept(found: Instelling) -> Filled:
    """As the form shows what the draft says."""
    if found.field.type is Type.LIJST_KEUZE:
        return Filled([str(each) for each in found.value or ()], found.meaning, found.standing, found.te_bevestigen)
    text = values.to_text(found.field, found.value)
    return Filled(text, found.meaning, found.standing, found.te_bevestigen)


def _in_force(tx: Tx, soort: str, draft: PolicyDraft, name: str) -> Instelling | None:
    """What it says in the version that the draft is compared with."""
    day = max(draft.valid_from, policy_drafts.today(tx))
    return instelling_in(policies.content(tx, policy_on(tx, soort, day).id), name)

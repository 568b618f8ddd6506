"""/processen/<soort>/beleid/concept: the draft of a policy, from its first change to the day someone approves it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau import checks
from bedrijfsbureau.actions.drafting import policy_drafts, policy_findings, policy_publishing
from bedrijfsbureau.actions.kinds.in_force import policy_on
from bedrijfsbureau.checks import Finding
from bedrijfsbureau.database import Tx
from bedrijfsbureau.dossiersoort import Type, instellingen_in
from bedrijfsbureau.dossiersoort.exchange import read_policy
from bedrijfsbureau.errors import BedrijfsbureauError, Forbidden, InvalidInput, NotFound
from bedrijfsbureau.model import DraftStatus, PolicyDraft, PolicyVersion, Role, Transition
from bedrijfsbureau.queries import learning, policies, previews
from bedrijfsbureau.web.current import act, act_once, actor, now, reading_here, today
from bedrijfsbureau.web.error_pages import kind_of as kind_of_error
from bedrijfsbureau.web.policy import row_form, words
from bedrijfsbureau.web.screens.processes.policy import as_yaml

screen = Blueprint("policy_draft", __name__, url_prefix="/<soort>/beleid/concept")


@dataclass(frozen=True)
class Opened:
    draft: PolicyDraft
    based_on: PolicyVersion
    findings: list[Finding]

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)


@screen.before_request
def only_for_process_owners() -> None:
    if actor().role is not Role.PROCESEIGENAAR:
        raise Forbidden("Een concept is alleen voor de proceseigenaar. Wat geldt, staat bij Processen, onder Beleid.")


@screen.get("")
def show(soort: str) -> str:
    return _page(soort)


@screen.post("")
def begin(soort: str) -> ResponseReturnValue:
    act_once(policy_drafts.begin, soort, request.form.get("versie", None, int))
    flash(_("U werkt in een concept. Er verandert niets tot het is goedgekeurd en ingaat."))
    return redirect(url_for(".show", soort=soort))


@screen.get("/beleid.yaml")
def export(soort: str) -> Response:
    with reading_here() as tx:
        return as_yaml(draft_here(tx, soort).policy, f"{soort}-beleid-concept.yaml")


@screen.post("/inlezen")
def upload(soort: str) -> ResponseReturnValue:
    """A policy from the disk in the place of what the draft says."""
    sent = request.files.get("inhoud")
    try:
        if sent is None or not sent.filename:
            raise InvalidInput({}, _("Kies eerst een bestand op uw computer."))
        act(policy_drafts.replace, soort, read_policy(sent.read().decode("utf-8-sig"), sent.filename))
    except UnicodeDecodeError:
        return _page(soort, refused=_("Dit bestand is niet in UTF-8 opgeslagen. Sla het opnieuw op als UTF-8.")), 422
    except BedrijfsbureauError as error:
        return _page(soort, refused=error.message), kind_of_error(error).status
    flash(_("%(file)s is ingelezen en bewaard in het concept.", file=sent.filename))
    return redirect(url_for(".show", soort=soort))


@screen.post("/ingang")
def save_terms(soort: str) -> ResponseReturnValue:
    """From which day, for whom, and why."""
    form = request.form
    try:
        day = row_form.day_of(form, "geldig_vanaf")
        if day is None:
            raise InvalidInput({"geldig_vanaf": [_("Vul in vanaf welke dag het beleid geldt.")]})
        draft_id, revision = _posted(soort)
        act(
            policy_drafts.save_terms, draft_id, valid_from=day, transition=_transition(form.get("overgang", "")),
            note=form.get("toelichting", ""), counts_from=form.get("peildatum") or None, revision=revision,
        )  # fmt: skip
    except InvalidInput as error:
        return _page(soort, errors=error.fields), 422
    flash(_("Ingang en overgang zijn bewaard."))
    return redirect(url_for(".show", soort=soort))


@screen.post("/aanbieden")
def offer(soort: str) -> ResponseReturnValue:
    return _done(soort, policy_drafts.offer, _("Het concept is aangeboden. Een andere proceseigenaar keurt het goed."))


@screen.post("/terugsturen")
def send_back(soort: str) -> ResponseReturnValue:
    return _done(soort, policy_drafts.send_back, _("Het concept kan weer worden gewijzigd."), request.form["opmerking"])


@screen.post("/weggooien")
def discard(soort: str) -> ResponseReturnValue:
    with reading_here() as tx:
        draft_id = draft_here(tx, soort).id
    act_once(policy_drafts.discard, draft_id)
    flash(_("Het concept is weggegooid. Het beleid dat geldt, is niet veranderd."))
    return redirect(url_for("processes.policy.index", soort=soort))


@screen.post("/publiceren")
def publish(soort: str) -> ResponseReturnValue:
    with reading_here() as tx:
        draft_id = draft_here(tx, soort).id
    try:
        version = act_once(policy_publishing.publish, draft_id, request.form.get("opmerking", ""))
    except BedrijfsbureauError as error:
        return _page(soort, refused=error.message), kind_of_error(error).status
    flash(_("Beleid versie %(number)s is gepubliceerd en ligt vast.", number=version.number))
    return redirect(url_for("processes.policy.show", soort=soort, number=version.number))


def draft_here(tx: Tx, soort: str) -> PolicyDraft:
    """Raises NotFound."""
    found = policy_drafts.draft_of(tx, soort)
    if found is None:
        raise NotFound("Er is geen concept van dit beleid. Begin er een bij Beleid.")
    return found


def open_draft(tx: Tx, soort: str) -> Opened:
    draft, based_on = draft_here(tx, soort), policy_drafts.newest_policy(tx, soort)
    return Opened(draft, based_on, policy_findings.findings(tx, based_on, draft.policy))


def _page(soort: str, refused: str = "", errors: Any = ()) -> str:
    with reading_here() as tx:
        opened = open_draft(tx, soort)
        draft = opened.draft
        in_force = policy_on(tx, soort, max(draft.valid_from, policy_drafts.today(tx)))
        compared = checks.compare(policies.content(tx, in_force.id), draft.policy, checks.titles())
        rows, tried = draft.policy.get("punten") or (), previews.latest(tx, draft.id)
        return render_template(
            "processes/policy_draft.html",
            soort=soort, name=policies.name(tx, soort), opened=opened, draft=draft, rows=rows, in_force=in_force,
            comparison=compared, changed={row.code: row.kind for row in compared.rows}, titles=checks.titles(),
            own=policies.catalogue(tx, [row["code"] for row in rows]), statuses=DraftStatus,
            may_approve=policy_publishing.may_approve(actor().id, draft), dates=_dates(opened),
            preview=tried, is_tried=tried is not None and previews.is_of_draft(tx, tried),
            refused=refused, errors=dict(errors), posted=request.form,
            transitions=words.TRANSITIONS, words=words, shown_day=row_form.shown_day, now=now(),
            learned=learning.by_code(tx, soort, learning.last_year(today())), minimum=learning.MINIMUM,
            instellingen=instellingen_in(draft.policy), tasks=policy_findings.task_names(tx, opened.based_on),
        )  # fmt: skip


def _dates(opened: Opened) -> dict[str, str]:
    """Fields of the record whose date can say under which policy a new dossier falls: path -> label."""
    try:
        record = policy_findings.record_of(opened.based_on)
    except BedrijfsbureauError:
        return {}
    found = (field for group in record.groups if not group.rows for field in group.fields)
    return {field.path: f"{field.label} ({field.path})" for field in found if field.type is Type.DATUM}


def _done(soort: str, action: Any, message: str, *more: str) -> ResponseReturnValue:
    with reading_here() as tx:
        draft_id = draft_here(tx, soort).id
    try:
        act_once(action, draft_id, *more)
    except BedrijfsbureauError as error:
        return _page(soort, refused=error.message), kind_of_error(error).status
    flash(message)
    return redirect(url_for(".show", soort=soort))


def _posted(soort: str) -> tuple[int, int | None]:
    """The draft, and the revision that the page showed."""
    with reading_here() as tx:
        return draft_here(tx, soort).id, request.form.get("revisie", None, int)


def _transition(text: str) -> Transition:
    try:
        return Transition(text)
    except ValueError as error:
        raise InvalidInput({"overgang": [_("Kies wat er met lopende dossiers gebeurt.")]}) from error

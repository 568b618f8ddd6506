"""/processen/<soort>/beleid/concept/punten/<code>: one row of the draft; judged while someone types, kept on saving."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from bedrijfsbureau import checks
from bedrijfsbureau.actions.drafting import policy_drafts, policy_findings
from bedrijfsbureau.checks import Finding
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import DossiersoortInvalid, InvalidInput, NotFound
from bedrijfsbureau.model import DraftStatus
from bedrijfsbureau.queries import policies
from bedrijfsbureau.web.current import act, reading_here
from bedrijfsbureau.web.policy import row_form, words
from bedrijfsbureau.web.screens.processes.policy_draft import draft_here, only_for_process_owners

screen = Blueprint("policy_row", __name__, url_prefix="/<soort>/beleid/concept/punten")
screen.before_request(only_for_process_owners)
NEW = "nieuw"  # in the place of a code: a row that is not in the draft yet
EMPTY: dict[str, Any] = {
    "code": "", "fase": "B", "blokkeert": True, "ontheffing": "nee", "partij": "wij", "taak": "", "voldaan_als": "",
}  # fmt: skip


@screen.get("/<code>")
def show(soort: str, code: str) -> str:
    with reading_here() as tx:
        row = _row(tx, soort, code)
        return _page(tx, soort, code, row, _judged(tx, soort, row) if code != NEW else [])


@screen.post("/<code>/controleren")
def check(soort: str, code: str) -> str:
    """What is wrong with the row as it stands in the form; nothing is kept."""
    with reading_here() as tx:
        before = _row(tx, soort, code)
        try:
            row = row_form.posted(request.form, before, soort)
            found = _judged(tx, soort, row)
        except InvalidInput as error:
            row, found = dict(before), _as_findings(before, error)
    return render_template("processes/policy_findings.html", findings=found, row=row, words=words)


@screen.post("/<code>")
def save(soort: str, code: str) -> ResponseReturnValue:
    with reading_here() as tx:
        before, draft = _row(tx, soort, code), draft_here(tx, soort)
    row: Mapping[str, Any] = before
    try:
        row = row_form.posted(request.form, before, soort)
        revision = request.form.get("revisie", None, int)
        act(policy_drafts.save_row, draft.id, row, revision, "" if code == NEW else code)
    except InvalidInput as error:
        with reading_here() as tx:
            return _page(tx, soort, code, row, _as_findings(row, error)), 422
    with reading_here() as tx:
        errors = sum(finding.severity == "error" for finding in _judged(tx, soort, row))
    flash(_("Punt %(code)s is bewaard in het concept.", code=row["code"]))
    if errors:
        flash(_("Er zit nog een fout in; zo kan het nog niet gelden."))
    again = request.form.get("actie") == "blijven" or errors
    if again:
        return redirect(url_for(".show", soort=soort, code=row["code"]))
    return redirect(url_for("processes.policy_draft.show", soort=soort, _anchor=f"punt-{row['code']}"))


@screen.post("/<code>/weghalen")
def remove(soort: str, code: str) -> ResponseReturnValue:
    with reading_here() as tx:
        draft_id = draft_here(tx, soort).id
    act(policy_drafts.remove_row, draft_id, code)
    flash(_("Punt %(code)s is weggehaald uit het concept. U vindt het terug bij Punt toevoegen.", code=code))
    return redirect(url_for("processes.policy_draft.show", soort=soort))


def _page(tx: Tx, soort: str, code: str, row: Mapping[str, Any], found: list[Finding]) -> str:
    draft = draft_here(tx, soort)
    around = policy_findings.surroundings(tx, policy_drafts.newest_policy(tx, soort), draft.policy)
    python = {check.code: check for check in (*checks.built_in(), *around.python)}.get(str(row.get("code")))
    tasks = dict(sorted((around.tasks or {}).items(), key=lambda task: task[1].lower()))
    partijen = sorted({str(each.get("partij")) for each in draft.policy.get("punten") or ()})
    return render_template(
        "processes/policy_row.html",
        soort=soort, name=around.soort.name, code=code, row=row, findings=found, draft=draft, new=NEW, words=words,
        python=None if checks.is_row(row) else python, tasks=tasks, partijen=partijen, states=row_form.STATES,
        all_states=[state.value for state in checks.State], examples=row_form.examples(row, soort), form=row_form,
        is_fixed=draft.status is not DraftStatus.CONCEPT, record=around.soort.record,
        fields_with_errors={finding.field for finding in found if finding.severity == "error"},
    )  # fmt: skip


def _row(tx: Tx, soort: str, code: str) -> dict[str, Any]:
    """Of the draft; a new one is empty, or like the one of the catalogue that `uit` names. Raises NotFound."""
    draft = draft_here(tx, soort)
    rows = {str(row.get("code")): row for row in draft.policy.get("punten") or ()}
    if code in rows:
        return dict(rows[code])
    if code != NEW:
        raise NotFound(f"Punt {code[:20]} staat niet in dit concept.")
    wanted = request.values.get("uit", "")
    known = policies.catalogue(tx, list(rows))
    if wanted in known:
        return dict(known[wanted])
    if wanted in checks.titles():
        return {key: value for key, value in EMPTY.items() if key != "voldaan_als"} | {"code": wanted}
    return dict(EMPTY)


def _judged(tx: Tx, soort: str, row: Mapping[str, Any]) -> list[Finding]:
    draft = draft_here(tx, soort)
    try:
        around = policy_findings.surroundings(tx, policy_drafts.newest_policy(tx, soort), draft.policy)
    except DossiersoortInvalid as error:
        return [Finding("", "", str(error))]
    return list(policy_findings.of_row(around, row))


def _as_findings(row: Mapping[str, Any], error: InvalidInput) -> list[Finding]:
    code = str(row.get("code"))
    return [Finding(code, field, " ".join(messages)) for field, messages in error.fields.items()]

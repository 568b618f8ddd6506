"""/processen/<soort>/beleid: the policy in force, its versions, and what each says."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request

from bedrijfsbureau import checks
from bedrijfsbureau.actions.drafting import policy_drafts, policy_findings
from bedrijfsbureau.actions.kinds.in_force import policy_on
from bedrijfsbureau.database import Tx
from bedrijfsbureau.dossiersoort import instellingen_in
from bedrijfsbureau.dossiersoort.exchange import write_policy
from bedrijfsbureau.errors import NotFound
from bedrijfsbureau.model import Role
from bedrijfsbureau.queries import learning, policies
from bedrijfsbureau.queries.access import may_open_dossiers
from bedrijfsbureau.queries.policies import Version
from bedrijfsbureau.web.current import actor, reading_here, today
from bedrijfsbureau.web.doors import admit
from bedrijfsbureau.web.policy import words
from bedrijfsbureau.web.policy.row_form import shown_day

screen = Blueprint("policy", __name__, url_prefix="/<soort>/beleid")


@screen.get("")
def index(soort: str) -> str:
    """The version in force."""
    admit("processes.index")
    with reading_here() as tx:
        return _page(tx, soort, policy_on(tx, soort, today()).number)


@screen.get("/<int:number>")
def show(soort: str, number: int) -> str:
    admit("processes.index")
    with reading_here() as tx:
        return _page(tx, soort, number)


@screen.get("/<int:number>/beleid.yaml")
def export(soort: str, number: int) -> Response:
    admit("processes.index")
    with reading_here() as tx:
        version = _version(policies.versions(tx, soort), number)
        return as_yaml(policies.content(tx, version.id), f"{soort}-beleid-{number}.yaml")


def as_yaml(content: Mapping[str, Any], filename: str) -> Response:
    response = Response(write_policy(content), content_type="text/plain; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response


def _page(tx: Tx, soort: str, number: int) -> str:
    versions = policies.versions(tx, soort)
    version = _version(versions, number)
    content = policies.content(tx, version.id)
    earlier = next((each for each in versions if each.number < number), None)
    beside = _version(versions, request.args.get("naast", earlier.number if earlier else number, int))
    found = checks.compare(policies.content(tx, beside.id), content, checks.titles()) if beside != version else None
    in_force = policy_on(tx, soort, today()).id
    return render_template(
        "processes/policy.html",
        soort=soort, name=policies.name(tx, soort), versions=versions, version=version, beside=beside,
        comparison=found, in_force=in_force, rows=content.get("punten") or (), titles=checks.titles(), words=words,
        shown_day=shown_day, learned=learning.by_code(tx, soort, learning.last_year(today()), number),
        instellingen=(settings := instellingen_in(content)), unsure=sum(each.te_bevestigen for each in settings),
        tasks=policy_findings.task_names(tx, policy_drafts.newest_policy(tx, soort)), minimum=learning.MINIMUM,
        draft=policy_drafts.draft_of(tx, soort), is_owner=actor().role is Role.PROCESEIGENAAR,
        may_open=may_open_dossiers(actor()),
    )  # fmt: skip


def _version(versions: Any, number: int) -> Version:
    found: Version | None = next((version for version in versions if version.number == number), None)
    if found is None:
        raise NotFound("Deze versie van het beleid bestaat niet.")
    return found

"""/processen: every dossiersoort, the version in force, what runs on it, and who works on a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template

from bedrijfsbureau import dossiersoort, engine
from bedrijfsbureau.actions.kinds.kind import load_kind
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Role, VersionStatus
from bedrijfsbureau.queries import policies, processes
from bedrijfsbureau.queries.access import may_open_dossiers
from bedrijfsbureau.queries.processes import Soort
from bedrijfsbureau.web.current import actor, reading_here
from bedrijfsbureau.web.doors import admit
from bedrijfsbureau.web.process.findings import Findings, judge
from bedrijfsbureau.web.process.steps import unconfirmed


@dataclass(frozen=True)
class Line:
    """One dossiersoort. `soort`, `steps`: as the version in force says; None and 0 when there is none."""

    versions: Soort
    soort: dossiersoort.Dossiersoort | None
    steps: int  # te bevestigen
    instellingen: int  # te bevestigen
    findings: Findings | None  # of the draft

    @property
    def name(self) -> str:
        return self.soort.name if self.soort else self.versions.key


def index() -> str:
    admit("processes.index")
    with reading_here() as tx:
        lines = [_line(tx, soort) for soort in processes.soorten(tx)]
        drafts = policies.drafts(tx)
    return render_template(
        "processes/index.html",
        lines=lines, drafts=drafts, most=_most(lines), statuses=VersionStatus,
        is_owner=actor().role is Role.PROCESEIGENAAR, may_open=may_open_dossiers(actor()),
        mine=next((line for line in lines if line.versions.draft), None),
    )  # fmt: skip


def _line(tx: Tx, soort: Soort) -> Line:
    """What is compiled stays with the database, so a line costs statements only the first time; a draft always does."""
    draft = soort.draft
    findings = judge(tx, soort.key, processes.files(tx, draft.id)) if draft else None
    if soort.in_force is None or soort.policy is None:
        return Line(soort, None, 0, 0, findings)
    kind = load_kind(tx, soort.in_force.id, soort.policy.id)
    unsure = sum(instelling.te_bevestigen for instelling in kind.soort.instellingen.values())
    return Line(soort, kind.soort, unconfirmed(engine.outline(kind.soort.files)), unsure, findings)


def _most(lines: Sequence[Line]) -> int:
    """The longest bar; at least 1."""
    return max([version.running for line in lines for version in line.versions.versions], default=0) or 1

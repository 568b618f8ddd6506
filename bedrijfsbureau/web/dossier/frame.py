"""What every page of one dossier has in common: its head, the verdict, the next thing to do, the tabs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template

from bedrijfsbureau.actions.command.terms import BESLISTERMIJNEN
from bedrijfsbureau.actions.kinds.kind import Kind, load_kind
from bedrijfsbureau.actions.offers import offers
from bedrijfsbureau.database import Tx
from bedrijfsbureau.model import Json
from bedrijfsbureau.queries import dossier as queries
from bedrijfsbureau.queries import forecasts, termijnen, viewings
from bedrijfsbureau.queries.access import may_work
from bedrijfsbureau.queries.dossier import Head, TaskLine
from bedrijfsbureau.queries.incidents import may_see
from bedrijfsbureau.queries.termijnen import TermijnLine
from bedrijfsbureau.web.current import looked_at
from bedrijfsbureau.web.doors import may_open
from bedrijfsbureau.web.dossier.verdict import next_action, opening, themes

WITH_OFFERS = frozenset({"completeness", "tasks"})  # tabs that say what else may be begun


@dataclass(frozen=True)
class Opened:
    """A dossier that someone looks at."""

    head: Head
    kind: Kind
    tasks: tuple[TaskLine, ...]
    termijnen: tuple[TermijnLine, ...]


def open_dossier(tx: Tx, dossier_id: int) -> Opened:
    """Three statements. Raises NotFound."""
    head = queries.head(tx, dossier_id)
    kind = load_kind(tx, head.process_version_id, head.policy_version_id)
    ordered = replace(head, verdicts=_in_order(kind, head.verdicts))
    return Opened(ordered, kind, queries.tasks(tx, dossier_id), termijnen.of_dossier(tx, dossier_id))


def _in_order(kind: Kind, verdicts: Mapping[str, Json]) -> dict[str, Json]:
    """In the order of the policy: PostgreSQL keeps the keys of JSON in an order of its own."""
    return {code: verdicts[code] for code in (rule.check.code for rule in kind.policy.rules) if code in verdicts}


def page(tx: Tx, opened: Opened, tab: str, **more: Any) -> str:
    """The page with this tab; its template is dossiers/<tab>.html."""
    head, actor = opened.head, tx.actor
    looked_at(head.id, tab)
    return render_template(
        f"dossiers/{tab}.html",
        tab=tab, dossier=head, soort=opened.kind.soort, tasks=opened.tasks, termijnen=opened.termijnen,
        opening=opening(head, actor, opened.tasks), themes=themes(opened.kind.policy, head.verdicts),
        next=next_action(head, opened.tasks, actor),
        offers=offers(tx, head.id, opened.kind) if tab in WITH_OFFERS else (),
        beslistermijn=next((each for each in opened.termijnen if each.kind in BESLISTERMIJNEN and each.due_on), None),
        may_work=may_work(actor), may_see_incidents=may_see(actor), may_see_viewings=viewings.may_see(actor),
        may_steer=may_open("overview.index"), expected=forecasts.of_dossier(tx, head, opened.termijnen),
        **more,
    )  # fmt: skip

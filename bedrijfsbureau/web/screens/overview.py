"""/sturing: where the dossiers are, who waits for whom, and which are not ready in time. Only to read."""

from datetime import date

from flask import Blueprint, render_template, request

from bedrijfsbureau.queries import dossiers, measurements, outlooks, overview, policies
from bedrijfsbureau.queries.access import may_open_dossiers
from bedrijfsbureau.queries.dossiers import Filter, Happened
from bedrijfsbureau.web import chart, filters
from bedrijfsbureau.web.blockers import blockers
from bedrijfsbureau.web.current import actor, reading_here, today
from bedrijfsbureau.web.doors import admit

screen = Blueprint("overview", __name__, url_prefix="/sturing")

RISKS = 8  # rows of the risk list before "Alle"


@screen.get("")
def index() -> str:
    admit("overview.index")
    locatie_id = filters.read(request.args).locatie_id
    with reading_here() as tx:
        locaties = dossiers.locaties(tx)
        stages = overview.stages(tx, locatie_id)
        weeks = overview.weeks(tx, locatie_id)
        shown = {
            "partijen": overview.partijen(tx, locatie_id),
            "teams": overview.teams(tx, locatie_id),
            "at_risk": overview.at_risk(tx, locatie_id),
            "risks": dossiers.page(tx, Filter(locatie_id=locatie_id, at_risk=True), size=RISKS).rows,
        }
    most = max(week.counts[happened] for week in weeks for happened in Happened)
    return render_template(
        "overview/index.html",
        **shown, stages=stages, weeks=weeks, locaties=locaties, locatie_id=locatie_id,
        may_choose=actor().locatie_id is None, may_open=may_open_dossiers(actor()),
        bars=chart.stacked({str(filters.STAGES[stage]): bands for stage, bands in stages.items()}),
        columns={each: chart.columns([week.counts[each] for week in weeks], most) for each in Happened},
        stage_words=filters.STAGES, ages=filters.AGE_WORDS, late_words=filters.LATE_WORDS,
        happened_words=filters.HAPPENED_WORDS, blockers=blockers,
        horizon=today() + dossiers.SOON, week_of=_week_number,
    )  # fmt: skip


@screen.get("/prognose")
def forecast() -> str:
    admit("overview.index")
    locatie_id = filters.read(request.args).locatie_id
    with reading_here() as tx:
        measured = measurements.every_last(tx)
        expected = outlooks.of_open(tx, locatie_id)
        locaties = dossiers.locaties(tx)
        names = {each.dossiersoort: policies.name(tx, each.dossiersoort) for each in measured}
        titles = {each.dossiersoort: policies.titles(tx, each.dossiersoort) for each in measured}
    return render_template(
        "overview/forecast.html", measured=measured, waits={each.id: measurements.waits(each) for each in measured},
        expected=expected, names=names, titles=titles, locaties=locaties, locatie_id=locatie_id,
        may_choose=actor().locatie_id is None, may_open=may_open_dossiers(actor()),
    )  # fmt: skip


def _week_number(day: date) -> int:
    return day.isocalendar().week

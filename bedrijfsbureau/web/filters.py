"""The filter of a list of dossiers, in an address and in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from bedrijfsbureau.model import Stage
from bedrijfsbureau.queries.dossiers import AGES, Filter, Foreseen, Happened, Lateness
from bedrijfsbureau.web.formats import day

STAGES = {
    Stage.VOORBEREIDING: lazy_gettext("in voorbereiding"),
    Stage.PLANNING: lazy_gettext("planbaar"),
    Stage.BEHANDELKLAAR: lazy_gettext("behandelklaar"),
    Stage.VRIJGEGEVEN: lazy_gettext("vrijgegeven"),
    Stage.AANVAARD: lazy_gettext("aanvaard"),
    Stage.DUBLIN: lazy_gettext("bij Dublin"),
    Stage.AFGEBROKEN: lazy_gettext("afgebroken"),
    Stage.AFGEROND: lazy_gettext("afgerond"),
}
AGE_WORDS = (
    lazy_gettext("0-2 weken"), lazy_gettext("2-4 weken"), lazy_gettext("4-8 weken"), lazy_gettext("langer dan 8 weken"),
)  # fmt: skip
LATE_WORDS = {
    Lateness.LATE: lazy_gettext("te laat"),
    Lateness.TODAY: lazy_gettext("vandaag"),
    Lateness.THIS_WEEK: lazy_gettext("deze week"),
    Lateness.LATER: lazy_gettext("later"),
    Lateness.UNDATED: lazy_gettext("zonder datum"),
}
HAPPENED_WORDS = {
    Happened.OPENED: lazy_gettext("geopend"),
    Happened.RELEASED: lazy_gettext("vrijgegeven"),
    Happened.RETURNED: lazy_gettext("teruggezonden"),
}
YES = "ja"
FORESEEN = ("proef", "wijziging", "punt", "van", "naar")


def read(args: Mapping[str, str]) -> Filter:
    """From the parameters of an address; one that was made up is refused with 400."""
    given = {name: text for name, text in args.items() if text}
    try:
        return Filter(
            stage=Stage(given["fase"]) if "fase" in given else None,
            locatie_id=int(given["locatie"]) if "locatie" in given else None,
            soort=given.get("soort", ""),
            version=int(given["versie"]) if "versie" in given else None,
            element=given.get("staat_op", ""),
            waits_on=given.get("wacht_op", ""),
            asked=given.get("gevraagd") == YES,
            age=range(len(AGES) + 1).index(int(given["leeftijd"])) if "leeftijd" in given else None,
            team=given.get("team", ""),
            lateness=Lateness(given["taken"]) if "taken" in given else None,
            at_risk=given.get("risico") == YES,
            happened=Happened(given["wat"]) if "wat" in given else None,
            week=date.fromisoformat(given["week"]) if "week" in given else None,
            change=_foreseen(given) if "proef" in given else None,
        )
    except ValueError:
        abort(400)


def address(wanted: Filter) -> dict[str, str]:
    """The parameters that `read` makes the same filter of."""
    named = {
        "fase": wanted.stage or "",
        "locatie": _number(wanted.locatie_id),
        "soort": wanted.soort,
        "versie": _number(wanted.version),
        "staat_op": wanted.element,
        "wacht_op": wanted.waits_on,
        "gevraagd": YES if wanted.asked else "",
        "leeftijd": _number(wanted.age),
        "team": wanted.team,
        "taken": wanted.lateness or "",
        "risico": YES if wanted.at_risk else "",
        "wat": wanted.happened or "",
        "week": wanted.week.isoformat() if wanted.week else "",
        **dict(zip(FORESEEN, map(str, wanted.change or ()), strict=False)),
    }
    return {name: str(text) for name, text in named.items() if text}


def in_words(wanted: Filter, locaties: Mapping[int, str]) -> list[tuple[str, dict[str, str]]]:
    """Each part of the filter as a sentence of its own, with the address of the list without it."""
    none, told = Filter(), []
    for name, text in _parts(wanted, locaties):
        told.append((text, address(replace(wanted, **{field: getattr(none, field) for field in name.split()}))))
    return told


def _parts(wanted: Filter, locaties: Mapping[int, str]) -> list[tuple[str, str]]:
    """The fields of one part, and what it says."""
    team = wanted.team and _("team %(team)s", team=wanted.team)
    late = wanted.lateness and _("open taak %(when)s", when=LATE_WORDS[wanted.lateness])
    week = wanted.week and wanted.happened and _(
        "%(what)s in de week van %(day)s", what=HAPPENED_WORDS[wanted.happened], day=day(wanted.week)
    )  # fmt: skip
    told = [
        ("at_risk", wanted.at_risk and _("loopt risico")),
        ("stage", wanted.stage and STAGES[wanted.stage]),
        ("locatie_id", wanted.locatie_id and locaties.get(wanted.locatie_id, _("onbekende locatie"))),
        ("soort version", wanted.soort and wanted.soort + (f", v{wanted.version}" if wanted.version else "")),
        ("element", wanted.element and _("staat op stap %(step)s", step=wanted.element)),
        ("waits_on asked", wanted.waits_on and _waits(wanted)),
        ("age", wanted.age is not None and AGE_WORDS[wanted.age]),
        ("team lateness", ", ".join(filter(None, (late or None, team or None)))),
        ("happened week", week),
        ("change", wanted.change and _changed(wanted.change)),
    ]
    return [(fields, str(text)) for fields, text in told if text]


def _foreseen(given: Mapping[str, str]) -> Foreseen:
    number, *rest = (given.get(name, "") for name in FORESEEN)
    return Foreseen(int(number), *rest)


def _changed(change: Foreseen) -> str:
    what = " ".join(filter(None, (change.kind, change.code)))
    if change.old or change.new:
        nothing = _("niets")
        old, new = change.old or nothing, change.new or nothing
        return str(_("verandert in proef %(number)s: %(what)s, van %(old)s naar %(new)s",
                     number=change.preview_id, what=what, old=old, new=new))  # fmt: skip
    return str(_("verandert in proef %(number)s: %(what)s", number=change.preview_id, what=what))


def _waits(wanted: Filter) -> str:
    if wanted.asked:
        return str(_("gevraagd aan %(partij)s", partij=wanted.waits_on))
    return str(_("wacht op %(partij)s", partij=wanted.waits_on))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)

"""The history of a dossier in sentences: each kind of event says what happened, in the words of the work."""

from collections.abc import Callable, Container, Sequence

from flask_babel import gettext as _

from bedrijfsbureau.model import Json
from bedrijfsbureau.queries.task import EventLine

JUDGED = "oordeel_gewijzigd"
QUIET = frozenset({"beslissing", "termijn_berekend", "termijn_vervallen", "timer_afgegaan"})
Teller = Callable[[Json], str]


def told(event: EventLine) -> str:
    """One Dutch sentence, or its translation; a kind that has no sentence yet is shown by its name."""
    teller = SENTENCES.get(event.kind)
    return teller(event.data) if teller else event.kind.replace("_", " ")


def about(events: Sequence[EventLine], codes: Container[str], most: int = 8) -> list[EventLine]:
    """What someone at work on these checks wants to know: not how every other verdict moved along."""
    relevant = [e for e in events if e.kind not in QUIET and (e.kind != JUDGED or e.data.get("code") in codes)]
    return relevant[:most]


def _changed(data: Json) -> str:
    paths = ", ".join(change["path"].replace(".", ": ").replace("_", " ") for change in data.get("changes", [])[:4])
    return str(_("Gegevens gewijzigd: %(paths)s.", paths=paths))


def _judged(data: Json) -> str:
    title = data.get("title") or data["code"]
    return str(_("%(title)s: van %(old)s naar %(new)s.", title=title, old=data["old"], new=data["new"]))


def _returned(data: Json) -> str:
    return str(_("Teruggezonden door de hoormedewerker: %(reason)s.", reason=data.get("reason", "")))


SENTENCES: dict[str, Teller] = {
    "geopend": lambda data: _("Dossier geopend."),
    "gegevens_gewijzigd": _changed,
    "taak_geopend": lambda data: _("Taak %(task)s geopend.", task=data.get("task", "")),
    "werk_begonnen": lambda data: _("Begonnen: %(task)s.", task=data.get("task", "")),
    "taak_geclaimd": lambda data: _("Taak %(task)s genomen.", task=data.get("task", "")),
    "taak_teruggegeven": lambda data: _("Taak %(task)s teruggegeven aan het team.", task=data.get("task", "")),
    "taak_toegewezen": lambda data: _(
        "Taak %(task)s toegewezen aan %(to)s.", task=data.get("task", ""), to=data.get("to", "")
    ),
    "taak_afgerond": lambda data: _("Taak %(task)s afgerond.", task=data.get("task", "")),
    "taak_vervallen": lambda data: _(
        "Taak %(task)s vervallen: %(reason)s.", task=data.get("task", ""), reason=data.get("reason", "")
    ),
    "oordeel_gewijzigd": _judged,
    "verzoek_geopend": lambda data: _("Verzoek aan %(partij)s gemaakt.", partij=data.get("partij", "")),
    "verzoek_verzonden": lambda data: _(
        "Vraag aan %(partij)s gaat mee met het volgende bericht.", partij=data.get("partij", "")
    ),
    "verzoek_herinnerd": lambda data: _(
        "Herinnering aan %(partij)s gaat mee met het volgende bericht.", partij=data.get("partij", "")
    ),
    "verzoek_gesloten": lambda data: _("Verzoek aan %(partij)s gesloten.", partij=data.get("partij", "")),
    "stuk_toegevoegd": lambda data: _("Stuk toegevoegd: %(soort)s.", soort=data.get("soort", "").replace("_", " ")),
    "stuk_ingetrokken": lambda data: _("Stuk ingetrokken: %(soort)s.", soort=data.get("soort", "").replace("_", " ")),
    "stuk_gekoppeld": lambda data: _(
        "Uit het postvak bij dit dossier gelegd: %(file)s.", file=data.get("filename", "")
    ),
    "stuk_losgemaakt": lambda data: _(
        "Terug naar het postvak: %(file)s. %(reason)s", file=data.get("filename", ""), reason=data.get("reason", "")
    ),
    "stuk_in_quarantaine": lambda data: _(
        "In quarantaine, wacht op de virusscanner: %(file)s.", file=data.get("filename", "")
    ),
    "stuk_afgekeurd": lambda data: _(
        "Afgekeurd: %(file)s. %(reason)s.", file=data.get("filename", ""), reason=data.get("reason", "")
    ),
    "vrijgegeven": lambda data: _("Vrijgegeven voor het gehoor."),
    "vrijgave_ingetrokken": lambda data: _("Vrijgave ingetrokken: %(reason)s.", reason=data.get("reason", "")),
    "aanvaard": lambda data: _("Aanvaard door de hoormedewerker."),
    "teruggezonden": _returned,
    "vrijgesteld": lambda data: _("Punt %(code)s vrijgesteld.", code=data.get("code", "")),
    "vrijstelling_aangevraagd": lambda data: _(
        "Vrijstelling van %(code)s aangevraagd; een tweede collega moet bevestigen.", code=data.get("code", "")
    ),
    "vrijstelling_afgewezen": lambda data: _(
        "Aangevraagde vrijstelling van %(code)s afgewezen.", code=data.get("code", "")
    ),
    "niet_meer_gereed": lambda data: data.get("sentence", ""),
    "weer_gereed": lambda data: _("Het dossier is weer zo ver als het was."),
    "vrijstelling_ingetrokken": lambda data: _("Vrijstelling van %(code)s ingetrokken.", code=data.get("code", "")),
    "bericht_ontvangen": lambda data: _("Bericht ontvangen."),
    "bericht_geweigerd": lambda data: _("Een bericht kwam op het verkeerde moment; het proces is niet veranderd."),
    "beslissing": lambda data: _("Beslistabel %(name)s toegepast.", name=data.get("name", "").replace("_", " ")),
    "termijn_berekend": lambda data: _("Termijn berekend."),
    "termijn_vervallen": lambda data: _("Termijn vervallen."),
    "termijn_opgeschort": lambda data: data.get("what", ""),
    "termijn_verlengd": lambda data: data.get("what", ""),
    "rechter_bepaalde": lambda data: data.get("what", ""),
    "in_gebreke_gesteld": lambda data: data.get("what", ""),
    "opschorting_beeindigd": lambda data: _("Opschorting beëindigd. %(what)s", what=data.get("what", "")),
    "termijnfeit_gecorrigeerd": lambda data: _("Gecorrigeerd. %(what)s", what=data.get("what", "")),
    "termijnfeit_ingetrokken": lambda data: _("Telt niet meer mee: %(what)s", what=data.get("what", "")),
    "timer_afgegaan": lambda data: _("Een wachttijd is verstreken."),
    "storing_gemeld": lambda data: _("Storing gemeld bij de beheerder."),
    "storing_opgelost": lambda data: _("Storing opgelost."),
    "afwijking": lambda data: _("Afwijking van het proces vastgelegd."),
    "proces_gewijzigd": lambda data: _(
        "Het dossier gaat verder in versie %(to)s van het proces.", to=data.get("to", "")
    ),
    "beleid_gewijzigd": lambda data: _(
        "Het dossier wordt voortaan beoordeeld met versie %(to)s van het beleid.", to=data.get("to", "")
    ),
    "afgesloten": lambda data: _("Dossier afgesloten."),
}

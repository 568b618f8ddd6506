"""The rows of a dossier as checks see them: the names and shapes of the completeness specification."""

from datetime import date
from typing import Any

from bedrijfsbureau import checks, feel
from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.dossiersoort import Record
from bedrijfsbureau.model import Dossier, Json, Stuk, Verzoek, Vrijstelling
from bedrijfsbureau.queries.worklist import local_day


def view_of(dossier: Dossier, parsed: Json, kind: Kind, relaties: list[Json], today: date) -> checks.DossierView:
    return checks.DossierView(
        dossiersoort=dossier.dossiersoort,
        regime=dossier.regime,
        today=today,
        gegevens=parsed,
        stukken=tuple(stuk_of(stuk) for stuk in dossier.stukken),
        verzoeken=tuple(verzoek_of(verzoek) for verzoek in dossier.verzoeken),
        relaties=tuple(relaties),
        instellingen=kind.policy.instellingen,
        vrijstellingen=tuple(vrijstelling_of(each) for each in dossier.vrijstellingen if each.counts),
        terugzendingen=dossier.reopened,
    )


def shown_by(record: Record) -> checks.Show:
    """How messages of checks write a value: as the record does, which knows choices and the names of codes."""

    def show(path: str, value: Any) -> str:
        return record.show(path, feel.to_json(value)) if record.knows(path) else checks.show(path, value)

    return show


def verzoek_of(verzoek: Verzoek) -> Json:
    return {
        "punt": verzoek.code,
        "partij": verzoek.partij,
        "verzonden_op": verzoek.reminded_on or verzoek.asked_on,
        "herinneringen": verzoek.reminders,
        "open": verzoek.is_open,
    }


def vrijstelling_of(row: Vrijstelling) -> checks.Vrijstelling:
    """In force from the day that the last of two agreed."""
    by = f"{row.granted_by} en {row.confirmed_by}" if row.confirmed_by else row.granted_by
    why = f"{row.ground}: {row.reason}" if row.ground else row.reason
    return checks.Vrijstelling(row.code, by, why, local_day(row.confirmed_at or row.granted_at), row.valid_until)


def stuk_of(stuk: Stuk) -> Json:
    return {
        "soort": stuk.soort,
        "staat": stuk.state.value,
        "ontvangen_op": stuk.received_on,
        "van": stuk.source,
        "geldig_tot": stuk.valid_until,
        "in_gebruik": stuk.in_use,
        "gegevens": stuk.gegevens,
    }

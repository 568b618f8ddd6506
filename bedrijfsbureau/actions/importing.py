"""Importing dossiers row by row: a bad row is reported, the others are taken, and taking one twice changes nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from bedrijfsbureau.actions.command.at_hand import AMSTERDAM
from bedrijfsbureau.actions.command.stuk_rows import wrong_in
from bedrijfsbureau.actions.dossiers import open_dossier
from bedrijfsbureau.actions.kinds.in_force import newest_process, policy_on
from bedrijfsbureau.actions.kinds.kind import Kind, load_kind
from bedrijfsbureau.actions.rows import Row
from bedrijfsbureau.database import Tx
from bedrijfsbureau.errors import InvalidInput, NotFound
from bedrijfsbureau.model import Dossier, Json, Locatie, Stuk, StukState


def import_row(tx: Tx, row: Row) -> Dossier | None:
    """Open the dossier of this row with its stukken; None when its key was imported before.

    Raises InvalidInput with what is wrong by field.
    """
    faults: dict[str, list[str]] = {name: [message] for name, message in row.faults.items()}
    if "" in faults:  # not even a row
        raise InvalidInput({"": faults[""]})
    locatie_id = tx.session.scalar(select(Locatie.id).where(Locatie.name == row.locatie))
    if locatie_id is None and "locatie" not in faults:
        faults["locatie"] = [f"Locatie '{row.locatie[:80]}' bestaat niet. Maak haar eerst aan of verbeter de naam."]
    kind = _kind(tx, row, faults)
    gegevens = _gegevens(kind, row, faults) if kind else {}
    stukken = [_stuk(tx, kind, stuk, faults) for stuk in row.stukken] if kind else []
    if faults or locatie_id is None:
        raise InvalidInput(faults)
    if tx.session.scalar(select(Dossier.id).where(Dossier.source_key == f"{row.soort}:{row.key}")) is not None:
        return None
    return open_dossier(
        tx,
        soort=row.soort,
        locatie_id=locatie_id,
        gegevens=gegevens,
        stukken=[stuk for stuk in stukken if stuk is not None],
        source_key=f"{row.soort}:{row.key}",
    )


def _kind(tx: Tx, row: Row, faults: dict[str, list[str]]) -> Kind | None:
    if "dossiersoort" in faults:
        return None
    try:
        process = newest_process(tx, row.soort)
        policy = policy_on(tx, row.soort, tx.now.astimezone(AMSTERDAM).date())
    except NotFound as error:
        faults["dossiersoort"] = [str(error)]
        return None
    return load_kind(tx, process.id, policy.id)


def _gegevens(kind: Kind, row: Row, faults: dict[str, list[str]]) -> Json:
    gegevens: Json = {}
    for path, raw in row.values.items():
        try:
            value = kind.soort.record.load_value(path, raw)
        except NotFound as error:
            faults[path] = [str(error)]
            continue
        except InvalidInput as error:
            faults |= error.fields
            continue
        group, _, name = path.partition(".")
        if name:
            gegevens.setdefault(group, {})[name] = value
        else:
            gegevens[group] = value
    return gegevens


def _stuk(tx: Tx, kind: Kind, content: Mapping[str, Any], faults: dict[str, list[str]]) -> Stuk | None:
    soort, gegevens = content.get("soort"), content.get("gegevens") or {}
    known = kind.soort.stukken.get(soort) if isinstance(soort, str) else None
    if known is None:
        faults["stukken"] = [f"Soort stuk '{str(soort)[:80]}' bestaat niet voor {kind.soort.key}."]
        return None
    if not isinstance(gegevens, dict) or not isinstance(content.get("van") or "", str) or wrong_in(gegevens):
        faults["stukken"] = [f"De gegevens van '{soort}' kloppen niet. Schrijf naam en waarde; datums als jjjj-mm-dd."]
        return None
    try:
        received_on = date.fromisoformat(content["ontvangen_op"]) if content.get("ontvangen_op") else None
    except (TypeError, ValueError):
        faults["stukken"] = [f"De ontvangstdatum van '{soort}' is geen datum. Schrijf jjjj-mm-dd."]
        return None
    return Stuk(
        soort=soort,
        state=StukState.AANWEZIG,
        received_on=received_on or tx.now.astimezone(AMSTERDAM).date(),
        source=content.get("van") or known.party,
        gegevens=gegevens,
        in_use=False,
        versions=[],
    )

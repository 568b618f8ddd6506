"""The printed cover of a released dossier. All that it shows goes to the template as data, never as source."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import typst
from flask_babel import gettext as _
from flask_babel import ngettext

from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.queries.gehoren import Release
from bedrijfsbureau.web.dossier.sealed import Piece, Record
from bedrijfsbureau.web.formats import full_day, moment
from bedrijfsbureau.web.streep import mark

TEMPLATE = Path(__file__).parents[1] / "templates" / "typst" / "omslag.typ"
SEAL_GROUP = 8  # characters of a seal between spaces


def cover(found: Release, record: Record, kind: Kind, is_whole: bool) -> bytes:
    """An A4 PDF. Only fonts that come with typst are used, so that it looks the same everywhere."""
    data = orjson.dumps({"words": _words(record), **_data(found, record, kind, is_whole)}).decode()
    pdf: bytes = typst.compile(_source(), sys_inputs={"data": data}, ignore_system_fonts=True)
    return pdf


@lru_cache
def _source() -> bytes:
    return TEMPLATE.read_bytes()


def _data(found: Release, record: Record, kind: Kind, is_whole: bool) -> dict[str, Any]:
    gehoor = full_day(found.gehoor_op) if found.gehoor_op else _("nog niet gepland")
    return {
        "number": found.number,
        "heading": found.heading,
        "seal": _grouped(found.sealed.seal),
        "is_whole": is_whole,
        "standing": " ".join(filter(None, [_standing(found), (found.setback or {}).get("sentence", "")])),
        "remark": record.remark,
        "facts": [
            [_("Soort dossier"), kind.soort.name],
            [_("Regime"), record.regime or _("niet van toepassing")],
            [_("Locatie"), found.locatie],
            [_("Gehoor"), gehoor],
            [_("Vrijgegeven"), _("%(at)s door %(by)s", at=moment(record.at), by=record.by)],
            [_("Vrijgave"), _("nummer %(number)s", number=record.number)],
            [_("Regels"), _("beleid versie %(policy)s, proces versie %(process)s",
                            policy=record.policy_version, process=record.process_version)],
        ],
        "bars": [mark(verdict) for verdict in record.verdicts],
        "tally": _tally(record),
        "advising": [[verdict["title"], verdict["message"]] for verdict in record.advising],
        "inventory": [_line(piece) for piece in record.inventory],
        "vrijstellingen": [
            [each.title, each.reason, each.by, full_day(each.valid_until)] for each in record.vrijstellingen
        ],
        "unsure": list(record.unsure),
    }  # fmt: skip


def _line(piece: Piece) -> list[str]:
    version = _("versie %(number)s", number=piece.version) if piece.version else _("elders")
    name = f"{piece.name} ({_('vertrouwelijk')})" if piece.is_confidential else piece.name
    return [str(piece.number), name, version, full_day(piece.received_on), piece.source, piece.sha256[:SEAL_GROUP]]


def _tally(record: Record) -> list[list[str]]:
    """Letter of the bar and the words beside it; what does not occur is left out."""
    counts = record.tally
    lines = [
        ("o", counts.in_order, _("%(num)s in orde", num=counts.in_order)),
        ("a", counts.advising, ngettext("%(num)d adviseert", "%(num)d adviseren", counts.advising)),
        ("v", counts.waived, _("%(num)s vrijgesteld", num=counts.waived)),
        ("n", counts.not_applicable, _("%(num)s niet van toepassing", num=counts.not_applicable)),
    ]
    return [[letter, str(words)] for letter, count, words in lines if count]


def _standing(found: Release) -> str:
    """What became of the vrijgave, "" while it stands."""
    row = found.sealed
    if row.returned_at:
        return str(_("Teruggezonden %(at)s door %(by)s", at=moment(row.returned_at), by=row.returned_by))
    if row.withdrawn_at:
        return str(_("Ingetrokken %(at)s", at=moment(row.withdrawn_at)))
    if row.accepted_at:
        return str(_("Aanvaard %(at)s door %(by)s", at=moment(row.accepted_at), by=row.accepted_by))
    return ""


def _words(record: Record) -> dict[str, Any]:
    """The fixed words of the page, in the language of the reader."""
    return {
        "kicker": _("Omslag van het dossier voor het gehoor"),
        "seal": _("Zegel"),
        "broken": _("Dit zegel klopt niet: de vrijgave is na het verzegelen veranderd. Gebruik dit stuk niet."),
        "whole": _("Het zegel klopt: de vrijgave is niet veranderd sinds zij is vastgelegd."),
        "remark": _("Opmerking van het bedrijfsbureau"),
        "completeness": _("Compleetheid bij vrijgave"),
        "advising": _("Adviseert"),
        "inventory": ngettext("Inventaris: %(num)d stuk", "Inventaris: %(num)d stukken", len(record.inventory)),
        "no_inventory": _("Bij deze vrijgave zaten geen stukken."),
        "columns": [_("Nr."), _("Stuk"), _("Versie"), _("Ontvangen"), _("Van"), _("Kenmerk")],
        "vrijstellingen": _("Vrijstellingen"),
        "no_vrijstellingen": _("Er is geen punt vrijgesteld."),
        "vrijstelling_columns": [_("Punt"), _("Reden"), _("Door"), _("Geldt tot")],
        "unsure": _("Te bevestigen"),
        "unsure_text": _("De regel achter deze punten is nog niet bevestigd door de proceseigenaar:"),
        "page": _("blad"),
        "of": _("van"),
    }


def _grouped(seal: str) -> str:
    return " ".join(seal[start : start + SEAL_GROUP] for start in range(0, len(seal), SEAL_GROUP))

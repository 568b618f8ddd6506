"""The whole sealed record of a vrijgave on paper: every verdict, every fingerprint, every rule's version."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import typst
from flask_babel import gettext as _

from bedrijfsbureau.actions.kinds.kind import Kind
from bedrijfsbureau.dossiersoort import Json
from bedrijfsbureau.model import Vrijgave
from bedrijfsbureau.web.formats import clock, full_day, iso_day

TEMPLATE = Path(__file__).parents[1] / "templates" / "typst" / "vrijgave.typ"


def whole_record(vrijgave: Vrijgave, kind: Kind, is_whole: bool) -> bytes:
    """A PDF; fonts are those that come with typst."""
    content = vrijgave.content
    data = {
        "words": _words(), "number": content["dossier"], "seal": vrijgave.seal, "is_whole": is_whole,
        "facts": _facts(vrijgave), "parts": _parts(content, kind),
    }  # fmt: skip
    inputs = {"data": orjson.dumps(data).decode()}
    pdf: bytes = typst.compile(_source(), sys_inputs=inputs, ignore_system_fonts=True)
    return pdf


@lru_cache
def _source() -> bytes:
    return TEMPLATE.read_bytes()


def _facts(vrijgave: Vrijgave) -> list[list[str]]:
    content, released = vrijgave.content, f"{full_day(vrijgave.at)} {clock(vrijgave.at)}"
    versions = _("beleid versie %(policy)s, proces versie %(process)s", policy=content["policy_version"],
                 process=content["process_version"])  # fmt: skip
    return [
        [_("Vrijgave"), _("nummer %(number)s", number=content["number"])],
        [_("Vrijgegeven"), _("%(at)s door %(by)s", at=released, by=content["by"])],
        [_("Beoordeeld voor"), iso_day(content["today"])],
        [_("Regime"), content.get("regime") or _("niet van toepassing")],
        [_("Regels"), versions],
        [_("Programma"), _("versie %(number)s", number=(content.get("program") or {}).get("version", "?"))],
    ]


def _parts(content: Json, kind: Kind) -> list[dict[str, Any]]:
    titles = {each["code"]: each["title"] for each in content["verdicts"]}
    verdicts = [[v["code"], v["title"], v["state"], v["message"]] for v in content["verdicts"]]
    waived = [
        [each["code"], titles.get(each["code"], ""), each["reason"], each["by"], iso_day(each["valid_until"])]
        for each in content["vrijstellingen"]
    ]
    stukken = [
        [_name(kind, stuk["soort"]), _("versie %(number)s", number=version["number"]), iso_day(stuk["received_on"]),
         stuk["source"], version["sha256"]]
        for stuk in content["stukken"] for version in stuk["versions"]
    ]  # fmt: skip
    elsewhere = [
        [_name(kind, stuk["soort"]), _("elders"), iso_day(stuk["received_on"]), stuk["source"], "-"]
        for stuk in content["stukken"] if not stuk["versions"]
    ]  # fmt: skip
    origins = (content.get("program") or {}).get("checks", {})
    code = [[name, f"{origin['package']} {origin['version']}", origin["sha256"]] for name, origin in origins.items()]
    return [
        _part(_("Oordelen"), [0, 3, 0, 5], [_("Code"), _("Punt"), _("Oordeel"), _("Melding")], verdicts),
        _part(_("Vrijstellingen"), [0, 3, 4, 2, 0],
              [_("Code"), _("Punt"), _("Reden"), _("Door"), _("Geldt tot")], waived),
        _part(_("Stukken"), [3, 0, 0, 2, 4],
              [_("Stuk"), _("Versie"), _("Ontvangen"), _("Van"), _("Kenmerk (SHA-256)")], stukken + elsewhere),
        _part(_("Controles in Python"), [0, 2, 4], [_("Code"), _("Pakket"), _("Kenmerk (SHA-256)")], code),
    ]  # fmt: skip


def _part(title: str, widths: list[int], columns: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "widths": widths, "columns": columns, "rows": rows, "empty": _("Geen.")}


def _name(kind: Kind, soort: str) -> str:
    known = kind.soort.stukken.get(soort)
    return known.name if known else soort


def _words() -> dict[str, str]:
    return {
        "title": _("Verzegelde vrijgave"),
        "seal": _("Zegel"),
        "broken": _("Dit zegel klopt niet: de vrijgave is na het verzegelen veranderd. Gebruik dit stuk niet."),
        "whole": _("Het zegel klopt: de vrijgave is niet veranderd sinds zij is vastgelegd."),
        "reckon": _(
            "De regels waarnaar is beoordeeld, staan woordelijk in het JSON-bestand van deze vrijgave. De "
            "beheerder kan haar narekenen met: bedrijfsbureau release verify, gevolgd door het nummer."
        ),
        "page": _("blad"),
        "of": _("van"),
    }

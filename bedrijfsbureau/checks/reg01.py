"""De registratie bevat alles wat artikel 27 noemt.

De gegevens mogen uit het screeningsformulier komen. Wat daar al staat, wordt niet opnieuw gevraagd. De melding noemt
de velden die leeg zijn.
"""

from collections.abc import Iterator, Mapping

from bedrijfsbureau.checks.check import Check, Example, State, paths
from bedrijfsbureau.checks.view import DossierView
from bedrijfsbureau.checks.words import enumerate_nl

REQUIRED = {
    "aanvraag.datum_verzoek": "datum van het verzoek",
    "aanvraag.plaats_verzoek": "plaats van het verzoek",
    "aanvraag.autoriteit": "autoriteit",
    "aanvraag.datum_registratie": "datum van registratie",
    "persoon.geboortedatum": "geboortedatum",
    "persoon.geboorteplaats": "geboorteplaats",
    "persoon.geslacht": "geslacht",
    "gezin.nagegaan_op": "gezin nagegaan op",
    "documentverklaring.heeft_documenten": "heeft documenten",
}
NATIONALITEIT = ("persoon.nationaliteiten", "nationaliteit of staatloos")
BEREIKBAAR = ("contact.adres_id", "adres, telefoon of e-mail")


def empty(view: DossierView) -> Iterator[tuple[str, str]]:
    yield from ((path, label) for path, label in REQUIRED.items() if view[path] is None)
    if not view["persoon.nationaliteiten"] and view["persoon.staatloos"] is not True:
        yield NATIONALITEIT
    known = view["contact.telefoon_bekend"] is True or view["contact.e_mail_bekend"] is True
    if view["contact.adres_id"] is None and not known:
        yield BEREIKBAAR


def particulars(view: DossierView) -> Mapping[str, str]:
    return {"lege_velden": enumerate_nl(label for _, label in empty(view))}


check = Check(
    code="REG01",
    title="Registratiegegevens art. 27 compleet",
    theme="Aanvraag",
    basis=(
        "[D] Vo. 2024/1348 art. 27 lid 1 a–d (mag uit het screeningsformulier komen; al bekende gegevens niet "
        "opnieuw vragen)"
    ),
    evidence="aanvraag.*, persoon.*, contact.*, documentverklaring",
    messages={
        State.ONTBREEKT: (
            "De registratie is niet compleet. Leeg: {lege_velden}. "
            "Kijk eerst in het screeningsformulier, vraag niet opnieuw wat daar al staat."
        ),
    },
    satisfied=lambda view: not any(empty(view)),
    missing=lambda view: tuple(path for path, _ in empty(view)),
    particulars=particulars,
    reads=paths(
        *REQUIRED,
        "persoon.nationaliteiten",
        "persoon.staatloos",
        "contact.adres_id",
        "contact.telefoon_bekend",
        "contact.e_mail_bekend",
    ),
    examples=(
        Example("adres volstaat zonder telefoon", ("asiel-pact",), State.VOLDAAN, {"contact.telefoon_bekend": None}),
        Example(
            "geen geboorteplaats",
            ("asiel-pact",),
            State.ONTBREEKT,
            {"persoon.geboorteplaats": None},
            "De registratie is niet compleet. Leeg: geboorteplaats. "
            "Kijk eerst in het screeningsformulier, vraag niet opnieuw wat daar al staat.",
        ),
    ),
)

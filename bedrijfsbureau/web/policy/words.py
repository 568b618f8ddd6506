"""Words of policies in the language of the reader; what lower layers say is Dutch."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from bedrijfsbureau.model import ChangeKind, DraftStatus, PreviewStatus, Transition
from bedrijfsbureau.web.formats import translatable

PHASES = {"P": lazy_gettext("planning"), "B": lazy_gettext("vrijgave")}
WAIVERS = ("nee", "n.v.t.", "medewerker", "senior", "teamleider", "verdeelstation")
TRANSITIONS = {
    Transition.UNRELEASED: (
        lazy_gettext("Lopende dossiers gaan over, behalve wat is vrijgegeven"),
        lazy_gettext("Een vrijgegeven dossier houdt zijn beleid zolang de vrijgave geldt."),
    ),
    Transition.ALL: (
        lazy_gettext("Alle lopende dossiers gaan over"),
        lazy_gettext("Een vrijgave die niet meer klopt, wordt ingetrokken."),
    ),
    Transition.NEW: (
        lazy_gettext("Alleen nieuwe dossiers"),
        lazy_gettext("Lopende dossiers houden het beleid dat zij hebben."),
    ),
}
STATUSES = {
    DraftStatus.CONCEPT: lazy_gettext("in bewerking"),
    DraftStatus.OFFERED: lazy_gettext("aangeboden"),
    DraftStatus.PUBLISHED: lazy_gettext("gepubliceerd"),
    DraftStatus.WITHDRAWN: lazy_gettext("weggegooid"),
}
PREVIEWS = {
    PreviewStatus.RUNNING: lazy_gettext("bezig"),
    PreviewStatus.DONE: lazy_gettext("klaar"),
    PreviewStatus.STOPPED: lazy_gettext("gestopt"),
    PreviewStatus.FAILED: lazy_gettext("mislukt"),
}
KINDS = {
    ChangeKind.VRIJGAVE: lazy_gettext("Vrijgaven die vervallen"),
    ChangeKind.READY: lazy_gettext("Gereedheid"),
    ChangeKind.TASK: lazy_gettext("Taken"),
    ChangeKind.VERDICT: lazy_gettext("Oordelen per punt"),
    ChangeKind.DECISION: lazy_gettext("Beslissingen"),
}
DEEDS = {
    "gewijzigd": lazy_gettext("wijzigde"),
    "aangeboden": lazy_gettext("bood aan"),
    "teruggestuurd": lazy_gettext("stuurde terug"),
    "goedgekeurd": lazy_gettext("keurde goed"),
}
LABELS = (  # what `checks.compare` calls the fields of a row
    translatable("Titel"), translatable("Thema"), translatable("Nodig vóór"), translatable("Blokkeert"),
    translatable("Mag vrijstellen"), translatable("Tweede paar ogen bij vrijstellen"), translatable("Wie levert"),
    translatable("Taak"), translatable("Geldig vanaf"), translatable("Geldig tot en met"), translatable("Geldt als"),
    translatable("Voldaan als"),
    translatable("Tegenstrijdig als"), translatable("Verlopen als"), translatable("Bewijs"), translatable("Basis"),
    translatable("Uitleg"), translatable("nieuw"), translatable("vervalt"), translatable("gewijzigd"),
)  # fmt: skip


def label(text: str) -> str:
    return str(_(text)) if text in LABELS else text

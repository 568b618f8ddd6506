"""What became of a rappel and how it goes, in the words of the screens."""

from flask_babel import lazy_gettext

from bedrijfsbureau.model import Channel, RappelState

STATES = {
    RappelState.QUEUED: lazy_gettext("wordt zo verzonden"),
    RappelState.SENDING: lazy_gettext("onderweg, nog niet bevestigd"),
    RappelState.SENT: lazy_gettext("verzonden"),
    RappelState.FAILED: lazy_gettext("mislukt, wordt opnieuw geprobeerd"),
    RappelState.LISTED: lazy_gettext("lijst, nog af te geven"),
    RappelState.HANDED: lazy_gettext("lijst, afgegeven"),
    RappelState.EMPTY: lazy_gettext("vervallen: alles was al beantwoord"),
}
CHANNELS = {
    Channel.MAIL: lazy_gettext("e-mail"),
    Channel.WEBHOOK: lazy_gettext("webhook"),
    Channel.LIST: lazy_gettext("lijst om af te geven"),
}

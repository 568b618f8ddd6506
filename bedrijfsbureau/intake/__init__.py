"""What a file that comes in from outside is, by its content, and whether it may stay. Knows no database and no web."""

from bedrijfsbureau.intake.examine import Examined, examine
from bedrijfsbureau.intake.kinds import KINDS, Kind, kind_of
from bedrijfsbureau.intake.names import safe_name, shown_name
from bedrijfsbureau.intake.preview import Picture, can_show, count_pages, picture
from bedrijfsbureau.intake.rules import Rules
from bedrijfsbureau.intake.scanner import Scanner, Verdict

__all__ = [
    "KINDS",
    "Examined",
    "Kind",
    "Picture",
    "Rules",
    "Scanner",
    "Verdict",
    "can_show",
    "count_pages",
    "examine",
    "kind_of",
    "picture",
    "safe_name",
    "shown_name",
]

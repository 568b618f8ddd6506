"""What will probably happen: when a dossier becomes behandelklaar, from how long its open checks usually stay open.

Pure: days are numbers, a moment is a day counted from any fixed one.
"""

from bedrijfsbureau.planning.backtest import Learnt, Score, learn
from bedrijfsbureau.planning.calibration import Calibration
from bedrijfsbureau.planning.course import Course, Spell
from bedrijfsbureau.planning.outlook import Item, Outlook, outlook
from bedrijfsbureau.planning.survival import Curve, kaplan_meier
from bedrijfsbureau.planning.waits import ENOUGH, Waits

__all__ = [
    "ENOUGH",
    "Calibration",
    "Course",
    "Curve",
    "Item",
    "Learnt",
    "Outlook",
    "Score",
    "Spell",
    "Waits",
    "kaplan_meier",
    "learn",
    "outlook",
]

"""What is wrong with decision tables, found without data: gaps, overlaps, and rules that never have effect.

Every input is cut into pieces within which each test of its column answers alike (pieces.py); a rule is then a box of
pieces, and a table a set of boxes in a space (space.py). What a test says of a piece is asked of FEEL itself, with one
value out of that piece, which is also the example in the finding.
"""

from bedrijfsbureau.dmn.analysis.finding import Finding
from bedrijfsbureau.dmn.analysis.model import analyse

__all__ = ["Finding", "analyse"]

"""`python -m bedrijfsbureau.termijnen` writes the reference page of the rules to standard output."""

import sys

from bedrijfsbureau.termijnen.reference import page

sys.stdout.write(page())

"""`python -m bedrijfsbureau.checks > docs/reference/checks.md`: the reference page of all checks."""

import sys

from bedrijfsbureau.checks import page

sys.stdout.write(page())

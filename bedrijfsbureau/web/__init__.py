"""The screens: each opens a transaction, calls one action or query, and shows the result.

`app.py` is the table of contents: every screen is one module in `screens/`, with its page in `templates/`.
"""

from bedrijfsbureau.web.app import create_app
from bedrijfsbureau.web.config import Config

__all__ = ["Config", "create_app"]

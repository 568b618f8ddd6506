"""Every sentence of the screens that is up for translation, found in the source."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from bedrijfsbureau import web

METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.i18n"}}
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "translatable": None}


def extracted() -> Catalog:
    found = Catalog()
    folder = Path(web.__file__).parent
    for path, line, message, _comments, _context in extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS):
        found.add(message, locations=[(path, line)])
    return found

"""A screen opens for the roles that have it in their menu: hiding an entry alone would keep nobody out."""

from bedrijfsbureau.errors import Forbidden
from bedrijfsbureau.web.current import actor
from bedrijfsbureau.web.shell import entries


def admit(endpoint: str) -> None:
    """Raises Forbidden unless the menu of this request's actor has `endpoint`."""
    if not may_open(endpoint):
        raise Forbidden("Dit scherm hoort niet bij uw rol. Vraag een collega met de juiste rol, of uw beheerder.")


def may_open(endpoint: str) -> bool:
    return any(entry.endpoint == endpoint for entry in entries(actor().role))

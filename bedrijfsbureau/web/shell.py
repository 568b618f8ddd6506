"""The frame around every page: where one can go, who is signed in, and the addresses of our own files."""

import hashlib
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import get_locale, lazy_gettext
from flask_login import current_user

from bedrijfsbureau.model import Role
from bedrijfsbureau.web.cookies import LANGUAGES, chosen
from bedrijfsbureau.web.current import installation
from bedrijfsbureau.web.streep import OPEN_STATES, large_streep, mark, streep, tally

STYLES = (
    "order", "tokens", "base", "shell", "controls", "marks", "tables", "dialog", "worklist", "task", "dossier",
    "gehoren", "stukken", "rappel", "overview", "processes", "operations", "messages", "text", "narrow", "preferences",
)
WORK = frozenset({Role.MEDEWERKER, Role.HOORMEDEWERKER, Role.PLANNER, Role.MANAGER})
FINDERS = WORK | {Role.AUDITOR}


@dataclass(frozen=True)
class Entry:
    endpoint: str
    label: str  # lazily translated
    icon: str
    roles: frozenset[Role]
    under: str = ""  # the screen that it belongs to: whoever may open that finds it there, anyone else beside it

    @property
    def screen(self) -> str:
        return self.endpoint.partition(".")[0]


ENTRIES = (
    Entry("worklist.index", lazy_gettext("Werkvoorraad"), "inbox", WORK),
    Entry("dossiers.index", lazy_gettext("Dossiers"), "folder", WORK | {Role.AUDITOR}),
    Entry("inbox.index", lazy_gettext("Postvak"), "mail", frozenset({Role.MEDEWERKER, Role.PLANNER, Role.MANAGER})),
    Entry("rappel.index", lazy_gettext("Rappel"), "clock", WORK - {Role.HOORMEDEWERKER} | {Role.AUDITOR}),
    Entry("gehoren.index", lazy_gettext("Gehoren"), "cal", WORK - {Role.MEDEWERKER} | {Role.AUDITOR}),
    Entry(
        "vrijstellingen.index", lazy_gettext("Vrijstellingen"), "waive",
        WORK - {Role.HOORMEDEWERKER} | {Role.PROCESEIGENAAR, Role.AUDITOR}, under="overview",
    ),
    Entry(
        "overview.index", lazy_gettext("Sturing"), "chart",
        frozenset({Role.PLANNER, Role.MANAGER, Role.PROCESEIGENAAR, Role.AUDITOR}),
    ),
    Entry(
        "risk.index", lazy_gettext("Risicolijst"), "wait",
        frozenset({Role.PLANNER, Role.MANAGER, Role.AUDITOR}), under="overview",
    ),
    Entry(
        "processes.index", lazy_gettext("Processen"), "flow",
        frozenset({Role.PROCESEIGENAAR, Role.MANAGER, Role.BEHEERDER, Role.AUDITOR}),
    ),
    Entry(
        "termijnregels.index", lazy_gettext("Termijnregels"), "cal",
        frozenset({Role.PROCESEIGENAAR, Role.MANAGER, Role.AUDITOR}), under="processes",
    ),
    Entry(
        "rappel.texts.index", lazy_gettext("Rappelteksten"), "clock",
        frozenset({Role.PROCESEIGENAAR}), under="processes",
    ),
    Entry(
        "learning.index", lazy_gettext("Leren"), "return",
        frozenset({Role.PROCESEIGENAAR, Role.MANAGER, Role.AUDITOR}), under="processes",
    ),
    Entry("rappel.routes.index", lazy_gettext("Bezorging"), "clock", frozenset({Role.BEHEERDER})),
    Entry("operations.index", lazy_gettext("Storingen"), "high", frozenset({Role.BEHEERDER})),
    Entry("people.index", lazy_gettext("Medewerkers"), "assign", frozenset({Role.BEHEERDER})),
)  # fmt: skip


def frame_pages(app: Flask) -> None:
    app.jinja_env.globals.update(
        asset=asset,
        streep=streep,
        large_streep=large_streep,
        tally=tally,
        mark=mark,
        open_states=OPEN_STATES,
        form_key=form_key,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_frame)


def entries(role: Role | None) -> list[Entry]:
    """What this role may open, of what is installed: what you may not open is not shown, rather than greyed."""
    return [e for e in ENTRIES if role in e.roles and e.endpoint in current_app.view_functions]


@dataclass(frozen=True)
class Section:
    """An entry of the menu with those that belong to it; it comes first among `screens` when there are more."""

    entry: Entry
    screens: tuple[Entry, ...]

    def holds(self, screen: str) -> bool:
        return any(entry.screen == screen for entry in self.screens)


def sections(role: Role | None) -> list[Section]:
    found = entries(role)
    tops = {entry.screen for entry in found if not entry.under}
    return [
        Section(entry, (entry, *(each for each in found if each.under == entry.screen)))
        for entry in found
        if entry.under not in tops
    ]


def asset(name: str) -> str:
    """The address of one of our own files, with a stamp of its content, so that browsers may keep it for a year."""
    return _address(name, current_app.static_folder or "", request.script_root)


def form_key() -> str:
    """What makes this copy of a form one command, however often it is posted (`act_once`)."""
    return secrets.token_urlsafe(16)


def _frame() -> dict[str, Any]:
    account = None
    if not g.get("without_account") and current_user.is_authenticated:
        account = current_user.account
    return {
        "account": account,
        "sections": sections(account.actor.role) if account else [],
        "finders": FINDERS,
        "screen": (request.blueprint or "").partition(".")[0],  # a screen may have parts of its own
        "styles": STYLES,
        "theme": chosen("thema"),
        "density": chosen("dichtheid"),
        "language": get_locale().language,
        "languages": LANGUAGES,
        "notice": installation().config.notice,
    }


@lru_cache(maxsize=1000)
def _address(name: str, folder: str, root: str) -> str:
    """Asked for every icon on a page. `root`: what stands before every address here, as url_for knows."""
    return url_for("static", filename=name, v=_stamp(Path(folder) / name))


@lru_cache
def _stamp(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else None

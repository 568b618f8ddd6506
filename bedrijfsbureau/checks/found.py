"""Finding the Python checks: the files of this folder, and the entry points of installed packages."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points

from bedrijfsbureau.checks.check import Check
from bedrijfsbureau.errors import PolicyInvalid

ENTRY_POINT_GROUP = "bedrijfsbureau.checks"
CHECK_FILE = re.compile(r"[a-z]{2,5}[0-9]{2,3}")


@cache
def built_in() -> tuple[Check, ...]:
    """The checks of this folder, by code: one in each file that is named after its code."""
    package = importlib.import_module("bedrijfsbureau.checks")
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__) if CHECK_FILE.fullmatch(found.name))
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in names)
    return tuple(explained(module.check, module.__doc__) for module in modules)


def titles() -> Mapping[str, str]:
    """Code -> title of every check in Python."""
    return {check.code: check.title for check in (*built_in(), *plugins())}


def explained(check: Check, docstring: str | None) -> Check:
    """The check with the docstring of its file as its explanation, unless it brings one."""
    return check if check.explanation else replace(check, explanation=(docstring or "").strip())


def plugins() -> tuple[Check, ...]:
    """The checks of installed packages (entry point group `bedrijfsbureau.checks`), by name of the entry point.

    Raises PolicyInvalid naming the package when it cannot be loaded or is no `Check`.
    """
    return tuple(_load())


def _load() -> Iterator[Check]:
    for entry in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda e: (e.name, e.value)):
        package = entry.dist.name if entry.dist else entry.module
        try:
            check = entry.load()
        except Exception as error:  # whatever a foreign package raises while it is imported
            message = f"De controle '{entry.name}' uit pakket '{package}' is niet te laden: {error!r}."
            raise PolicyInvalid(message) from error
        if not isinstance(check, Check):
            raise PolicyInvalid(f"'{entry.value}' uit pakket '{package}' is geen controle (Check).")
        yield explained(check, sys.modules[entry.module].__doc__)

"""Where the code of a Python check comes from, so that later one can tell whether it is still the same."""

import hashlib
import inspect
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from typing import NamedTuple

from bedrijfsbureau.checks.found import ENTRY_POINT_GROUP, built_in, plugins


class Origin(NamedTuple):
    """sha256: of the source of its module; "" where no source came with the program."""

    package: str
    version: str
    sha256: str


def origins() -> Mapping[str, Origin]:
    """By code, of every Python check that is there now."""
    own = {check.code: ("bedrijfsbureau", f"bedrijfsbureau.checks.{check.code.lower()}") for check in built_in()}
    entries = sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda e: (e.name, e.value))
    foreign = zip(plugins(), entries, strict=True)
    others = {check.code: (entry.dist.name if entry.dist else entry.module, entry.module) for check, entry in foreign}
    return {code: _origin(*place) for code, place in (own | others).items()}


@cache
def _origin(package: str, module: str) -> Origin:
    try:
        source = inspect.getsource(sys.modules[module]).encode()
    except OSError:
        return Origin(package, _version(package), "")
    return Origin(package, _version(package), hashlib.sha256(source).hexdigest())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""

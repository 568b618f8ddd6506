"""Does the FEEL of a policy name what exists? A misspelt field is always empty, so its check would never be voldaan."""

from collections.abc import Iterator, Mapping

from bedrijfsbureau.checks.check import Check
from bedrijfsbureau.checks.message import PLACE
from bedrijfsbureau.checks.policy import Policy
from bedrijfsbureau.checks.row import NAMES
from bedrijfsbureau.dossiersoort import Record

IN_MESSAGES = frozenset({"verzoek", "partij"})


def unknown_paths(policy: Policy, record: Record) -> Mapping[str, tuple[str, ...]]:
    """Code -> the paths in its FEEL and messages that this record or these instellingen do not have.

    A row that is shared by two dossiersoorten may rightly name a field that only the other one has.
    """
    found = {
        rule.check.code: tuple(sorted({path for path in paths(rule.check) if not exists(path, policy, record)}))
        for rule in policy.rules
    }
    return {code: missing for code, missing in found.items() if missing}


def paths(check: Check) -> Iterator[str]:
    """Everything a row reads; nothing for a Python check, whose messages may hold particulars of its own."""
    if check.expressions:
        yield from (".".join(path) for path in check.reads if not is_inside_filter(path, check.reads))
        for template in check.messages.values():
            yield from PLACE.findall(template)


def is_inside_filter(path: tuple[str, ...], reads: frozenset[tuple[str, ...]]) -> bool:
    """`stukken[staat = "aanwezig"]` reads "staat" or "stukken.staat": nobody can say before there is a value."""
    return any(len(read) > len(path) and read[-len(path):] == path for read in reads)


def exists(path: str, policy: Policy, record: Record) -> bool:
    first, _, name = path.partition(".")
    if first == "instellingen":
        return name in policy.instellingen
    return first in NAMES or first in IN_MESSAGES or record.knows(path)

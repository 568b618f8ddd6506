"""Whether a completeness policy may be published: its own examples come out, and it reads only what exists."""

from collections.abc import Iterator

from bedrijfsbureau import checks
from bedrijfsbureau.dossiersoort import Dossiersoort
from bedrijfsbureau.errors import PolicyInvalid

MOST_SHOWN = 5


def check_policy(soort: Dossiersoort) -> None:
    """Raises PolicyInvalid with the first things that are wrong, each with the code of its check."""
    policy = checks.policy(soort.policy, checks.plugins())
    wrong = [*_misspelt(policy, soort), *_mistyped(policy, soort)]
    if soort.basisdossier is not None:
        wrong += checks.failing(policy, soort)
    if wrong:
        more = f" En nog {len(wrong) - MOST_SHOWN}." if len(wrong) > MOST_SHOWN else ""
        raise PolicyInvalid(
            f"Het beleid van {soort.name} is niet gepubliceerd. {' '.join(wrong[:MOST_SHOWN])}{more} "
            "Herstel dit en publiceer opnieuw."
        )


def _misspelt(policy: checks.Policy, soort: Dossiersoort) -> Iterator[str]:
    """A field that does not exist is always empty, so its check could never be voldaan. A row with examples on another
    dossiersoort is shared, and may name what only that one has: there the examples tell."""
    unknown = checks.unknown_paths(policy, soort.record)
    for code, paths in unknown.items():
        on = {key for example in policy.rule(code).check.examples for key in example.on}
        if on <= {soort.key}:
            yield f"Punt {code}: {', '.join(paths)} bestaat niet in het record of de instellingen."


def _mistyped(policy: checks.Policy, soort: Dossiersoort) -> Iterator[str]:
    for code, messages in checks.mistyped(policy, soort.record).items():
        yield f"Punt {code}: {' '.join(messages)}"

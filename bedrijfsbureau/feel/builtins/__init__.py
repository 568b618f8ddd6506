"""The standard functions of FEEL (DMN 1.5, 10.3.4). Importing this package fills the registry."""

from bedrijfsbureau.feel.builtins import (  # noqa: F401
    aggregates,
    contexts,
    conversions,
    lists,
    moments,
    numbers,
    ranges,
    strings,
)
from bedrijfsbureau.feel.registry import BUILTINS

FUNCTION_NAMES = frozenset(BUILTINS)

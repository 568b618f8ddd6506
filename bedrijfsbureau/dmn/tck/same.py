"""When an outcome counts as the expected one."""

from decimal import Decimal

from bedrijfsbureau.feel import DateTime, Time, Value
from bedrijfsbureau.feel.compare import equal

TOLERANCE = Decimal("1e-8")  # relative; the kit's results were computed with numbers of 64 bits, ours have 34 digits


def same(got: Value, wanted: Value) -> bool:
    if isinstance(got, Decimal) and isinstance(wanted, Decimal):
        return abs(got - wanted) <= (0 if wanted == wanted.to_integral_value() else abs(wanted) * TOLERANCE)
    if isinstance(wanted, list):
        return isinstance(got, list) and len(got) == len(wanted) and all(map(same, got, wanted))
    if isinstance(wanted, dict):
        return isinstance(got, dict) and got.keys() == wanted.keys() and all(same(got[key], wanted[key]) for key in got)
    if isinstance(wanted, Time | DateTime):
        return got == wanted or equal(got, wanted) is True
    return equal(got, wanted) is True

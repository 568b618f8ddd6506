"""The reference of the standard functions, by kind. The examples are tests; the signatures come from the registry."""

from collections.abc import Mapping

from bedrijfsbureau.feel.manual import contexts, conversions, dates, lists, numbers, ranges, texts
from bedrijfsbureau.feel.manual.entry import Entry

MANUAL: Mapping[str, Mapping[str, Entry]] = {
    "Conversion": conversions.ENTRIES,
    "Text": texts.ENTRIES,
    "Numbers and booleans": numbers.ENTRIES,
    "Lists": lists.ENTRIES,
    "Contexts": contexts.ENTRIES,
    "Dates and times": dates.ENTRIES,
    "Ranges": ranges.ENTRIES,
}
__all__ = ["MANUAL", "Entry"]

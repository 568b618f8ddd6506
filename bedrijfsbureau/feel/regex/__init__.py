"""Regular expressions of XPath and XQuery 3.1 (the ones FEEL prescribes), matched in a time that cannot explode.

Python's own `re` may take exponential time on a hostile pattern and speaks another dialect. Here each pair of
instruction and position in the text is tried at most once, and every step is charged to the budget of the evaluation.
"""

from bedrijfsbureau.feel.regex.matcher import find_all, search
from bedrijfsbureau.feel.regex.program import Program, compile_pattern

__all__ = ["Program", "compile_pattern", "find_all", "search"]

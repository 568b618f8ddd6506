"""What the reference says of one function."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """`does` and `null_when` are sentences; an example is an expression and the text of its value."""

    does: str
    null_when: str
    examples: tuple[tuple[str, str], ...]


def entry(does: str, *examples: str, null_when: str = "") -> Entry:
    """Examples are written as "expression => value"."""
    pairs = tuple(tuple(example.rsplit(" => ", 1)) for example in examples)
    return Entry(does, null_when, tuple((expression, value) for expression, value in pairs))

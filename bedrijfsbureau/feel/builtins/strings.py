"""Functions on text (DMN 1.5, 10.3.4.3). Positions count characters (Unicode code points) from 1."""

from bedrijfsbureau.feel.registry import builtin
from bedrijfsbureau.feel.run import check_text
from bedrijfsbureau.feel.values import Value


@builtin("substring", "string: string, start position: integer, length: integer?")
def substring(text: str, start: int, length: int | None = None) -> str:
    if start == 0 or abs(start) > len(text) or (length is not None and length < 1):
        raise ValueError("no such part")
    first = start - 1 if start > 0 else len(text) + start
    return text[first:] if length is None else text[first : first + length]


@builtin("string length", "string: string")
def string_length(text: str) -> int:
    return len(text)


@builtin("upper case", "string: string")
def upper_case(text: str) -> str:
    return text.upper()


@builtin("lower case", "string: string")
def lower_case(text: str) -> str:
    return text.lower()


@builtin("substring before", "string: string, match: string")
def substring_before(text: str, match: str) -> str:
    head, found, _ = text.partition(match) if match else ("", "", "")
    return head if found else ""


@builtin("substring after", "string: string, match: string")
def substring_after(text: str, match: str) -> str:
    return text.partition(match)[2] if match else text


@builtin("contains", "string: string, match: string")
def contains(text: str, match: str) -> bool:
    return match in text


@builtin("starts with", "string: string, match: string")
def starts_with(text: str, match: str) -> bool:
    return text.startswith(match)


@builtin("ends with", "string: string, match: string")
def ends_with(text: str, match: str) -> bool:
    return text.endswith(match)


@builtin("string join", "list: list, delimiter: string|null?")
def string_join(items: list[Value], delimiter: str | None = None) -> str:
    """null items are left out."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(item, str) for item in texts):
        raise ValueError("not all texts")
    return check_text((delimiter or "").join(texts))

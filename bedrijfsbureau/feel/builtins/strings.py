"""Functions on text (DMN 1.5, 10.3.4.3). Positions count characters (Unicode code points) from 1."""

from bedrijfsbureau.feel.regex import compile_pattern, find_all, search
from bedrijfsbureau.feel.registry import builtin
from bedrijfsbureau.feel.run import TEXT_BLOCK, Run, check_list, check_text
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


@builtin("string join", "list: list, delimiter: string|null?", wants_run=True)
def string_join(run: Run, items: list[Value], delimiter: str | None = None) -> str:
    """null items are left out."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(item, str) for item in texts):
        raise ValueError("not all texts")
    run.spend(sum(map(len, texts)) // TEXT_BLOCK)
    return check_text((delimiter or "").join(texts))


@builtin("matches", "input: string, pattern: string, flags: string|null?", wants_run=True)
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    return search(compile_pattern(pattern, flags or "", run.spend), text, 0, run.spend) is not None


@builtin("replace", "input: string, pattern: string, replacement: string, flags: string|null?", wants_run=True)
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """XPath: $1 is the first group, \\$ and \\\\ are themselves; a pattern that can match nothing is an error."""
    program = compile_pattern(pattern, flags or "", run.spend)
    if search(program, "", 0, run.spend) is not None:
        raise ValueError("matches nothing")
    template = [replacement] if "q" in (flags or "") else template_parts(replacement, program.groups)
    pieces: list[str] = []
    end = 0
    for captures in find_all(program, text, run.spend):
        pieces.append(text[end : captures[0]])
        for part in template:
            piece = part if isinstance(part, str) else text[captures[2 * part] : max(captures[2 * part + 1], 0)]
            run.spend(1 + len(piece) // TEXT_BLOCK)
            pieces.append(piece)
        end = captures[1]
    return check_text("".join(pieces) + text[end:])


def template_parts(replacement: str, groups: int) -> list[str | int]:
    """Literal text, and numbers of groups. A group number takes as many digits as there are groups."""
    parts: list[str | int] = []
    index = 0
    while index < len(replacement):
        char, following = replacement[index], replacement[index + 1 : index + 2]
        if char == "\\":
            if following not in ("\\", "$") or not following:
                raise ValueError("bad replacement")
            add_literal(parts, following)
            index += 2
        elif char == "$":
            number, index = group_number(replacement, index + 1, groups)
            parts.append(number if number <= groups else "")
        else:
            add_literal(parts, char)
            index += 1
    return parts


def add_literal(parts: list[str | int], text: str) -> None:
    if parts and isinstance(parts[-1], str):
        parts[-1] += text
    else:
        parts.append(text)


def group_number(replacement: str, index: int, groups: int) -> tuple[int, int]:
    if index >= len(replacement) or replacement[index] not in "0123456789":
        raise ValueError("bad replacement")
    number = int(replacement[index])
    index += 1
    while index < len(replacement) and replacement[index] in "0123456789":
        longer = number * 10 + int(replacement[index])
        if longer > groups:
            break
        number, index = longer, index + 1
    return number, index


@builtin("split", "string: string, delimiter: string", wants_run=True)
def split(run: Run, text: str, delimiter: str) -> list[Value]:
    """`delimiter` is a pattern."""
    pieces: list[Value] = []
    end = 0
    for captures in find_all(compile_pattern(delimiter, "", run.spend), text, run.spend):
        if captures[1] > captures[0]:
            pieces.append(text[end : captures[0]])
            end = captures[1]
    return check_list([*pieces, text[end:]])

"""The reference as Markdown: one page per function and an index."""

from collections.abc import Iterator, Mapping

from bedrijfsbureau.feel.manual import MANUAL, Entry
from bedrijfsbureau.feel.registry import BUILTINS, Expected, Overload
from bedrijfsbureau.feel.results import RESULTS
from bedrijfsbureau.feel.values import Function

WRONG_KIND = "an argument is null or of another kind than the signature says"
INDEX = """# The functions of FEEL

FEEL is the language of conditions, terms and decision tables. Below are all functions of the standard (DMN 1.5), and
after them our own. `bedrijfsbureau feel 'EXPRESSION' --context '{...}' --explain` computes an expression on the command
line. How our FEEL and that of the editors in the browser differ: [differences with feelin](differences-with-feelin.md).

Every function gives null, and a warning, for an argument that does not fit. A list of one item fits where one value is
asked, and one value where a list is asked. In a signature `?` may be left out, `|null` may be null, `...` stands for
any number of further arguments, and `ordered` is a number, text, date, time or duration. Arguments may be given by
name: `substring(string: "foobar", start position: 3)`."""
KINDS = {
    "any": "Any",
    "day": "date or date and time",
    "days": "days and time duration",
    "integer": "whole number",
    "moment": "date or time or date and time",
    "months": "years and months duration",
    "point": "ordered",
}


def pages(own: Mapping[str, Function]) -> Mapping[str, str]:
    """File name -> Markdown. `own`: functions that the application adds."""
    made = {"index.md": index(own)}
    for kind, entries in MANUAL.items():
        for name, entry in entries.items():
            made[file_of(name)] = page(name, kind, signatures(name), entry)
    for name, function in own.items():
        entry = Entry(function.manual, "", function.examples)
        made[file_of(name)] = page(name, "ours, not in the standard", (signature_of_own(function),), entry)
    return made


def file_of(name: str) -> str:
    return f"{name.replace(' ', '-')}.md"


def index(own: Mapping[str, Function]) -> str:
    blocks = [INDEX]
    for kind, entries in MANUAL.items():
        blocks.append(f"## {kind}\n\n{table((name, entry.does) for name, entry in entries.items())}")
    blocks.append(f"## Ours\n\n{table((name, function.manual) for name, function in own.items())}")
    return "\n\n".join(blocks) + "\n"


def table(rows: Iterator[tuple[str, str]]) -> str:
    lines = (f"| [{name}]({file_of(name)}) | {does.partition('. ')[0].rstrip('.')} |" for name, does in rows)
    return "\n".join(("| function | what it gives |", "|---|---|", *lines))


def page(name: str, kind: str, calls: tuple[str, ...], entry: Entry) -> str:
    null_when = f" It is also null when: {lowered(entry.null_when)}" if entry.null_when else ""
    examples = "\n".join(f"| `{expression}` | `{value}` |" for expression, value in entry.examples)
    blocks = (
        f"# {name}",
        f"[{kind}](index.md)",
        "```\n" + "\n".join(calls) + "\n```",
        entry.does,
        f"**null** when {WRONG_KIND}.{null_when}",
        f"| example | value |\n|---|---|\n{examples}",
    )
    return "\n\n".join(blocks) + "\n"


def lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def signatures(name: str) -> tuple[str, ...]:
    return tuple(f"{signature(name, overload)}: {RESULTS[name]}" for overload in BUILTINS[name].overloads)


def signature(name: str, overload: Overload) -> str:
    return f"{name}({', '.join(map(parameter, overload.parameters))})"


def parameter(expected: Expected) -> str:
    kind = KINDS.get(expected.kind, expected.kind)
    marks = ((expected.nullable, "|null"), (expected.optional, "?"), (expected.rest, "..."))
    return f"{expected.name}: {kind}{''.join(mark for holds, mark in marks if holds)}"


def signature_of_own(function: Function) -> str:
    parameters = ", ".join(f"{name}: {kind}" for name, kind in zip(function.parameters, function.types, strict=True))
    return f"{function.name}({parameters}): {function.result}"

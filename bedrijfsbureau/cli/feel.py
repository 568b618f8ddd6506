"""`bedrijfsbureau feel`: compute one expression, as models and policies would."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from bedrijfsbureau import feel as language
from bedrijfsbureau.cli.files import read_at_most
from bedrijfsbureau.errors import InvalidInput
from bedrijfsbureau.termijnen.functions import functions

LARGEST_CONTEXT = 5_000_000  # bytes
EXAMPLE = """Geef bijvoorbeeld '{"leeftijd": 17}'."""
EXPLAINED = 100  # characters of a value on one line


@click.command()
@click.argument("expression")
@click.option("--context", "given", metavar="JSON", default="{}", help="Gegevens als JSON-object, of @BESTAND.json.")
@click.option("--explain", is_flag=True, help="Toon ook de waarde van elk onderdeel.")
@click.option("--json", "as_json", is_flag=True, help='Uitkomst als JSON: {"value": ...}.')
def feel(expression: str, given: str, explain: bool, as_json: bool) -> None:
    """Bereken een FEEL-uitdrukking.

    Waarschuwingen staan op stderr. Status 1 als de uitdrukking niet klopt of te groot is."""
    context, now = read_context(given), datetime.now(ZoneInfo("Europe/Amsterdam"))
    try:
        compiled = language.compile(expression, frozenset(functions) | frozenset(names_of(context)))
        outcome = compiled.run(context, functions, now)
        tree = compiled.explain(context, functions, now) if explain else None
        shown = as_text(outcome.value, tree) if not as_json else as_object(outcome.value, tree)
    except language.FeelSyntaxError as error:
        stop(f"{error}\n{pointed(expression, error)}")
    except language.FeelError as error:
        stop(str(error))
    for warning in outcome.warnings:
        click.echo(f"Let op: {warning.message} (teken {warning.position + 1}).", err=True)
    click.echo(shown)


def stop(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(1)


def read_context(given: str) -> Mapping[str, language.Value]:
    """Numbers stay exact. Raises InvalidInput."""
    text = given
    if given.startswith("@"):
        text = read_at_most(Path(given[1:]), LARGEST_CONTEXT).decode(errors="replace")
    try:
        context = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=lambda name: None)
    except (ValueError, RecursionError) as error:
        raise InvalidInput({}, f"De gegevens zijn geen JSON ({error}). {EXAMPLE}") from error
    if not isinstance(context, dict):
        raise InvalidInput({}, f"De gegevens zijn geen JSON-object. {EXAMPLE}")
    return context


def names_of(value: Any) -> Iterator[str]:
    """Names of several words can only be read when they are known beforehand."""
    if isinstance(value, dict):
        yield from value
    for inside in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from names_of(inside)


def pointed(text: str, error: language.FeelSyntaxError) -> str:
    """The line of the error with a caret below the place."""
    line = (text.splitlines() or [""])[error.line - 1 :][:1] or [""]
    return f"  {line[0].replace(chr(9), ' ')}\n  {' ' * (error.column - 1)}^"


def as_object(value: language.Value, tree: language.Explanation | None) -> str:
    answer: dict[str, Any] = {"value": language.to_json(value)}
    return json.dumps(answer | ({"explanation": branch(tree)} if tree else {}), ensure_ascii=False)


def branch(part: language.Explanation) -> dict[str, Any]:
    children = [branch(child) for child in part.children]
    return {"text": part.text, "value": language.to_json(part.value)} | ({"children": children} if children else {})


def as_text(value: language.Value, tree: language.Explanation | None) -> str:
    lines = list(explained(tree, 0)) if tree else [written(value)]
    return "\n".join(lines)


def explained(part: language.Explanation, depth: int) -> Iterator[str]:
    value = written(part.value)
    short = value if len(value) <= EXPLAINED else f"{value[:EXPLAINED]}..."
    yield f"{'  ' * depth}{' '.join(part.text.split())} = {short}"
    for child in part.children:
        yield from explained(child, depth + 1)


def written(value: language.Value) -> str:
    """As FEEL writes it; a half character, which no terminal shows, as a question mark."""
    text = language.show([value]) or ""
    return text[1:-1].encode(errors="replace").decode()

"""`bedrijfsbureau dmn`: take a decision, and examine decision tables."""

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bedrijfsbureau import dmn as models
from bedrijfsbureau import feel
from bedrijfsbureau.cli.feel import read_context, written
from bedrijfsbureau.cli.files import read_at_most
from bedrijfsbureau.errors import InvalidInput

LARGEST_FILE = 5_000_000  # bytes


class WithDefault(click.Group):
    """`dmn FILE ...` is `dmn decide FILE ...`; a file named after a command needs a path, such as `./check`."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        if arguments and arguments[0] not in (*self.commands, *context.help_option_names):
            arguments = ["decide", *arguments]
        return super().parse_args(context, arguments)


@click.group(cls=WithDefault)
def dmn() -> None:
    """Beslissingen nemen met een DMN-bestand (`dmn BESTAND` is `dmn decide BESTAND`) en beslistabellen onderzoeken."""


@dmn.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--decision", "wanted", help="Naam of id van de beslissing; niet nodig als er maar één is.")
@click.option(
    "--context",
    "given",
    metavar="JSON",
    default="{}",
    help="Gegevens als JSON-object, of @BESTAND.json; datums als tekst.",
)
@click.option("--explain", is_flag=True, help="Toon per beslistabel de invoer en de regels die golden.")
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
def decide(file: Path, wanted: str | None, given: str, explain: bool, as_json: bool) -> None:
    """Neem een beslissing uit een DMN-bestand met deze gegevens."""
    context, now = read_context(given), datetime.now(ZoneInfo("Europe/Amsterdam"))
    try:
        model = _read(file)
        made = model.decide(wanted or _only(model), models.read_given(model, context), now)
        value = feel.to_json(made.value)
    except feel.FeelError as error:
        raise InvalidInput({}, str(error)) from error
    if as_json:
        click.echo(json.dumps({"value": value, **(models.trace_to_json(made) if explain else {})}, ensure_ascii=False))
        return
    if explain:
        _explain(made)
    click.echo(written(made.value))


@dmn.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Uitkomst als JSON.")
def check(file: Path, as_json: bool) -> None:
    """Onderzoek de beslistabellen in een DMN-bestand: gaten, overlap, regels zonder effect. Status 1 bij een fout."""
    try:
        model = _read(file, strict=False)
    except models.DmnError as error:
        raise InvalidInput({}, str(error)) from error
    findings = models.analyse(model)
    refused = bool(model.problems) or any(finding.severity == "error" for finding in findings)
    rows = [_unreadable(problem) for problem in model.problems] + [_row(finding) for finding in findings]
    if as_json:
        report = {"file": str(file), "accepted": not refused, "findings": rows}
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        click.secho(f"{file}: {'geweigerd' if refused else 'aanvaard'}", bold=True)
        for row in rows:
            line = f"regel {row['line']} " if row["line"] else ""
            click.echo(f"  {WEIGHTS[row['severity']]} [{row['kind']}] {line}{row['decision']}: {row['message']}")
    sys.exit(1 if refused else 0)


WEIGHTS = {"error": "fout", "warning": "advies", "note": "opmerking"}


def _read(file: Path, strict: bool = True) -> models.Definitions:
    """Raises InvalidInput and DmnError."""
    read_at_most(file, LARGEST_FILE)
    return models.read_file(file, strict=strict)


def _only(model: models.Definitions) -> str:
    names = [decision.name or decision.id for decision in model.decisions]
    if len(names) == 1:
        return names[0]
    raise InvalidInput({}, f"Noem met --decision welke beslissing u bedoelt: {', '.join(names) or 'er is er geen'}.")


def _explain(made: models.Decision) -> None:
    console = Console()
    for taken in made.trace:
        console.print(f"[bold]{escape(taken.name)}[/bold] = {_shown(taken.value)}")
        for seen in taken.tables:
            for label, value in seen.inputs:
                console.print(f"  {escape(label)}: {_shown(value)}")
            console.print(_hits(seen) if seen.hits else "  Geen enkele regel geldt.")
    for warning in made.warnings:
        console.print(f"Let op: {escape(warning.message)}.")


def _hits(seen: models.TableTrace) -> Table:
    names = [name or "uitkomst" for name in seen.hits[0].outputs]
    shown = Table(*map(escape, ("regel", *names, "toelichting")))
    for hit in seen.hits:
        shown.add_row(str(hit.number), *map(_shown, hit.outputs.values()), escape("; ".join(hit.annotations)))
    return shown


def _shown(value: feel.Value) -> str:
    return escape(written(value))


def _row(finding: models.Finding) -> dict[str, Any]:
    example: Mapping[str, Any] = feel.to_json(dict(finding.example))
    return {
        "kind": finding.kind, "severity": finding.severity, "decision": finding.decision, "table": finding.table,
        "line": finding.line, "rules": list(finding.rules), "example": example, "message": finding.message,
    }  # fmt: skip


def _unreadable(problem: models.DmnError) -> dict[str, Any]:
    return {
        "kind": "unreadable", "severity": "error", "decision": problem.element, "table": None, "line": problem.line,
        "rules": [], "example": {}, "message": problem.problem,
    }  # fmt: skip

"""`python -m bedrijfsbureau.dmn.tck DIR`: run the kit and say what passed."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bedrijfsbureau.dmn.tck.report import FileResult, Report, run

MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)  # the time of now(): always the same, so that two runs give the same


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Only the numbers per level, as JSON.")
@click.option("--failures", is_flag=True, help="Show every failing result node with what was expected.")
def main(folder: Path, as_json: bool, failures: bool) -> None:
    """Run the test files of the DMN TCK in FOLDER. Exit status 0 only when there are any and all result nodes pass."""
    report = run(folder, MOMENT)
    if as_json:
        click.echo(json.dumps({"levels": report.levels}))
    else:
        show(report)
    if failures:
        for file in report.files:
            show_failures(file, to_stderr=as_json)
    sys.exit(0 if report.passed else 1)


def show(report: Report) -> None:
    for level, counted in report.levels.items():
        click.echo(f"compliance level {level}: " + ", ".join(f"{count} {word}" for word, count in counted.items()))
        for file in report.files:
            if file.level == level:
                failed, total = len(file.failures), len(file.nodes)
                click.echo(f"  {total - failed:4} passed {failed:3} failed {total:4} total  {file.name}")


def show_failures(file: FileResult, to_stderr: bool) -> None:
    for node in file.failures:
        click.echo(f"{file.name} {node.trial} {node.node}", err=to_stderr)
        click.echo(f"  expected {node.expected}\n  got      {node.got}", err=to_stderr)


if __name__ == "__main__":
    main()

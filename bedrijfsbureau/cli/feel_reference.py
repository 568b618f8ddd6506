"""The pages about FEEL's functions: `python -m bedrijfsbureau.cli.feel_reference docs/reference/feel [--check]`."""

from pathlib import Path

import click

from bedrijfsbureau.feel.manual.pages import pages
from bedrijfsbureau.termijnen.functions import functions

WRITTEN_BY_HAND = frozenset({"differences-with-feelin.md"})


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; status 1 when a page is not what the code makes now.")
def main(folder: Path, check: bool) -> None:
    """Write a page per function, and remove the pages of functions that are gone."""
    made = pages(functions)
    there = {file.name: file.read_text() for file in folder.glob("*.md") if file.name not in WRITTEN_BY_HAND}
    if check:
        wrong = sorted(name for name in made.keys() | there if made.get(name) != there.get(name))
        if wrong:
            raise click.ClickException(f"Out of date: {', '.join(wrong)}. Run this without --check to make them again.")
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in there.keys() - made.keys():
        (folder / name).unlink()
    for name, text in made.items():
        (folder / name).write_text(text)


if __name__ == "__main__":
    main()

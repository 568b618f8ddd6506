"""The page of every command and its options, as click knows them: `python -m bedrijfsbureau.cli.reference`."""

from collections.abc import Iterator

import click

from bedrijfsbureau.cli import commands

HEAD = """# The command line

Made by `python -m bedrijfsbureau.cli.reference` from the commands themselves; the help is in Dutch, as the program is.
Without `--database-url` a command reads `BEDRIJFSBUREAU_DATABASE_URL`, without `--data` `BEDRIJFSBUREAU_DATA` (but not
`demo`). `BEDRIJFSBUREAU_SECRET` is the key of the installation, in hexadecimal digits; without it the key is a file."""


def page() -> str:
    return "\n\n".join([HEAD, *_described("bedrijfsbureau", commands)]) + "\n"


def _described(name: str, command: click.Command) -> Iterator[str]:
    """Blocks of Markdown for a command and what is below it; a group says only what it is for."""
    context = click.Context(command, info_name=name)
    paragraphs = [" ".join(part.split()) for part in (command.help or "").split("\n\n")]
    if isinstance(command, click.Group):
        if name != "bedrijfsbureau":
            yield "\n\n".join([f"## {name}", *paragraphs])
        for word in sorted(command.list_commands(context)):
            if below := command.get_command(context, word):
                yield from _described(f"{name} {word}", below)
        return
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    yield "\n\n".join([f"## {name}", *paragraphs, f"    {usage}"])
    if options := [_row(option) for option in command.params if isinstance(option, click.Option)]:
        yield "\n".join(["| option | meaning | default |", "|---|---|---|", *options])


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    is_said = isinstance(option.default, str | int) and not isinstance(option.default, bool)
    return f"| {names} | {option.help or ''} | {f'`{option.default}`' if is_said else ''} |"


if __name__ == "__main__":
    click.echo(page(), nl=False)

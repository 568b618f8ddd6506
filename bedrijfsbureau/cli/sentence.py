"""How a command ends that was asked something it can't read."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from bedrijfsbureau.errors import InvalidInput


def bad_input_is_status_2(command: Callable[..., None]) -> Callable[..., None]:
    """What the caller typed is wrong: one sentence and exit status 2; not found stays 1."""

    @wraps(command)
    def wrapped(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except InvalidInput as error:
            click.echo(str(error), err=True)
            sys.exit(2)

    return wrapped

"""A command that is killed: in a process of its own, at its n-th statement or commit, before it or after it."""

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, inspect, text

from bedrijfsbureau.database import Database

Rows = dict[str, list[str]]


def is_killed(database: Database, point: int, command: Callable[[], object]) -> bool:
    """Run `command` and kill -9 it at its `point`-th point. False when it came to its end before that.

    Raises AssertionError when it ended in any other way.
    """
    sys.stdout.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of the test runner: the child uses none of them
        child = os.fork()
    if not child:
        _live_and_die(database, point, command)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, status
        return True
    assert os.WEXITSTATUS(status) == 0, "the command failed; see above"
    return False


def everything(database: Database) -> Rows:
    """Every row of every table, in an order of its own."""
    with database.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        found = {table: connection.execute(text(f'SELECT * FROM "{table}"')).all() for table in tables}
        connection.rollback()
    return {table: sorted(map(repr, rows)) for table, rows in found.items()}


def _live_and_die(database: Database, point: int, command: Callable[[], object]) -> None:
    """In the child: the parent's connections are the parent's, also to close."""
    try:
        database.engine.dispose(close=False)
        _arm(database, point)
        command()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _arm(database: Database, point: int) -> None:
    passed = 0

    def pass_point(*_: Any) -> None:
        nonlocal passed
        passed += 1
        if passed == point:
            os.kill(os.getpid(), signal.SIGKILL)

    engine = database.engine
    event.listen(engine, "before_cursor_execute", pass_point)
    event.listen(engine, "after_cursor_execute", pass_point)
    commit = engine.dialect.do_commit

    def do_commit(connection: Any) -> None:
        pass_point()
        commit(connection)
        pass_point()

    engine.dialect.do_commit = do_commit  # type: ignore[method-assign]

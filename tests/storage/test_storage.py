"""Bytes that are kept are kept: in a folder, through every death, and in a store elsewhere."""

import hashlib
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import pytest

from bedrijfsbureau.errors import DatabaseUnavailable, NotFound, UploadRefused
from bedrijfsbureau.storage import Bucket, Condition, Folder, Storage, bucket_at, condition

CONTENT = b"stuk " * 500_000
SHA = hashlib.sha256(CONTENT).hexdigest()
STEPS = ("fsync", "replace", "mkdir", "open", "unlink")


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return Folder(tmp_path / "diep" / "stukken")
    return bucket_at(f"memory://{tmp_path}/stukken")


def test_what_is_put_is_found_again(storage: Storage) -> None:
    stored = storage.put(io.BytesIO(CONTENT))
    storage.put(io.BytesIO(CONTENT))
    storage.put(io.BytesIO(b"ander"))

    assert (stored.sha256, stored.size) == (SHA, len(CONTENT))
    with storage.open(SHA) as content:
        assert content.read() == CONTENT
    assert sorted(storage.names()) == sorted([SHA, hashlib.sha256(b"ander").hexdigest()])
    assert list(storage.unfinished()) == []


def test_what_is_not_there_is_missing(storage: Storage) -> None:
    with pytest.raises(NotFound):
        storage.open(SHA)
    assert (condition(storage, SHA), list(storage.names())) == (Condition.MISSING, [])


def test_more_than_allowed_leaves_nothing(storage: Storage) -> None:
    with pytest.raises(UploadRefused, match="groter dan 1 MB"):
        storage.put(io.BytesIO(CONTENT), 1 << 20)
    assert (list(storage.names()), list(storage.unfinished())) == ([], [])


def test_other_bytes_than_the_name_says_are_seen_and_put_right(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put(io.BytesIO(CONTENT))
    folder.path(SHA).chmod(0o600)
    folder.path(SHA).write_bytes(CONTENT[:-1] + b"!")
    assert condition(folder, SHA) is Condition.DAMAGED

    folder.put(io.BytesIO(CONTENT))

    assert condition(folder, SHA) is Condition.WHOLE


def test_a_store_that_is_away_is_said_and_changes_nothing() -> None:
    class Away(fsspec.AbstractFileSystem):  # type: ignore[misc]  # no types
        def _open(self, *_: Any, **__: Any) -> None:
            raise ConnectionResetError("weg")

        makedirs = exists = _open

    for attempt in (
        lambda: Bucket(Away(), "x").put(io.BytesIO(b"x")),
        lambda: Bucket(Away(), "x").open(SHA),
        lambda: list(Bucket(Away(), "x").names()),
        lambda: condition(Bucket(Away(), "x"), SHA),
    ):
        with pytest.raises(DatabaseUnavailable):
            attempt()


def dies(at: int, command: Callable[[], object]) -> bool:
    """Run `command` in a process of its own and kill -9 it before its `at`-th step on the disk, or half way a write."""
    child = os.fork()
    if not child:
        passed = 0

        def step() -> None:
            nonlocal passed
            passed += 1
            if passed == at:
                os.kill(os.getpid(), signal.SIGKILL)

        def before(function: Callable[..., Any]) -> Callable[..., Any]:
            def counted(*arguments: Any, **more: Any) -> Any:
                step()
                return function(*arguments, **more)

            return counted

        for name in STEPS:
            setattr(os, name, before(getattr(os, name)))
        command()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_death_at_any_step_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Never a file under a name that its bytes do not have; and putting it again makes it whole."""
    sys.stdout.flush()
    deaths = 0
    while True:
        folder = Folder(tmp_path / str(deaths) / "stukken")
        if not dies(deaths + 1, lambda: folder.put(io.BytesIO(CONTENT))):  # noqa: B023 - called at once
            break
        assert all(condition(folder, name) is Condition.WHOLE for name in folder.names())
        assert len(list(folder.unfinished())) + len(list(folder.names())) <= 1
        folder.put(io.BytesIO(CONTENT))
        assert list(folder.names()) == [SHA]
        deaths += 1
    assert deaths >= 8

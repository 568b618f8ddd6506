"""Opening what others made, in a process of its own with limits on time and memory: `opening.py`, which imports nothing
of ours. Libraries that read PDF and images are written in C; whatever a file does to them, the server goes on.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PROGRAM = Path(__file__).with_name("opening.py")
SECONDS = 20  # of processor time; the same again on the clock
BYTES = 1 << 30  # of memory
AT_ONCE = threading.BoundedSemaphore(2)  # files that one server opens at a time: more wait, and take no memory


class CannotOpen(Exception):
    """`reason`: a word of `opening.py`, or "limit" for what took too much or broke the library."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def open_apart(stream: IO[bytes], **asked: str | int) -> tuple[dict[str, int | str], bytes]:
    """What `opening.py` says of the file, and the picture it made if that was asked. Raises CannotOpen."""
    request = json.dumps({**asked, "bytes": BYTES, "seconds": SECONDS})
    with _on_disk(stream) as file, AT_ONCE:
        os.lseek(file, 0, os.SEEK_SET)
        try:
            ended = subprocess.run(
                [sys.executable, "-I", str(PROGRAM), request],
                stdin=file, capture_output=True, timeout=2 * SECONDS, env={}, cwd="/", check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise CannotOpen("limit") from error
    if ended.returncode:
        raise CannotOpen("limit")
    head, _, picture = ended.stdout.partition(b"\n")
    said = json.loads(head)
    if reason := said.get("reason"):
        raise CannotOpen(str(reason))
    return said, picture


@contextmanager
def _on_disk(stream: IO[bytes]) -> Iterator[int]:
    """The number of an open file with these bytes: of the stream itself where it has one."""
    stream.seek(0)
    try:
        stream.flush()
        yield stream.fileno()
    except io.UnsupportedOperation:
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(stream, copy)
            copy.flush()
            yield copy.fileno()

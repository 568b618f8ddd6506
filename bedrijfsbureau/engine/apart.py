"""Judging files in a process of their own, with a limit on time and memory: whatever a model does to the rules, the
server that asked goes on.

That process reads `{files: {name: base64}, names: [...], seconds}` from its input, and writes the problems as JSON.
"""

import base64
import resource
import signal
import subprocess
import sys
from dataclasses import asdict
from functools import lru_cache

import orjson

from bedrijfsbureau.engine.checking import Files, prove
from bedrijfsbureau.errors import Problem

SECONDS = 5  # of processor time; twice as long on the clock, and to start
BYTES = 512 * 1024 * 1024
_TOO_MUCH = 3  # exit status: out of memory
_RUN = "import sys; from bedrijfsbureau.engine.apart import main; sys.exit(main())"

Content = tuple[tuple[str, bytes], ...]


def check_apart(files: Files, names: frozenset[str] = frozenset(), seconds: float = SECONDS) -> list[Problem]:
    """As `check`, and that it can be compiled too. A model that takes too much is a problem like any other."""
    content = tuple((name, _bytes(text)) for name, text in files.items())
    return list(_judged(content, names, seconds))


@lru_cache(maxsize=32)
def _judged(content: Content, names: frozenset[str], seconds: float) -> tuple[Problem, ...]:
    encoded = {name: base64.b64encode(data).decode() for name, data in content}
    request = orjson.dumps({"files": encoded, "names": sorted(names), "seconds": seconds})
    try:
        answer = subprocess.run(
            [sys.executable, "-I", "-c", _RUN], input=request, capture_output=True, timeout=2 * seconds + 5, env={}
        )
    except subprocess.TimeoutExpired:
        return (_too_much(),)
    if answer.returncode < 0 or answer.returncode == _TOO_MUCH:
        return (_too_much(),)
    if answer.returncode:
        raise RuntimeError(answer.stderr.decode(errors="replace"))
    return tuple(Problem(**{**found, "path": tuple(found["path"])}) for found in orjson.loads(answer.stdout))


def _too_much() -> Problem:
    message = "Het nakijken van dit model duurt te lang of kost te veel geheugen. Maak het kleiner, of splits het."
    return Problem(None, None, "bounds", message)


def _bytes(text: bytes | str) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    request = orjson.loads(sys.stdin.buffer.read())
    signal.setitimer(signal.ITIMER_PROF, request["seconds"])  # of processor time from here on; its signal ends us
    files = {name: base64.b64decode(data) for name, data in request["files"].items()}
    names = frozenset(request["names"])
    try:
        problems = prove(files, names)
    except (MemoryError, RecursionError):
        return _TOO_MUCH
    sys.stdout.buffer.write(orjson.dumps([asdict(problem) for problem in problems]))
    return 0

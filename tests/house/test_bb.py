"""What `bb` says when it can't go on: one sentence that says what to do, exit status 1, no traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def bb(*arguments: str, root: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    command: list[Path | str] = [sys.executable, root / "bb", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what `bb` needs to begin installing, in which nothing is installed."""
    for name in ("bb", "pyproject.toml", "constraints.txt", "hatch_build.py", "README.md"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


def test_a_taken_port_is_said_before_anything_is_installed(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = bb("demo", "--port", str(port), root=checkout)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.strip().endswith("choose another with --port.")
    assert not (checkout / ".venv").exists()


def test_a_python_without_venv_is_told_what_to_install(checkout: Path) -> None:
    hidden = checkout / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import importlib.util\nfind = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *rest: None if name == 'ensurepip' else find(name, *rest)\n"
    )

    ended = bb("demo", "--port", "0", root=checkout, PYTHONPATH=str(hidden))

    assert ended.returncode == 1
    assert "apt install python3." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_failed_download_is_said_in_one_sentence(checkout: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    nowhere |= {"PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "true"}

    ended = bb("demo", "--port", "0", root=checkout, **nowhere)

    assert ended.returncode == 1
    assert ended.stderr.startswith("A download failed; check the network")
    assert ended.stderr.count("\n") == 1


def test_an_unknown_command_shows_the_commands() -> None:
    ended = bb("deploy")

    assert ended.returncode == 2
    assert "python3 bb demo" in ended.stdout

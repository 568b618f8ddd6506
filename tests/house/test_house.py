"""Rules that keep the house in order and that no linter knows."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "bedrijfsbureau").rglob("*.py"))
DRAWERS = {"util", "utils", "service", "services", "manager", "managers", "helper", "helpers", "common", "misc"}


def tracked() -> list[Path]:
    """The files git knows, as text files that exist."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout, or no git")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def text(path: Path) -> str:
    return path.read_bytes().decode(errors="ignore")


def test_only_database_begins_and_ends_transactions() -> None:
    found = []
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                ends = node.func.attr in ("commit", "rollback", "begin_nested")
                if ends and module.parent.name != "database":
                    found.append(f"{module.relative_to(ROOT)}:{node.lineno}: .{node.func.attr}()")

    assert found == [], "\n".join(found)


def test_no_module_is_a_drawer() -> None:
    """A function that fits nowhere shows a missing noun."""
    paths = [module.relative_to(ROOT).with_suffix("") for module in MODULES]

    assert [str(path) for path in paths if DRAWERS & set(path.parts)] == []


def test_no_error_is_swallowed() -> None:
    found = []
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.ExceptHandler):
                silent = all(isinstance(step, ast.Pass) for step in node.body)
                if silent or node.type is None:
                    found.append(f"{module.relative_to(ROOT)}:{node.lineno}")

    assert found == [], "\n".join(found)


def test_time_is_an_argument_outside_the_entry_points() -> None:
    entries = {"web", "api", "cli", "worker", "worker.py"}
    clock = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")
    found = [
        f"{module.relative_to(ROOT)}:{number}"
        for module in MODULES
        if module.relative_to(ROOT / "bedrijfsbureau").parts[0] not in entries
        for number, line in enumerate(module.read_text().splitlines(), 1)
        if clock.search(line)
    ]

    assert found == [], "\n".join(found)


def test_no_test_waits_by_the_clock() -> None:
    sleep = re.compile(r"\bsleep\(|wait_for_timeout\(")
    tests = [path for path in sorted((ROOT / "tests").rglob("*.py")) if path != Path(__file__)]

    assert [str(path.relative_to(ROOT)) for path in tests if sleep.search(path.read_text())] == []


def test_no_address_of_a_package_registry_is_committed() -> None:
    parts = (("registry.np", "mjs"), ("files.python", "hosted"), ("pypi", ".org"), ('"resol', 'ved"'))  # not whole here
    hosts = re.compile("|".join(re.escape("".join(pair)) for pair in parts))

    assert [str(path.relative_to(ROOT)) for path in tracked() if hosts.search(text(path))] == []


def test_no_bundle_or_other_large_file_is_committed() -> None:
    assert [str(path.relative_to(ROOT)) for path in tracked() if path.stat().st_size > 500_000] == []


def test_every_locked_package_is_named_with_its_version_only() -> None:
    lines = (ROOT / "constraints.txt").read_text().splitlines()

    assert [line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)] == []

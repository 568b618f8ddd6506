"""The budget of size: half of all modules under 100 lines, none over 400, no function over 40.

A migration is a record of what was done, not code that is read and changed, so it has no budget.
"""

import ast
import statistics
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "bedrijfsbureau").rglob("*.py"))
PYTHON = [*MODULES, ROOT / "bb", ROOT / "hatch_build.py", *sorted((ROOT / "migrations").glob("*.py"))]
SCRIPTS = sorted((ROOT / "frontend" / "src").rglob("*.js"))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_module_is_over_400_lines() -> None:
    tests = sorted((ROOT / "tests").rglob("*.py"))
    too_long = {str(path.relative_to(ROOT)): lines(path) for path in [*PYTHON, *SCRIPTS, *tests] if lines(path) > 400}

    assert too_long == {}


def test_half_of_the_modules_is_under_100_lines() -> None:
    assert statistics.median(lines(path) for path in MODULES if path.name != "__init__.py") < 100


def test_no_function_is_over_40_lines() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in PYTHON
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= 40
    ]

    assert too_long == [], "\n".join(too_long)

"""FEEL stands by itself: it needs nothing else of this program, and could be a package of its own."""

import subprocess
import sys


def test_it_imports_nothing_else_of_ours_and_only_the_time_zones_of_others() -> None:
    program = (
        "import sys\nbefore = set(sys.modules)\nimport bedrijfsbureau.feel as feel\n"
        "feel.compile('@\"2026-01-01T00:00:00@Europe/Amsterdam\"').evaluate({})\n"
        "new = {name for name in set(sys.modules) - before if not name.startswith(('bedrijfsbureau.feel', '_'))}\n"
        "print(sorted({name.partition('.')[0] for name in new} - set(sys.stdlib_module_names)))\n"
        "print(sorted(name for name in new if name.startswith('bedrijfsbureau.')))\n"
    )

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ended.stdout.splitlines() == ["['bedrijfsbureau', 'tzdata']", "[]"]

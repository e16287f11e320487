"""Removes what killed imports left behind."""

import shutil
import time
from contextlib import suppress
from pathlib import Path

from groundplan.engine.disk import remove_abandoned, unheld
from groundplan.intake.locking import merging_alone
from groundplan.intake.selectors import LAYERS, orphan_layer_folders
from groundplan.intake.undoing.keeping import journals_sweep
from groundplan.intake.workspace import SCRATCH, UNPACKED
from groundplan.kernel.errors import Conflict
from groundplan.kernel.progress import Silent
from groundplan.sources import imports as sources
from groundplan.sources.files import rejects_kept

IMPORTS = "imports"

_READ_WITHIN = 24 * 3600
"""Seconds for which the rejects of a dry run are kept, whose path somebody was shown."""


def sweep(home: Path) -> None:
    """Layer folders that no row names, and working files of imports whose process is gone.

    Called by whoever holds the import lock.
    """
    sources.runs_interrupted()
    layers_sweep(home)
    journals_sweep(home)
    kept = {(home / path).parent for path in rejects_kept()}
    for folder in (home / IMPORTS).iterdir():
        if folder.is_dir() and folder not in kept and not _may_be_read(folder):
            remove_abandoned(folder)


def layers_sweep(home: Path) -> None:
    """Layer folders that no row names, unless somebody reads layers now: one may be theirs."""
    if not (home / LAYERS).is_dir():
        return
    with unheld(home / LAYERS) as alone:
        for folder in orphan_layer_folders() if alone else ():
            shutil.rmtree(folder, ignore_errors=True)


def leftovers_remove(home: Path) -> None:
    """Sweep now, unless an import is under way, which sweeps itself."""
    folder = home / IMPORTS
    folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(Conflict), merging_alone(folder, Silent(), patience=0):
        sweep(home)


def _may_be_read(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()}
    worked = names & {SCRATCH, UNPACKED}
    return bool(names - worked) and not worked and _age(folder) < _READ_WITHIN


def _age(folder: Path) -> float:
    return time.time() - folder.stat().st_mtime

"""Removes uploaded files that nobody knows of."""

import shutil
from pathlib import Path

from groundplan.intake.models import Upload

from .storing import FOLDER


def unnamed_uploads_remove(home: Path) -> None:
    """Remove folders that no upload names; called while no other process uses the home.

    Files are written before their row: until then they are somebody's, unless nobody is there.
    """
    named = {home / folder for folder in Upload.objects.values_list("folder", flat=True)}
    for folder in (home / FOLDER).glob("*"):
        if folder not in named:
            shutil.rmtree(folder, ignore_errors=True)

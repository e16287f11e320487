"""Waiting for the disk: what was written is there after a power cut, too."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Wait until the disk holds what was written to the file or folder `path`."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""Files that are complete or absent, whatever happens to the machine while they are written."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARTIAL = ".partial"
"""The suffix of a folder that is being written; one that outlives its writer is an orphan."""


@contextmanager
def folder_at_once(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to fill; at the end it becomes `folder`, durably, all at once.

    Every file in it is synced before the rename and the parent after it, so that after a power
    cut `folder` is whole or not there. On an error what was written is removed; after a kill it
    stays under its partial name for the collection of orphans. FileExistsError if `folder` is
    there already: what is immutable is never overwritten.
    """
    if folder.exists():
        raise FileExistsError(f"{folder} is there already")
    partial = folder.with_name(folder.name + PARTIAL)
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        _sync_tree(partial)
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    sync(folder.parent)


def sync(path: Path) -> None:
    """Wait until the disk holds what was written to the file or folder `path`."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def link(source: Path, target: Path) -> None:
    """Give an immutable file a second name; copy it where the file system can't do that."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copyfile(source, target)


def _sync_tree(folder: Path) -> None:
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync(Path(parent, name))
        sync(Path(parent))

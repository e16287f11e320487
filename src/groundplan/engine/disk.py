"""Files that are complete or absent, whatever happens to the machine while they are written."""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from groundplan.kernel.steps import step
from groundplan.kernel.syncing import sync

PARTIAL = ".partial"
"""The suffix of a folder that is being written; one that outlives its writer is an orphan."""


@dataclass(frozen=True, slots=True)
class ShardFile:
    """One file of a layer or a snapshot, by its name within the folder."""

    path: str
    sha256: str
    rows: int


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
    make_folder(folder.parent)
    partial.mkdir()
    try:
        yield partial
        step("disk.written")
        sync_tree(partial)
        step("disk.synced")
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    step("disk.renamed")
    sync(folder.parent)


def make_folder(folder: Path) -> None:
    """Make `folder` and those it lies in, durably: a new name is synced where it is listed."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
        sync(path.parent)


@contextmanager
def held(folder: Path) -> Iterator[Path]:
    """Make `folder` if need be and hold it, so that nobody takes it for left over."""
    while True:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if folder.exists():
            break
        # Somebody removed it between its making and its holding.
        os.close(descriptor)
    try:
        yield folder
    finally:
        os.close(descriptor)


@contextmanager
def unheld(folder: Path) -> Iterator[bool]:
    """Hold `folder` alone within the block unless somebody else holds it; yields whether.

    FileNotFoundError where it isn't there.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def remove_abandoned(folder: Path) -> bool:
    """Remove `folder` unless a living process holds it; whether it is gone."""
    try:
        with unheld(folder) as alone:
            if alone:
                shutil.rmtree(folder, ignore_errors=True)
            return alone
    except FileNotFoundError:
        return True


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept(path: Path, name: str, rows: int) -> ShardFile:
    """The file as it was written. Whoever wrote it waits for the disk here, while others go on:
    once everything is written, all would wait for it together."""
    sync(path)
    return ShardFile(name, sha256_of(path), rows)


def link(source: Path, target: Path) -> None:
    """Give an immutable file a second name; copy it where the file system can't do that."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
            raise
        shutil.copyfile(source, target)


def sync_tree(folder: Path) -> None:
    """Sync every file and folder below `folder`, and itself."""
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync(Path(parent, name))
        sync(Path(parent))

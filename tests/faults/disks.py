"""Disks that are full or may not be written: real ones where this machine lets one be mounted."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def may_mount() -> bool:
    """Only the administrator of a machine, and not of every container."""
    return os.geteuid() == 0 and _did("unshare", "--mount", "true")


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A disk of `size` bytes, in memory, at the empty folder `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    _must("mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(folder))
    try:
        yield
    finally:
        _must("umount", "--lazy", str(folder))


def resize(folder: Path, size: int) -> None:
    _must("mount", "-o", f"remount,size={size}", str(folder))


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing below `folder` can be written."""
    _must("mount", "--bind", str(folder), str(folder))
    try:
        _must("mount", "-o", "remount,bind,ro", str(folder))
        yield
    finally:
        _must("umount", "--lazy", str(folder))


def _did(*words: str) -> bool:
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _must(*words: str) -> None:
    subprocess.run(words, capture_output=True, check=True)

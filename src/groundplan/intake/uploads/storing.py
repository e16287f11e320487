"""Uploaded files on disk: in a folder of their own, under names that lead nowhere else."""

import errno
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from django.conf import settings

from groundplan.engine.disk import make_folder
from groundplan.intake.reading.kinds import READABLE
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.steps import step
from groundplan.kernel.syncing import sync

FOLDER = "uploads"
MOST_FILES = 40
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
MOST_BYTES = 8 * 1024**3
TYPES = tuple(sorted(READABLE))


class Arriving(Protocol):
    """A file that arrives in pieces; Django's uploaded file is one."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def chunks(self) -> Iterator[bytes]: ...


def folder_of(relative: str) -> Path:
    return Path(settings.GROUNDPLAN_HOME) / relative


def store(folder: Path, files: Iterable[Arriving]) -> list[dict[str, object]]:
    """Write the files piece by piece, durably; all of them, or InvalidInput and none."""
    make_folder(folder.parent)
    folder.mkdir(mode=0o700)
    kept: list[dict[str, object]] = []
    try:
        for file in files:
            name = _free(folder, _plain(file.name or ""))
            size = _written(folder / name, file)
            kept.append({"name": name, "size": size})
            step("upload.file-written")
        sync(folder)
        sync(folder.parent)
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError) and error.errno in _FULL:
            raise no_room() from error
        raise
    return kept


def no_room() -> InvalidInput:
    """What to tell whoever sent files that could not be written."""
    return InvalidInput(
        "There is no room for these files on the server's disk. Nothing was kept.",
        field="files",
        mend="Have somebody make room, or send fewer files at a time.",
    )


def checked_rejects(folder: Path) -> Path:
    """Where the rejects of the last check of a folder of uploads are kept."""
    return folder / "checked" / "rejects.csv"


def rejects_keep(folder: Path, found: Path | None) -> None:
    """Moves a check's rejects beside the uploaded files: they stay as long as those do."""
    kept = checked_rejects(folder)
    shutil.rmtree(kept.parent, ignore_errors=True)
    if found is not None:
        make_folder(kept.parent)
        shutil.move(found, kept)
        with suppress(OSError):
            found.parent.rmdir()


def check(files: list[Arriving]) -> None:
    """Raises InvalidInput for no file, too many, too large, or of a kind that can't be read."""
    if not files:
        raise InvalidInput("Choose at least one file.", field="files")
    if len(files) > MOST_FILES:
        raise InvalidInput(f"At most {MOST_FILES} files at a time.", field="files")
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        raise InvalidInput("Together these files are over 8 GB.", field="files")
    for file in files:
        if not (file.name or "").lower().endswith(TYPES):
            raise InvalidInput(
                f"{file.name} is no file that can be read.",
                field="files",
                mend="CSV, Excel, Parquet, or one of them compressed.",
            )


def _written(path: Path, file: Arriving) -> int:
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
        return out.tell()


def _plain(name: str) -> str:
    """The name without folders and signs that mean something to a shell or a file system."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^\w.() \-]", "_", last).strip(". ")[-120:] or "file"


def _free(folder: Path, name: str) -> str:
    stem, dot, kind = name.partition(".")
    taken, free = 1, name
    while (folder / free).exists():
        taken += 1
        free = f"{stem} ({taken}){dot}{kind}"
    return free

"""The file that a backup is: a zip whose last bytes are the digest of all that come before.

`manifest.json` in it lists every member with size and sha256. Any zip tool opens the file; the
digest is the zip's comment, so that not a bit of it can change unnoticed.
"""

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from groundplan.engine.disk import link, make_folder
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.steps import step
from groundplan.kernel.syncing import sync

FORMAT = 1
MANIFEST = "manifest.json"
_DIGEST = 64
_PIECE = 1 << 20
_PACKED = (".parquet", ".gz", ".zip", ".xlsx", ".pgdump")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the backup, by its path below the home.

    `same_as` names an earlier member that it is another name of: a layer's file in a snapshot.
    """

    path: str
    size: int
    sha256: str
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `rows` is how many each table of the database has."""

    version: str
    taken_at: str
    database: str
    migrations: tuple[str, ...]
    rows: dict[str, int]
    members: tuple[Member, ...] = ()
    format: int = field(default=FORMAT)


class Writing:
    """An archive under way; `members` is what is in it so far."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        self.members: list[Member] = []
        self._known: dict[tuple[int, int], Member] = {}

    def add(self, file: Path, path: str) -> None:
        """Write the file as the member `path`; one that has several names only once."""
        facts = file.stat()
        known = self._known.get((facts.st_dev, facts.st_ino))
        if known is not None:
            self.members.append(replace(known, path=path, same_as=known.path))
            return
        member = self._write(file, path)
        self._known[facts.st_dev, facts.st_ino] = member
        self.members.append(member)

    def _write(self, file: Path, path: str) -> Member:
        how = zipfile.ZIP_STORED if path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
        entry = zipfile.ZipInfo.from_file(file, path)
        entry.compress_type, entry.external_attr = how, 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with file.open("rb") as source, self._zip.open(entry, "w", force_zip64=True) as target:
            while piece := source.read(_PIECE):
                target.write(piece)
                digest.update(piece)
                size += len(piece)
        return Member(path, size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        self._zip.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))


@contextmanager
def written(path: Path) -> Iterator[Writing]:
    """Fill a new archive; it appears under `path` complete and synced, or not at all.

    InvalidInput where there is something already: an older backup is never overwritten.
    """
    if path.exists():
        raise InvalidInput(f"{path} is there already.", mend="Name a file that isn't.")
    make_folder(path.parent)
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with zipfile.ZipFile(partial, "w", compresslevel=1) as opened:
            yield Writing(opened)
        _seal(partial)
        step("backup.written")
        partial.rename(path)
        sync(path.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, zipfile.ZipFile]]:
    """An archive whose every bit is as it was written; else InvalidInput says what isn't."""
    sound = _sound(path)
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            if not sound:
                raise damaged(path, _bad_members(archive, manifest))
            yield manifest, archive
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, zlib.error) as error:
        raise damaged(path, []) from error


def extract(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Write the members below `folder`; InvalidInput names one that isn't what it was."""
    if {entry.filename for entry in archive.infolist()} != {
        MANIFEST,
        *(member.path for member in manifest.members if not member.same_as),
    }:
        raise damaged(Path(archive.filename or ""), ["the list of its files"])
    for member in manifest.members:
        target = folder / _safe(member.path)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if member.same_as:
            link(folder / _safe(member.same_as), target)
            continue
        digest = hashlib.sha256()
        with archive.open(member.path) as source, target.open("xb") as out:
            target.chmod(0o600)
            while piece := source.read(_PIECE):
                out.write(piece)
                digest.update(piece)
        if digest.hexdigest() != member.sha256:
            raise damaged(Path(archive.filename or ""), [member.path])


def damaged(path: Path, what: list[str]) -> InvalidInput:
    named = f": {', '.join(what[:5])} can't be trusted" if what else ""
    return InvalidInput(
        f"{path} is no whole backup{named}.", mend="Nothing was changed. Restore another backup."
    )


def _seal(path: Path) -> None:
    """Put the digest where the zip's empty comment is: behind the two bytes of its length."""
    with path.open("r+b") as file:
        digest = _digest(path, path.stat().st_size - 2)
        file.seek(-2, os.SEEK_END)
        file.write(_DIGEST.to_bytes(2, "little") + digest.encode())
        file.flush()
        os.fsync(file.fileno())


def _sound(path: Path) -> bool:
    size = path.stat().st_size
    if size < _DIGEST + 2:
        return False
    with path.open("rb") as file:
        file.seek(size - _DIGEST - 2)
        end = file.read()
    expected = _DIGEST.to_bytes(2, "little") + _digest(path, size - _DIGEST - 2).encode()
    return end == expected


def _digest(path: Path, size: int) -> str:
    """sha256 of the first `size` bytes."""
    digest, left = hashlib.sha256(), size
    with path.open("rb") as file:
        while left and (piece := file.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    told: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if told.get("format", 0) > FORMAT:
        raise InvalidInput(
            f"This backup is of Groundplan {told.get('version')}, which is newer than this one.",
            mend="Update Groundplan, then restore.",
        )
    members = tuple(Member(**member) for member in told.pop("members"))
    migrations = tuple(told.pop("migrations"))
    return Manifest(**told, members=members, migrations=migrations)


def _bad_members(archive: zipfile.ZipFile, manifest: Manifest) -> list[str]:
    bad = []
    for member in manifest.members:
        if member.same_as:
            continue
        digest = hashlib.sha256()
        try:
            with archive.open(member.path) as source:
                while piece := source.read(_PIECE):
                    digest.update(piece)
        except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, zlib.error):
            bad.append(member.path)
            continue
        if digest.hexdigest() != member.sha256:
            bad.append(member.path)
    return bad


def _safe(path: str) -> PurePosixPath:
    relative = PurePosixPath(path)
    if relative.is_absolute() or ".." in relative.parts:
        raise InvalidInput(f"A file of the backup would be written elsewhere: {path}.")
    return relative

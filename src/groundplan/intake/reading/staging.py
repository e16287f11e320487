"""From paths to staged files: folders, archives and what is in them."""

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from groundplan.engine.disk import sha256_of
from groundplan.intake.contracts import StagedFile
from groundplan.intake.workspace import Workspace
from groundplan.kernel.errors import InvalidInput

from .bounds import check_count
from .delimited import stage_delimited
from .encodings import CHUNK
from .excel import stage_excel
from .grouped import filled_groups
from .inner_lists import without_inner_lists
from .kind_prefixes import without_kinds
from .kinds import READABLE, kind_of
from .parquet import stage_parquet
from .repeated_headers import without_repeated_headers
from .totals import without_group_totals, without_totals
from .wide import unpivoted

# A few kilobytes can unpack to petabytes: stop long before the disk is full.
LARGEST_UNPACKED = 64 << 30
# Tables pack to a tenth, the emptiest to a hundredth; above that nobody exported it.
MOST_PACKED = 200
SMALL = 128 << 20


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Part:
    """A table's file on disk; `name` is what it is called in the mapping and in rejects."""

    name: str
    path: Path


def stage_files(paths: Sequence[Path], workspace: Workspace) -> list[StagedFile]:
    """Reads files, and the readable ones of folders, into the workspace.

    Raises InvalidInput naming the file for what is missing, empty, damaged or no table.
    """
    parts = [part for path in paths for part in _parts(path, workspace)]
    if not parts:
        where = ", ".join(path.name for path in paths) or "Nothing"
        raise InvalidInput(
            f"{where}: no file to read.", mend="Readable are CSV, Excel, Parquet, gzip and zip."
        )
    staged = [file for part in _named_apart(parts) for file in _stage(part, workspace)]
    if not any(file.rows for file in staged):
        raise InvalidInput(
            "There is no row in " + ", ".join(file.name for file in staged) + ".",
            mend="Only a header was found. Export the table again.",
        )
    return staged


def _parts(path: Path, workspace: Workspace) -> Iterator[_Part]:
    if path.is_dir():
        children = [child for child in sorted(path.iterdir()) if _is_table(child.name)]
        check_count(path.name, len(children))
        for child in children:
            if child.is_file() and _is_inside(child, path):
                yield from _unpacked(child.name, child, workspace)
    elif path.is_file():
        yield from _unpacked(path.name, path, workspace)
    else:
        raise InvalidInput(f"There is no file {path}.", field=str(path), mend="Check the path.")


def _is_table(name: str) -> bool:
    return Path(name).suffix.lower() in READABLE and not name.startswith((".", "~$"))


def _is_inside(child: Path, folder: Path) -> bool:
    """A link in a folder may lead within it, not to what its owner never meant to give away."""
    return child.resolve().is_relative_to(folder.resolve())


def _unpacked(name: str, path: Path, workspace: Workspace) -> Iterator[_Part]:
    try:
        kind = kind_of(path, name)
    except OSError as error:
        raise InvalidInput(
            f"{name} can't be read ({error.strerror}).",
            field=name,
            mend="Let Groundplan's user read it.",
        ) from error
    if kind == "gzip":
        with gzip.open(path) as stream:
            yield _Part(name, _copied(stream, workspace, name, path.stat().st_size))
    elif kind == "zip":
        yield from _members(name, path, workspace)
    else:
        yield _Part(name, path)


def _members(name: str, path: Path, workspace: Workspace) -> Iterator[_Part]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if _is_table(Path(one.filename).name)]
            check_count(name, len(members))
            for member in members:
                own = Path(member.filename).name
                with archive.open(member) as stream:
                    yield _Part(own, _copied(stream, workspace, own, member.compress_size))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise _damaged(name, error) from error


def _copied(stream: _Readable, workspace: Workspace, name: str, packed: int) -> Path:
    target = workspace.unpacked / f"part-{len(list(workspace.unpacked.iterdir()))}"
    size = 0
    try:
        with target.open("wb") as out:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > min(LARGEST_UNPACKED, shutil.disk_usage(workspace.folder).free // 2):
                    raise _swollen(name, "to more than fits here")
                if size > max(SMALL, packed * MOST_PACKED):
                    raise _swollen(name, f"to over {MOST_PACKED} times its size, as no export does")
                out.write(chunk)
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(name, error) from error
    return target


def _swollen(name: str, how: str) -> InvalidInput:
    return InvalidInput(
        f"{name} unpacks {how}.", field=name, mend="Unpack it and look at it before trying again."
    )


def _damaged(name: str, error: Exception) -> InvalidInput:
    return InvalidInput(
        f"{name} is damaged ({error}).", field=name, mend="Upload or export it again."
    )


def _named_apart(parts: list[_Part]) -> Iterator[_Part]:
    taken: dict[str, int] = {}
    for part in parts:
        taken[part.name] = taken.get(part.name, 0) + 1
        number = taken[part.name]
        yield part if number == 1 else replace(part, name=f"{part.name} ({number})")


def _stage(part: _Part, workspace: Workspace) -> list[StagedFile]:
    kind = kind_of(part.path, part.name)
    if kind in ("gzip", "zip"):
        raise InvalidInput(
            f"{part.name} is packed twice.", field=part.name, mend="Unpack it once and try again."
        )
    with ThreadPoolExecutor(1, thread_name_prefix="digest") as pool:
        digested = pool.submit(sha256_of, part.path)
        if kind == "excel":
            staged = stage_excel(part.name, part.path, workspace)
        elif kind == "parquet":
            staged = [stage_parquet(part.name, part.path, workspace)]
        else:
            staged = [stage_delimited(part.name, part.path, workspace)]
    digest, size = digested.result(), part.path.stat().st_size
    staged = [without_kinds(workspace.connection, file) for file in staged]
    staged = [without_inner_lists(workspace.connection, file) for file in staged]
    staged = [without_repeated_headers(workspace.connection, file) for file in staged]
    staged = [without_group_totals(workspace.connection, file) for file in staged]
    filled = [filled_groups(workspace.connection, file) for file in staged]
    filled = [without_totals(workspace.connection, file) for file in filled]
    filled = [unpivoted(workspace.connection, file) for file in filled]
    return [replace(file, sha256=digest, size=size) for file in filled]

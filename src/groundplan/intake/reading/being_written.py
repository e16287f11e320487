"""Files that somebody still writes while they are read: what came of them would be half a file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from groundplan.kernel.errors import InvalidInput

State = dict[Path, tuple[int, int]]


@contextmanager
def unchanged(paths: Sequence[Path]) -> Iterator[None]:
    """Raises InvalidInput after the block where a file, or one of a folder, was changed within.

    That is said as well in place of whatever else went wrong with a file cut under the reader.
    """
    before = _state(paths)
    try:
        yield
    except Exception as error:
        if changed := _changed(before, _state(paths)):
            raise _moving(changed) from error
        raise
    if changed := _changed(before, _state(paths)):
        raise _moving(changed)


def _state(paths: Sequence[Path]) -> State:
    files = [child for path in paths for child in (path.iterdir() if path.is_dir() else [path])]
    found = {}
    for file in files:
        if file.is_file():
            told = file.stat()
            found[file] = (told.st_size, told.st_mtime_ns)
    return found


def _changed(before: State, after: State) -> Path | None:
    return next((file for file, told in before.items() if after.get(file) != told), None)


def _moving(file: Path) -> InvalidInput:
    return InvalidInput(
        f"{file.name} changed while it was read; nothing was taken.",
        field=file.name,
        mend="Wait until its export is over, or copy the file first.",
    )

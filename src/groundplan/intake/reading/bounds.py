"""How wide a table and how long a line may be: beyond that it is no export, or a trap."""

import csv
from collections.abc import Iterator

from groundplan.kernel.errors import InvalidInput

LONGEST_LINE = 4 << 20
MOST_COLUMNS = 1000
MOST_FILES = 1000
_LONG_CELL = 5


def check_width(name: str, columns: int) -> None:
    """Raises InvalidInput for a header that nobody could map."""
    if columns > MOST_COLUMNS:
        raise InvalidInput(
            f"{name} has {columns:,} columns; up to {MOST_COLUMNS:,} are read.",
            field=name,
            mend="Export only the columns that are needed.",
        )


def check_count(name: str, files: int) -> None:
    """Raises InvalidInput for a folder or archive of more files than are read at once."""
    if files > MOST_FILES:
        raise InvalidInput(
            f"{name} holds {files:,} files; up to {MOST_FILES:,} are read at once.",
            field=name,
            mend="Put files of one kind together, or import them in several goes.",
        )


def check_line(name: str, line: int) -> None:
    """Raises InvalidInput for a file whose line `line` (0: none) is too long to be read."""
    if line:
        raise InvalidInput(
            f"{name}: line {line:,} is longer than {LONGEST_LINE >> 20} MB.",
            field=name,
            mend="Look for a quote that isn't closed, or for a file that is no table.",
        )


class Lines:
    """The lines of a file, remembering those of the last record: whether its quote was closed is
    known only at the end. `start_record` forgets them."""

    def __init__(self, file: Iterator[str], delimiter: str) -> None:
        self._file, self._delimiter = file, delimiter
        self._record: list[str] = []
        self.at_end = False

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self._record.append(line)
            yield line
        self.at_end = True

    def start_record(self) -> None:
        self._record.clear()

    def swallowed(self, width: int) -> bool:
        """Whether a quote that nobody closed took records for its text, up to the next quote."""
        if len(self._record) == 1 or width == 1:
            return False
        fitting = [self._cells(line) == width for line in self._record[1:]]
        if self._cells(*self._record):
            # Well formed all the same: a list within a cell is one of a few lines.
            return len(fitting) > _LONG_CELL * (1 if width > 2 else 4) and all(fitting[:-1])
        return any(fitting)

    def _cells(self, *lines: str) -> int:
        """How many cells lines make together; 0 where a quote ends within a cell."""
        try:
            records = list(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error:
            return 0
        return len(records[0]) if len(records) == 1 else 0

    def open_quote(self) -> bool:
        """Whether the file ended within a quote of its last record."""
        try:
            list(csv.reader(self._record, delimiter=self._delimiter, strict=True))
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False

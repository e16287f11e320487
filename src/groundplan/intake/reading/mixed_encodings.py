"""Text in two encodings: lines of another one that were pasted or appended to a file of UTF-8."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from .encodings import CHUNK, guessed_encoding

_LATIN = ("cp125", "latin", "iso8859", "mac_roman", "cp850")


@dataclass(slots=True)
class Mixed:
    """How many lines beyond ASCII are UTF-8 and how many are not, with the first of each."""

    inside: int = 0
    outside: int = 0
    first_inside: int = 0
    first_outside: int = 0
    sample: bytes = b""

    @property
    def encoding(self) -> str:
        """What the lines that are not UTF-8 are likely in; '' where the file has one encoding.

        Two bytes of another script can be UTF-8 by chance: there most lines have to be.
        """
        if not self.inside or not self.outside:
            return ""
        found = guessed_encoding(self.sample)
        rarely = self.inside < self.outside and not found.startswith(_LATIN)
        return "" if rarely else found


def lines_apart(path: Path) -> Mixed:
    """Reads a file that is not UTF-8 as a whole, line by line."""
    found = Mixed()
    for number, line in enumerate(_lines(path), 1):
        if line.isascii():
            continue
        if _is_utf8(line):
            found.inside += 1
            found.first_inside = found.first_inside or number
        else:
            found.outside += 1
            found.first_outside = found.first_outside or number
            if len(found.sample) < CHUNK // 4:
                found.sample += line
    return found


def rewrite_mixed(path: Path, target: Path, encoding: str) -> None:
    """Writes `path` as UTF-8 to `target`, each line read in the encoding that it is in."""
    with target.open("wb") as out:
        for line in _lines(path):
            out.write(line if _is_utf8(line) else line.decode(encoding, "replace").encode())


def note_mixed(
    connection: duckdb.DuckDBPyConnection, file: str, found: Mixed, encoding: str
) -> None:
    """Remembers for the import's notes that a file was in two encodings, and where."""
    connection.execute("CREATE TABLE IF NOT EXISTS mixed (file VARCHAR, note VARCHAR)")
    fewer = found.outside <= found.inside
    count, first = (
        (found.outside, found.first_outside) if fewer else (found.inside, found.first_inside)
    )
    these, others = (encoding, "UTF-8") if fewer else ("UTF-8", encoding)
    lines = "line is" if count == 1 else "lines are"
    note = (
        f"{file} has two encodings: {count:,} {lines} in {these}, the first is line {first:,};"
        f" the others are in {others}. Each line was read as what it is."
    )
    connection.execute("INSERT INTO mixed VALUES (?, ?)", [file, note])


def mixed_notes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """One sentence for each file in two encodings."""
    connection.execute("CREATE TABLE IF NOT EXISTS mixed (file VARCHAR, note VARCHAR)")
    rows = connection.execute("SELECT note FROM mixed ORDER BY file").fetchall()
    return [note for (note,) in rows]


def _lines(path: Path) -> Iterator[bytes]:
    """Physical lines, of which one without an end comes in pieces."""
    with path.open("rb") as file:
        while line := file.readline(CHUNK):
            yield line


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True

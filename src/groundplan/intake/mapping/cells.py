"""Which column of which file a name in a mapping means."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile
from groundplan.kernel.errors import InvalidInput

__all__ = ["Cell", "Reach", "literal", "quoted", "staged_file"]


def staged_file(files: Mapping[str, StagedFile], name: str) -> StagedFile:
    """The file that a mapping calls `name`; case doesn't matter. Raises InvalidInput."""
    if name in files:
        return files[name]
    loose = [file for key, file in files.items() if key.casefold() == name.casefold()]
    if len(loose) == 1:
        return loose[0]
    raise InvalidInput(
        f"The mapping names the file {name!r}, which is not among the files read.",
        field=name,
        mend=f"Files read: {', '.join(sorted(files)) or 'none'}.",
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """A column as it is reached from the driving file's row."""

    file: str
    relation: str
    column: str
    heading: str
    place: int

    @property
    def sql(self) -> str:
        return f"f{self.place}.{quoted(self.column)}"

    @property
    def line(self) -> str:
        """The column of the compiled select that holds this cell's physical line."""
        return f"_line_{self.place}" if self.place else "_line"

    @property
    def shown(self) -> str:
        """How a reject names the column: with its file where that isn't the driving one."""
        return f"{self.file}:{self.heading}" if self.place else self.heading


class Reach:
    """The driving file and those joined to it, in order: where names are looked up.

    A name is the file's own heading; `file.csv:Heading` tells files apart, `file.csv#1:Heading`
    means the first join. Where two files have it, the driving file wins, then the first joined.
    """

    def __init__(self, files: Sequence[StagedFile]) -> None:
        self.files = tuple(files)

    def find(self, name: str) -> Cell:
        """Raises InvalidInput that lists the columns nearest in spelling."""
        for fold in (str, _folded):
            for place, file in enumerate(self.files):
                found = _position(file, place, name, fold)
                if found is not None:
                    return _cell(file, place, found)
        raise InvalidInput(
            f"{self.files[0].name} has no column {name!r}.", field=name, mend=self._near(name)
        )

    def _near(self, name: str) -> str:
        known = [heading for file in self.files for heading in file.columns]
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        return f"Did you mean {', '.join(near)}?" if near else f"It has: {', '.join(known[:40])}."


def _folded(name: str) -> str:
    return normalize("NFKC", name).strip().casefold()


def _position(file: StagedFile, place: int, name: str, same: Callable[[str], str]) -> int | None:
    wanted = {same(name)}
    prefix, separator, rest = name.rpartition(":")
    own = (file.name.casefold(), f"{file.name}#{place}".casefold())
    if separator and prefix.casefold() in own:
        wanted = {same(rest)}
    return next((at for at, name in enumerate(file.columns) if same(name) in wanted), None)


def _cell(file: StagedFile, place: int, position: int) -> Cell:
    column = file.columns[position]
    return Cell(file.name, file.relation, column, column, place)

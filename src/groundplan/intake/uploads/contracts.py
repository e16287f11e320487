"""What the wizard knows of an upload: kept as JSON in the upload's own row."""

from dataclasses import dataclass
from typing import Literal

Step = Literal["examine", "map", "check", "checked", "take", "taken", "failed"]
BUSY: tuple[Step, ...] = ("examine", "check", "take")
"""`examine`, `check` and `take` are under way as a job; the others wait for a person."""


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column of an uploaded file with a few of its values."""

    name: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file (or sheet) as it was read. `size` in bytes; `note` says why it feeds no table."""

    name: str
    rows: int
    encoding: str
    delimiter: str
    columns: tuple[ColumnSeen, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Because:
    """What speaks for a column's rule: `score` 0 to 1."""

    table: str
    file: str
    column: str
    score: float
    because: str

"""What the steps of an import hand to each other: files as staged, mappings, reports."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class StagedFile:
    """One file (or one sheet) as read: a table of text in the staging database.

    `relation` is the DuckDB table: `_line` BIGINT (physical line of the record's first line,
    header included, from 1), then `columns` as VARCHAR in file order; empty cells are NULL,
    surrounding blanks are gone. `names` holds the file's own headings; `columns` the same made
    unique and never empty. `above` holds the filled cells of the lines over the header: titles.
    """

    name: str
    relation: str
    columns: tuple[str, ...]
    rows: int
    size: int = 0
    sha256: str = ""
    encoding: str = ""
    delimiter: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """Where a canonical column's value comes from: exactly one of the three.

    `column` names a column of the file or of a joined file; `compute` is an expression over
    columns; `value` is fixed for every row.
    """

    column: str = ""
    compute: str = ""
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """Another file whose columns are added to each row: rows meet where `on` pairs are equal.

    `on` maps this file's column, or an expression over its columns, to the other's column. The
    other's key must be unique; a row that finds no partner is rejected unless `optional`. With
    `first` the other's key may repeat and its first row counts: so an export that fills an order's
    columns on its first line only is joined to itself; a joined file's columns are told apart as
    `orders.csv#1:Date` (1 is the first join).
    """

    file: str
    on: dict[str, str]
    optional: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one file feeds one canonical table.

    `skip` holds expressions: a row for which one is true is left out and counted, not rejected.
    `date_format` is strptime's, `decimal` the decimal mark; empty means found from the values.
    `distinct` keeps one row of each key where a file repeats a table's rows: the first that has
    all that the table requires, else the first.
    `match_by_name` lists reference columns whose values are names, not ids.
    """

    table: str
    file: str
    columns: dict[str, ColumnRule]
    joins: tuple[Join, ...] = ()
    skip: tuple[str, ...] = ()
    date_format: str = ""
    decimal: Literal["", ".", ","] = ""
    distinct: bool = False
    match_by_name: tuple[str, ...] = ()
    attributes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class StageRule:
    """What a stage of the source means; `probability` 0 to 1, None where the file's counts."""

    outcome: Literal["open", "won", "lost"]
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a source's files become facts. Written and read as TOML.

    `aliases` holds, per table, a spelling in the files and the name or id it stands for; `apart`
    the spellings that are names of their own, however much they look like another.
    """

    tables: tuple[TableMapping, ...]
    source: str = ""
    stages: dict[str, StageRule] = field(default_factory=dict)
    aliases: dict[str, dict[str, str]] = field(default_factory=dict)
    apart: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed rule for a canonical column: `score` 0 to 1 and what speaks for it."""

    column: str
    rule: ColumnRule | None
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class FileSuggestion:
    """What a file seems to be; `table` empty where nothing scored above the threshold."""

    file: str
    table: str
    score: float
    columns: tuple[Suggestion, ...]
    missing: tuple[str, ...]
    because: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name in a file that nearly matches a known one; `accepted` ones are joined.

    Spellings that differ only in case, blanks and punctuation are accepted, others only proposed;
    where a person `decided`, what the mapping says holds.
    """

    table: str
    spelling: str
    means: str
    rows: int
    score: float
    accepted: bool
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that can't be taken: the file, physical line and heading where the bad value stands.

    Where that is a joined file, the reason ends in the driving row's: `(lines.csv line 3)`."""

    file: str
    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class RejectSum:
    """How many rows of a file are rejected for one reason, the first line that is, and the first
    few as examples: (line, value, reason in full)."""

    file: str
    column: str
    reason: str
    rows: int
    first_line: int
    examples: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TableCount:
    """Rows of one table: read = accepted + rejected + skipped. `gone` are stored rows that a
    complete file lacks: archived, or removed where the table has no archive."""

    read: int = 0
    accepted: int = 0
    rejected: int = 0
    skipped: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Replaced:
    """Earlier purchases of the source that an import's replace: by their orders, by the days that
    the import spans, or all. `orders` counts theirs, `stay` those that are not replaced."""

    by: Literal["orders", "dates", "all"]
    rows: int
    orders: int
    first_on: date | None
    last_on: date | None
    stay: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or under `dry_run` would do."""

    source: str
    tables: dict[str, TableCount]
    proposals: tuple[Proposal, ...] = ()
    notes: tuple[str, ...] = ()
    reject_sample: tuple[Reject, ...] = ()
    reject_sums: tuple[RejectSum, ...] = ()
    rejects_path: Path | None = None
    run_uid: str = ""
    dry_run: bool = False
    taken: bool = False
    seconds: float = 0.0
    replaced_purchases: int = 0
    replaced: Replaced | None = None
    first_on: date | None = None
    last_on: date | None = None

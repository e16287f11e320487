"""Turns the mapping of one table into SQL over the staged files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import duckdb

from groundplan.intake.contracts import StagedFile, TableMapping


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the cells of a canonical column stand, so that a reject can name them.

    `file` and `heading` are the file's own words (`heading` of a computed column lists what it is
    computed from; both are empty for a fixed value). `line` is the column of the compiled select
    that holds the physical line of the cell: `_line`, or `_line_1` for the first joined file and
    so on. `decimal` is the decimal mark of its numbers: '.' for what is computed or fixed, else
    what the mapping says ('' = to be found from the values). `fault` names the column of the
    compiled select that tells why a computed cell is empty, '' for other columns: a
    STRUCT(file VARCHAR, line BIGINT, heading VARCHAR, value VARCHAR), NULL where nothing is
    wrong.
    """

    kind: Literal["column", "compute", "value"]
    file: str = ""
    heading: str = ""
    line: str = "_line"
    decimal: Literal["", ".", ","] = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The raw rows of one table.

    `sql` is a SELECT of `_file` VARCHAR, `_line` BIGINT, `_line_1`... BIGINT one a join, every
    mapped canonical column as VARCHAR (numbers and dates still as the file writes them),
    `_fault_<column>` of computed columns, `_attributes` VARCHAR (JSON object of text, only where
    the table takes custom attributes) and `_unmatched` STRUCT(file, heading, value, other)
    VARCHARs, NULL where every required join found its partner, else the cell whose partner
    `other` lacks. Rows that skip rules or `distinct` leave out aren't in it: skipped = rows of
    the file - rows of the select.
    """

    table: str
    sql: str
    origins: dict[str, Origin]


def select_sql(
    mapping: TableMapping,
    files: Mapping[str, StagedFile],
    connection: duckdb.DuckDBPyConnection,
) -> Compiled:
    """Compiles `mapping` over the staged `files` (by their names) in `connection`.

    Only looks at the staged tables (is a joined key unique, which decimal mark do the numbers in
    expressions use), changes nothing. Raises InvalidInput naming the table, the column or
    expression and how to mend it: unknown file or column, expression outside the language, a
    joined key that repeats.
    """
    raise NotImplementedError

"""Turns the mapping of one table into SQL over the staged files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import duckdb

from groundplan.engine.facts import TABLES
from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import ColumnRule, StagedFile, TableMapping
from groundplan.intake.mapping.cells import Cell, Reach, staged_file
from groundplan.intake.mapping.checking import check_table
from groundplan.intake.mapping.expressions import Expression, compile_expression
from groundplan.intake.mapping.joining import Joined, joins_of
from groundplan.intake.mapping.numbers import Mark, decimal_mark


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the cells of a canonical column stand, so that a reject can name them.

    `file` and `heading` are the file's own words (`heading` of a computed column lists what it is
    computed from; both are empty for a fixed value). `line` is the column of the compiled select
    that holds the physical line of the cell: `_line`, or `_line_1` for the first joined file and
    so on. `decimal` is the decimal mark of its numbers: '.' for what is computed or fixed, else
    what the mapping says ('' = to be found from the values). `fault` names the column of the
    compiled select that tells why a computed cell is empty, '' for other columns: a
    STRUCT(file VARCHAR, line BIGINT, heading VARCHAR, value VARCHAR): the first cell that is
    empty (its value NULL) or no number; NULL where nothing is wrong.
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
    the table takes custom attributes) and `_unmatched` STRUCT(file, line, heading, value,
    other), NULL where every required join found its partner, else the cell whose partner
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
    check_table(mapping)
    return _Compiler(mapping, files, connection).compiled()


@dataclass(frozen=True, slots=True)
class _Column:
    sql: str
    origin: Origin
    expression: Expression | None = None


class _Compiler:
    """One table mapping on its way to SQL."""

    def __init__(
        self,
        mapping: TableMapping,
        files: Mapping[str, StagedFile],
        connection: duckdb.DuckDBPyConnection,
    ) -> None:
        self.mapping = mapping
        self.table = TABLES[mapping.table]
        self.connection = connection
        self.file = staged_file(files, mapping.file)
        self.joins: tuple[Joined, ...] = joins_of(mapping, files, connection)
        self.reach = Reach([self.file, *(join.file for join in self.joins)])
        self.marks: dict[Cell, Mark] = {}

    def compiled(self) -> Compiled:
        columns = {name: self.column(name, rule) for name, rule in self.mapping.columns.items()}
        fields = [f"{literal(self.file.name)} AS _file", "f0._line AS _line"]
        fields += [f"f{place}._line AS _line_{place}" for place in range(1, len(self.joins) + 1)]
        fields += [f"{column.sql} AS {quoted(name)}" for name, column in columns.items()]
        fields += [
            f"{_fault(column)} AS {column.origin.fault}"
            for column in columns.values()
            if column.origin.fault
        ]
        if self.table.extra:
            fields.append(f"{self.attributes()} AS _attributes")
        fields.append(f"{self.unmatched()} AS _unmatched")
        sql = f"SELECT {', '.join(fields)} FROM {self.source} WHERE {self.taken(columns)}"
        origins = {name: column.origin for name, column in columns.items()}
        return Compiled(self.table.name, sql, origins)

    @cached_property
    def source(self) -> str:
        joined = " ".join(join.sql for join in self.joins)
        return f"{quoted(self.file.relation)} f0 {joined}"

    def column(self, name: str, rule: ColumnRule) -> _Column:
        if rule.column:
            cell = self.reach.find(rule.column)
            origin = Origin("column", cell.file, cell.heading, cell.line, self.mapping.decimal)
            return _Column(cell.sql, origin)
        if rule.compute:
            return self.computed(name, compile_expression(rule.compute, self.reach, self.mark))
        return _Column(f"NULLIF({literal(rule.value or '')}, '')", Origin("value", decimal="."))

    def computed(self, name: str, expression: Expression) -> _Column:
        cells = expression.cells
        origin = Origin(
            "compute",
            cells[0].file if cells else "",
            ", ".join(cell.shown for cell in cells),
            cells[0].line if cells else "_line",
            ".",
            f"_fault_{name}",
        )
        return _Column(expression.sql, origin, expression)

    def mark(self, cell: Cell) -> Mark:
        """The decimal mark of a column in an expression: as mapped, as its values show, or as
        the other columns of its file do."""
        if self.mapping.decimal:
            return self.mapping.decimal
        if cell not in self.marks:
            file = self.reach.files[cell.place]
            own = decimal_mark(self.connection, file.relation, cell.column)
            self.marks[cell] = own or file_mark(self.connection, file)
        return self.marks[cell]

    def attributes(self) -> str:
        """JSON of the columns that no rule uses (or those the mapping lists), empty ones out."""
        names = self.mapping.attributes
        cells = self.unused() if names is None else [self.reach.find(name) for name in names]
        if not cells:
            return "'{}'"
        pairs = ", ".join(f"{literal(cell.heading)}, {cell.sql}" for cell in cells)
        return f"CAST(json_merge_patch('{{}}', json_object({pairs})) AS VARCHAR)"

    def unused(self) -> list[Cell]:
        used = {
            self.reach.find(rule.column) for rule in self.mapping.columns.values() if rule.column
        }
        every = (self.reach.find(f"{self.file.name}:{column}") for column in self.file.columns)
        return [cell for cell in every if cell not in used]

    def unmatched(self) -> str:
        cases = " ".join(
            f"WHEN f{place}._line IS NULL THEN {join.lonely}"
            for place, join in enumerate(self.joins, start=1)
            if not join.optional
        )
        return f"CASE {cases} END" if cases else f"CAST(NULL AS {_UNMATCHED})"

    def taken(self, columns: dict[str, _Column]) -> str:
        """The condition under which a row is taken: no skip rule holds, and it isn't a repeat."""
        skips = [
            compile_expression(text, self.reach, self.mark, "boolean").sql
            for text in self.mapping.skip
        ]
        kept = " AND ".join(f"NOT {skip}" for skip in skips) or "TRUE"
        if not self.mapping.distinct:
            return kept
        key = self.table.key
        keys = [columns[key].sql] if key else [column.sql for column in columns.values()]
        filled = f" AND {keys[0]} IS NOT NULL" if key else ""
        line = f"min(f0._line) FILTER ({self.told(columns)})"
        first = f"SELECT coalesce({line}, min(f0._line)) FROM {self.source} WHERE {kept}{filled}"
        return f"{kept} AND f0._line IN ({first} GROUP BY {', '.join(keys)})"

    def told(self, columns: dict[str, _Column]) -> str:
        """The condition under which a row tells all that its table requires: a computed cell does
        where the first column that it is computed from does."""
        cells = [
            column.expression.cells[0].sql if column.expression else column.sql
            for name, column in columns.items()
            if self.table.column(name).required
            and not (column.expression and not column.expression.cells)
        ]
        return " AND ".join(f"{cell} IS NOT NULL" for cell in cells) or "TRUE"


_FAULT = "STRUCT(file VARCHAR, line BIGINT, heading VARCHAR, value VARCHAR)"
_UNMATCHED = "STRUCT(file VARCHAR, line BIGINT, heading VARCHAR, value VARCHAR, other VARCHAR)"


def _fault(column: _Column) -> str:
    """The first cell that keeps a computed column from having a value."""
    expression = column.expression
    if expression is None or not expression.faults:
        return f"CAST(NULL AS {_FAULT})"
    wrong = [(cell, f"{cell.sql} IS NOT NULL AND {number} IS NULL")
             for cell, number in expression.faults]  # fmt: skip
    empty = [(cell, f"{cell.sql} IS NULL") for cell, _ in expression.faults]
    cases = " ".join(
        f"WHEN {test} THEN {{'file': {literal(cell.file)}, 'line': f{cell.place}._line, "
        f"'heading': {literal(cell.shown)}, 'value': {cell.sql}}}"
        for cell, test in wrong + empty
    )
    return f"CASE WHEN {expression.sql} IS NOT NULL THEN NULL {cases} END"


def file_mark(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> Mark:
    """The decimal mark that most columns of a file show; a point where none shows any."""
    marks = [decimal_mark(connection, file.relation, column) for column in file.columns]
    return "," if marks.count(",") > marks.count(".") else "."

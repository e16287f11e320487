"""The typed rows of one table mapping, each with the first thing that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from groundplan.engine.facts import TABLES, Column
from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile, TableMapping
from groundplan.intake.mapping.cells import staged_file
from groundplan.intake.mapping.compile import Compiled, Origin, select_sql
from groundplan.intake.mapping.numbers import Mark

from .dates import LIKE_A_DATE, NO_DAY, DateStyle, Order, date_style, days_sql, iso_day_sql
from .numbers import amount_sql, is_percent, mark_of, share_sql, whole_sql
from .words import boolean_sql, choice_sql, currency_sql, deal_kind_sql

SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DECIMAL(18,4)",
    "share": "DECIMAL(5,4)",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "currency": "VARCHAR",
}
_NUMBERS = ("integer", "decimal", "share")
# Free text that is cut rather than rejected: its end says little.
_CUT = {("interactions", "subject"): 300, ("opportunities", "name"): 300}


@dataclass(frozen=True, slots=True)
class Typed:
    """What typing found out about a mapping: its place among the mappings, and what it guessed."""

    place: int
    mapping: TableMapping
    compiled: Compiled
    guessed_dates: tuple[str, ...]


def type_rows(
    connection: duckdb.DuckDBPyConnection,
    place: int,
    mapping: TableMapping,
    *,
    files: Mapping[str, StagedFile],
    limits: Mapping[str, int],
) -> Typed:
    """Adds the mapping's rows to `rows_<table>`: typed columns and `_fault`.

    Columns: `_place` (of the mapping), `_line`, the table's own, `_attributes`, `_fault`
    (`column|code|detail`, NULL for a good row), `_value` and `_at` (the cell in fault: its value
    and, where it stands in a joined file, its line).
    """
    compiled = select_sql(mapping, files, connection)
    raw = f"raw_{place}"
    lasting = "TABLE" if mapping.joins or mapping.distinct else "VIEW"
    connection.execute(f"CREATE {lasting} {raw} AS {compiled.sql}")
    reader = _Reader(connection, raw, mapping, compiled, staged_file(files, mapping.file))
    sql = reader.select(place, limits)
    relation = f"rows_{mapping.table}"
    exists = connection.execute(
        f"SELECT count(*) FROM duckdb_tables() WHERE table_name = '{relation}'"
    ).fetchone()
    verb = f"INSERT INTO {relation}" if exists and exists[0] else f"CREATE TABLE {relation} AS"
    connection.execute(f"{verb} {sql}")
    return Typed(place, mapping, compiled, reader.guessed)


class _Reader:
    """Finds out how the columns of a mapping write their values, and builds the typing SELECT."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        raw: str,
        mapping: TableMapping,
        compiled: Compiled,
        file: StagedFile,
    ) -> None:
        self.connection = connection
        self.raw = raw
        self.mapping = mapping
        self.table = TABLES[mapping.table]
        self.origins = compiled.origins
        self.columns = [c for c in self.table.columns if c.name in compiled.origins]
        self.marks = self._marks(file.delimiter)
        self.styles = self._styles()
        self.joins: list[str] = []

    @property
    def guessed(self) -> tuple[str, ...]:
        return tuple(name for name, style in self.styles.items() if style.guessed)

    def _marks(self, delimiter: str) -> dict[str, Mark]:
        numbers = [c.name for c in self.columns if c.type in _NUMBERS]
        known = {name: str(self.origins[name].decimal) for name in numbers}
        return mark_of(self.connection, self.raw, known, delimiter)

    def _styles(self) -> dict[str, DateStyle]:
        names = [c.name for c in self.columns if c.type == "date"]
        if self.mapping.date_format:
            fixed = DateStyle(iso=False, format=self.mapping.date_format)
            return dict.fromkeys(names, fixed)
        hint: Order = "day" if "," in self.marks.values() else "month"
        styles = {name: date_style(self.connection, self.raw, name, hint) for name in names}
        sure = {style.order for style in styles.values() if not style.iso and not style.guessed}
        if len(sure) != 1:
            return styles
        # Another date column of the file settles what this one's values leave open.
        order = sure.pop()
        return {
            name: DateStyle(iso=False, order=order) if style.guessed else style
            for name, style in styles.items()
        }

    def select(self, place: int, limits: Mapping[str, int]) -> str:
        typed = {c.name: self._typed(c) for c in self.columns}
        fields = [f"CAST({place} AS SMALLINT) AS _place", "r._line AS _line"]
        for column in self.table.columns:
            sql = typed.get(column.name, "NULL")
            fields.append(f"CAST({sql} AS {SQL_TYPES[column.type]}) AS {quoted(column.name)}")
        attributes = "r._attributes" if self.table.extra else "CAST(NULL AS VARCHAR)"
        fields.append(f"{attributes} AS _attributes")
        inner = (
            f"SELECT {', '.join(fields)}, {self._raws()} FROM {self.raw} r {' '.join(self.joins)}"
        )
        names = ", ".join(
            ["_place", "_line", *(quoted(c.name) for c in self.table.columns), "_attributes"]
        )
        value, at = self._cells()
        return (
            f"SELECT {names}, CAST(_fault AS VARCHAR) AS _fault,"
            f" CAST(CASE WHEN _fault IS NOT NULL THEN {value} END AS VARCHAR) AS _value,"
            f" CAST(CASE WHEN _fault IS NOT NULL THEN {at} END AS BIGINT) AS _at"
            f" FROM (SELECT *, {self._fault(limits)} AS _fault FROM ({inner}))"
        )

    def _raws(self) -> str:
        raws = [f"r.{quoted(c.name)} AS {quoted('raw ' + c.name)}" for c in self.columns]
        lines = {o.line for o in self.origins.values()} - {"_line"}
        faults = [o.fault for o in self.origins.values() if o.fault]
        return ", ".join([*raws, *(f"r.{name}" for name in sorted(lines) + faults), "r._unmatched"])

    def _typed(self, column: Column) -> str:
        x = f"r.{quoted(column.name)}"
        mark = self.marks.get(column.name, ".")
        if column.type == "date":
            return self._date(column.name, x)
        if column.type == "decimal":
            return amount_sql(x, mark)
        if column.type == "integer":
            return whole_sql(x, mark)
        if column.type == "share":
            percent = is_percent(self.connection, self.raw, column.name, mark)
            return share_sql(x, mark, percent=percent)
        return self._word(column, x)

    def _word(self, column: Column, x: str) -> str:
        if column.type == "boolean":
            return boolean_sql(x)
        if column.type == "currency":
            return currency_sql(x)
        if column.choices:
            return choice_sql(x, column)
        if (self.table.name, column.name) == ("opportunities", "kind"):
            return deal_kind_sql(x)
        cut = _CUT.get((self.table.name, column.name))
        return f"left({x}, {cut})" if cut else x

    def _date(self, name: str, x: str) -> str:
        """Days that need thought are read once a value, then looked up."""
        style = self.styles[name]
        if style.iso:
            return iso_day_sql(x)
        relation = f"days_{self.raw}_{name}"
        cell = quoted(name)
        values = f"SELECT DISTINCT {cell} AS v FROM {self.raw} WHERE {cell} IS NOT NULL"
        self.connection.execute(f"CREATE TABLE {relation} AS {days_sql(values, style)}")
        self.joins.append(f"LEFT JOIN {relation} ON {relation}.v = {x}")
        return f"{relation}.day"

    def _fault(self, limits: Mapping[str, int]) -> str:
        cell = "_unmatched.file || '|' || _unmatched.heading"
        lonely = f"'*|joined|' || _unmatched.other || '|' || {cell}"
        whens = [f"WHEN _unmatched IS NOT NULL THEN {lonely}"]
        for column in self.columns:
            whens += self._faults(column, limits.get(column.name, 0))
        whens += _SPECIAL.get(self.table.name, [])
        return f"CASE {' '.join(whens)} END"

    def _faults(self, column: Column, limit: int) -> list[str]:
        name, raw = quoted(column.name), quoted("raw " + column.name)
        code = "choice" if column.choices else column.type
        detail = ", ".join(column.choices)
        found = []
        origin = self.origins[column.name]
        if origin.fault:
            # The cell that a computed value lacks is named in the fault: file and heading.
            cell = f"{origin.fault}.file || '|' || {origin.fault}.heading"
            wrong = f"{origin.fault} IS NOT NULL AND {origin.fault}.value IS NOT NULL"
            found.append(f"WHEN {wrong} THEN '{column.name}|decimal|' || {cell}")
            if column.required:
                lacks = f"{raw} IS NULL AND {origin.fault} IS NOT NULL"
                found.append(f"WHEN {lacks} THEN '{column.name}|missing|' || {cell}")
        if column.required or column.name == self.table.key:
            lack = "nobody" if column.refers_to == "accounts" else "missing"
            found.append(f"WHEN {raw} IS NULL THEN '{column.name}|{lack}|'")
        unread = f"{raw} IS NOT NULL AND {name} IS NULL"
        if column.type == "date":
            if not column.required:
                unread += f" AND NOT regexp_matches({raw}, '{NO_DAY}')"
            like = f"regexp_matches({raw}, '{LIKE_A_DATE}')"
            found.append(f"WHEN {unread} AND {like} THEN '{column.name}|no_such_day|'")
        if column.type != "text" or column.choices:
            found.append(f"WHEN {unread} THEN {literal(f'{column.name}|{code}|{detail}')}")
        elif limit:
            found.append(f"WHEN length({name}) > {limit} THEN '{column.name}|long|{limit}'")
        return found

    def _cells(self) -> tuple[str, str]:
        """SQL of the value and of the line of the cell that `_fault` names."""
        values, lines = ["WHEN '*' THEN _unmatched.value"], ["WHEN '*' THEN _unmatched.line"]
        for column in self.columns:
            origin = self.origins[column.name]
            values.append(f"WHEN '{column.name}' THEN {_value(column.name, origin)}")
            if origin.fault:
                lines.append(
                    f"WHEN '{column.name}' THEN coalesce({origin.fault}.line, {origin.line})"
                )
            elif origin.line != "_line":
                lines.append(f"WHEN '{column.name}' THEN {origin.line}")
        name = "split_part(_fault, '|', 1)"
        at = f"CASE {name} {' '.join(lines)} END"
        return f"left(CASE {name} {' '.join(values)} END, 500)", at


def _value(name: str, origin: Origin) -> str:
    raw = quoted("raw " + name)
    return f"coalesce({origin.fault}.value, {raw})" if origin.fault else raw


_SPECIAL = {
    "quotas": ["WHEN period_end < period_start THEN 'period_end|backward|'"],
    "rates": ["WHEN rate <= 0 THEN 'rate|rate|'"],
    "leads": ["WHEN account_id IS NULL AND name IS NULL THEN 'name|missing|'"],
}

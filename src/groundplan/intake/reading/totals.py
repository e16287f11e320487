"""Lines of totals among records: a cell says so, and what nearly all records have is empty."""

import re

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile
from groundplan.intake.mapping.numbers import Mark, decimal_mark, number_sql

from .group_rows import merged_down, note_left_out, renewed

_MOST_ROWS = 200_000
_NEARLY_ALL = 0.75
_NEAR = 0.05
_SAYS = (
    r"^((grand|sub|report|overall|quarter|month|year)[ -]?)*totals?\b.*$|^.{1,40} totals?:?$"
    r"|^(zwischen|gesamt|end|monats|quartals|jahres)?summe\b.*$|^gesamt(betrag|ergebnis)?:?$"
    r"|^(sous-|sub)?total\b.*$|^(totale|totaal|subtotaal|suma|razem|summa|sum|totalt|yhteensä|итого"
    r"|всего|合計|小計|总计|小计|delsumma|delsum|subtotale|somme)\b.*$"
)
_OF_A_GROUP = (
    r"^(.+?)[ :-]+(totals?|subtotal|ergebnis|summe|gesamt|totale|totaal|totaux|suma|итог|合計"
    r"|小計)$"
)
_GROUP_OF = (
    r"^(?:total|totaal|totale|summe|somme|sous-total|suma|итого)[ :-]+(?:for |of |de )?(.+)$"
)
_WORDS = "tota|summe|ergebnis|gesamt|suma|somme|итог|合計|小計"
"""Some part of every word that the two shapes above know."""

_LEVELS = 3


def without_group_totals(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile:
    """The file without the lines that pivots end their groups with: `Acme Total` where `Acme` is
    another value of the same column, among its first ones; itself where it has none.

    A group that is named on its first line only is named on all of them.
    """
    if not 4 <= file.rows <= _MOST_ROWS or len(file.columns) < 3:
        return file
    levels = [quoted(name) for name in file.columns[:_LEVELS]]
    if not _any_word(connection, file, levels):
        return file
    tests = []
    for name in levels:
        told = " OR ".join(
            f"regexp_extract(lower({name}), {literal(shape)}, 1) IN"
            f" (SELECT lower({name}) FROM {file.relation} WHERE {name} <> '')"
            for shape in (_OF_A_GROUP, _GROUP_OF)
        )
        tests.append(f"coalesce({told}, FALSE)")
    left = _without(connection, file, f"({' OR '.join(tests)})")
    return file if left is file else merged_down(connection, left, had_totals=True)


def _any_word(connection: duckdb.DuckDBPyConnection, file: StagedFile, columns: list[str]) -> bool:
    """Whether a word for a total is anywhere in these columns, in a tenth of the time that it takes
    to find out of what it is the total."""
    tests = " OR ".join(f"regexp_matches(lower({name}), {literal(_WORDS)})" for name in columns)
    found = connection.execute(f"SELECT 1 FROM {file.relation} WHERE {tests} LIMIT 1").fetchall()
    return bool(found)


def without_totals(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile:
    """The file without such lines, which the import's notes tell of; itself where it has none."""
    if not 4 <= file.rows <= _MOST_ROWS:
        return file
    if len(file.columns) == 2:
        return _without_sum(connection, file)
    if len(file.columns) < 3:
        return file
    counts = ", ".join(f"count({quoted(name)})" for name in file.columns)
    filled = connection.execute(f"SELECT {counts} FROM {file.relation}").fetchone() or ()
    usual = [
        quoted(name)
        for name, count in zip(file.columns, filled, strict=True)
        if count >= _NEARLY_ALL * file.rows
    ]
    if len(usual) < 3:
        return file
    empty = " + ".join(f"CAST({name} IS NULL AS INTEGER)" for name in usual)
    says = " OR ".join(
        f"regexp_full_match(lower(coalesce({quoted(name)}, '')), {literal(_SAYS)})"
        for name in file.columns
    )
    gone = f"(2 * ({empty}) >= {len(usual)} AND ({says}))"
    return _without(connection, file, gone)


def _without_sum(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile:
    """The list of names and numbers without its last line where that is called their total and is;
    itself where it isn't."""
    name, cell = map(quoted, file.columns)
    mark: Mark = decimal_mark(connection, file.relation, file.columns[1]) or "."
    number = number_sql(cell, mark)
    row = connection.execute(
        f"SELECT max(_line), arg_max(lower({name}), _line), arg_max({number}, _line), sum({number})"
        f" FROM {file.relation}"
    ).fetchone()
    line, said, last, every = row or (0, None, None, None)
    if not said or last is None or not re.fullmatch(_SAYS, said):
        return file
    return _without(connection, file, f"_line = {line}") if abs(every - 2 * last) < _NEAR else file


def _without(connection: duckdb.DuckDBPyConnection, file: StagedFile, gone: str) -> StagedFile:
    row = connection.execute(f"SELECT count(*) FROM {file.relation} WHERE {gone}").fetchone()
    if not row or not row[0]:
        return file
    relation = f"{file.relation}_{len(file.relation)}"
    connection.execute(
        f"CREATE TABLE {relation} AS SELECT * FROM {file.relation} WHERE NOT {gone} ORDER BY _line"
    )
    note_left_out(connection, file, relation)
    return renewed(connection, file, relation)

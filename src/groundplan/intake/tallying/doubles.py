"""Orders' totals among the orders' lines, where a column says which rows are which."""

from dataclasses import replace

from groundplan.engine.sql import quoted
from groundplan.intake.contracts import TableMapping
from groundplan.intake.suggest.matching.expressions import among, ticked
from groundplan.intake.tallying.agreeing import AGREED
from groundplan.intake.tallying.orders import RELATION, Lines

_SURELY = 0.98
_FEWEST = 8
_MOST_MARKS = 5
_NEAR = (
    "(abs(2 * a - every) <= 0.02 + 0.006 * n + 0.001 * abs(a)"
    " OR (abs(2 * q - pieces) < 0.001 AND n * q > pieces AND abs(2 * a - every) < 0.3 * abs(a)))"
)
"""Orders' totals may have freight in them, which their lines lack: then pieces tell."""


def without_total_lines(table: TableMapping, lines: Lines) -> TableMapping | None:
    """The table without such lines; None where no column tells all of them and no other line.

    They are seen in orders of three lines and more; in an order of two both have its total.
    """
    doubles = _marked_doubles(lines)
    if doubles < _FEWEST:
        return None
    tests = (_test(column, doubles, lines) for column in lines.file.columns)
    found = min((test for test in tests if test), default=None)
    return replace(table, skip=(*table.skip, found[1])) if found else None


def _marked_doubles(lines: Lines) -> int:
    """Makes the relation `doubles` of lines of orders that have a total among them: how many; 0
    where many orders of three lines and more have none, for one line may be others' sum by chance.
    """
    lines.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE doubles AS SELECT line, k, n,"
        f" coalesce(n > 2 AND {_NEAR}, FALSE) AND top = 1 AS is_sum"
        f" FROM (SELECT line, k, a, q, count(*) OVER (PARTITION BY k) AS n,"
        f" sum(a) OVER (PARTITION BY k) AS every, sum(q) OVER (PARTITION BY k) AS pieces,"
        f" row_number() OVER (PARTITION BY k ORDER BY abs(a) DESC, line) AS top"
        f" FROM {RELATION} WHERE a <> 0)"
        f" WHERE n <> 2"
    )
    row = lines.connection.execute(
        "SELECT count(*) FILTER (is_sum), count(DISTINCT k) FILTER (n > 2) FROM doubles"
    ).fetchone()
    sums, orders = row or (0, 0)
    return int(sums) if sums >= AGREED * orders else 0


def _test(column: str, doubles: int, lines: Lines) -> tuple[int, str] | None:
    """The expression of a column that holds for totals alone, before it how little it says so: a
    mark says more than a cell that is empty, and that more than a number."""
    rows = lines.connection.execute(
        f"SELECT f.{quoted(column)} AS v, count(*) FILTER (is_sum), count(*) FILTER (NOT is_sum)"
        f" FROM doubles JOIN {quoted(lines.file.relation)} f ON f._line = doubles.line GROUP BY 1"
        f" HAVING count(*) FILTER (is_sum) > 0 ORDER BY 2 DESC, 1 LIMIT {_MOST_MARKS + 1}"
    ).fetchall()
    right, wrong = sum(row[1] for row in rows), sum(row[2] for row in rows)
    if len(rows) > _MOST_MARKS or right < _SURELY * doubles or wrong > (1 - _SURELY) * doubles:
        return None
    marks = [value for value, *_ in rows if value is not None]
    if not marks:
        return (1, f"empty({ticked(column)})")
    if len(marks) != len(rows):
        return None
    return (2 if any(map(_counts, marks)) else 0, among(column, marks))


def _counts(mark: str) -> bool:
    """Is it a number, as of pieces, rather than a sign?"""
    return mark.replace(".", "", 1).isdigit()

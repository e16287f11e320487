"""Totals that a report prints, against the sums of what is taken."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import duckdb

from groundplan.engine.sql import quoted
from groundplan.intake.contracts import StagedFile, TableMapping
from groundplan.intake.mapping.cells import staged_file
from groundplan.intake.mapping.compile import file_mark, select_sql
from groundplan.intake.mapping.numbers import decimal_mark, number_sql
from groundplan.intake.reading.printed_totals import printed_cells
from groundplan.intake.tallying.agreeing import near

_MOST_ROWS = 200_000
_MOST_TOTALS = 500
_MEASURES = ("amount", "quantity")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report: its number, what it adds, whether it is taken, and its currency."""

    number: int
    amount: float
    taken: bool
    currency: str


def printed_differs(
    table: TableMapping, files: Mapping[str, StagedFile], connection: duckdb.DuckDBPyConnection
) -> str:
    """What to say of a total that the file prints and that nothing explains; '' for none.

    The amount's totals count; those of the quantity where the report has none of amounts.
    """
    file = staged_file(files, table.file)
    if table.table != "purchases" or table.distinct or file.rows > _MOST_ROWS:
        return ""
    for name in _MEASURES:
        rule = table.columns.get(name)
        column = rule.column if rule else ""
        cells = printed_cells(connection, file.name, column) if column in file.columns else []
        if cells:
            return _differing(table, files, connection, name, cells)
    return ""


def _differing(
    table: TableMapping,
    files: Mapping[str, StagedFile],
    connection: duckdb.DuckDBPyConnection,
    name: str,
    cells: list[tuple[int, str]],
) -> str:
    file, column = staged_file(files, table.file), table.columns[name].column
    own = table.decimal or decimal_mark(connection, file.relation, column)
    mark = own or file_mark(connection, file)
    typed = f"SELECT {number_sql('v', mark)} FROM (SELECT unnest(?) AS v)"
    numbers = connection.execute(typed, [[cell for _, cell in cells]]).fetchall()
    printed = [
        (line, float(number)) for (line, _), (number,) in zip(cells, numbers, strict=True) if number
    ]
    lines = _lines(table, files, connection, name, mark)
    wrong = unexplained(lines, printed)
    if wrong is None:
        return ""
    line, total = wrong
    taken = [one.amount for one in lines if one.taken]
    return (
        f"{table.file}: line {line} prints {total:,.2f} as a total of {column}, which no lines sum"
        f" to: all {len(taken):,} that are taken sum to {sum(taken):,.2f}."
    )


def _lines(
    table: TableMapping,
    files: Mapping[str, StagedFile],
    connection: duckdb.DuckDBPyConnection,
    name: str,
    mark: str,
) -> list[Line]:
    every = select_sql(replace(table, skip=()), files, connection).sql
    kept = select_sql(table, files, connection).sql
    currency = "c.currency" if "currency" in table.columns else "''"
    rows = connection.execute(
        f"SELECT c._line, coalesce({number_sql(f'c.{quoted(name)}', mark)}, 0),"  # type: ignore[arg-type]  # one of both
        f" c._line IN (SELECT _line FROM ({kept})), coalesce({currency}, '') FROM ({every}) c"
        " ORDER BY 1"
    ).fetchall()
    return [Line(*row) for row in rows]


def unexplained(
    lines: Sequence[Line], printed: Sequence[tuple[int, float]]
) -> tuple[int, float] | None:
    """The last printed total (line, number), where nothing that reports print explains it.

    The sum of all lines or of those of a group, with or without what is left out, or of what was
    sold alone; an average, a count, the largest. Of several currencies nobody can tell the sum,
    nor of a report of which most other totals are no sums of its lines.
    """
    currencies = {one.currency for one in lines}
    if len(lines) < 2 or not 0 < len(printed) <= _MOST_TOTALS or len(currencies) > 1:
        return None
    known = [*_wholes(lines), *_other_figures(lines)]
    groups = [_groups(lines, printed, taken=taken) for taken in (True, False)]

    def explained(at: int, total: float) -> bool:
        sums = (ends[at] - sum_ for ends in groups for edge, sum_ in ends.items() if edge != at)
        return any(near(total, sum_, len(lines)) for sum_ in (*known, *sums))

    wrong = [one for one in printed if not explained(*one)]
    sure = len(printed) == 1 or 2 * len(wrong) <= len(printed)
    return wrong[-1] if wrong and sure else None


def _wholes(lines: Sequence[Line]) -> Iterator[float]:
    for every in (True, False):
        some = [line.amount for line in lines if every or line.taken]
        yield sum(some)
        yield sum(amount for amount in some if amount > 0)
        yield sum(map(abs, some))


def _other_figures(lines: Sequence[Line]) -> Iterator[float]:
    yield sum(line.amount for line in lines) / len(lines)
    yield len(lines)
    yield max(abs(line.amount) for line in lines)


def _groups(
    lines: Sequence[Line], printed: Sequence[tuple[int, float]], *, taken: bool
) -> dict[int, float]:
    """The sums of the lines above each total, above the first and to the end."""
    some = [line for line in lines if line.taken or not taken]
    numbers = [line.number for line in some]
    sums = [0.0, *accumulate(line.amount for line in some)]
    edges = {0, lines[-1].number + 1, *(line for line, _ in printed)}
    return {edge: sums[bisect_left(numbers, edge)] for edge in edges}

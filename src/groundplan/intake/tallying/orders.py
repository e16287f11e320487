"""The sums of orders as a mapping takes them, and what the files' own columns say of each order."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import duckdb

from groundplan.engine.sql import quoted
from groundplan.intake.contracts import StagedFile, TableMapping
from groundplan.intake.mapping.cells import Cell, Reach, staged_file
from groundplan.intake.mapping.compile import file_mark, select_sql
from groundplan.intake.mapping.numbers import Mark, decimal_mark, number_sql
from groundplan.intake.tallying.contracts import OrderSum
from groundplan.intake.tallying.saying import price_of, role_of

_MOST_ROWS = 40_000
_MOST_ORDERS = 3_000
_MOSTLY = 0.98
_MOST_COLUMNS = 24
_OF_LINES = frozenset(("discount", "tax", "freight"))
RELATION = "tallied"
"""Where the lines stand that are looked at."""


class Lines:
    """The lines of some orders of a file of purchases, whole orders of them.

    They stand in a relation with `line` (its number), `k` (the order), `a` (the amount), `taken`,
    `q` (the quantity) and, by position, `x0`, `x1` ... for each of `cells`: columns that tell of
    orders, of the driving file and of those joined to it. `price` is the place of a unit's price
    among them.
    """

    def __init__(
        self,
        table: TableMapping,
        files: Mapping[str, StagedFile],
        connection: duckdb.DuckDBPyConnection,
    ) -> None:
        self.table, self.connection = table, connection
        self.marks: dict[int, Mark] = {}
        self.file = staged_file(files, table.file)
        self.reach = Reach([self.file, *(staged_file(files, join.file) for join in table.joins)])
        self.price = price_of(self.file.columns)
        self.cells = tuple(self._telling())[:_MOST_COLUMNS]
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {RELATION} AS {self._select(files)}")

    def _telling(self) -> Iterator[Cell]:
        amount = self.table.columns["amount"].column
        own = self.reach.find(amount) if amount else None
        for place, file in enumerate(self.reach.files):
            if place and file.name == self.file.name:
                continue
            for column in file.columns:
                cell = Cell(file.name, file.relation, column, column, place)
                priced = place == 0 and column == self.price
                if (priced or role_of(column)) and cell != own:
                    yield cell

    def _select(self, files: Mapping[str, StagedFile]) -> str:
        every = select_sql(replace(self.table, skip=()), files, self.connection).sql
        parts = self.file.rows // _MOST_ROWS + 1
        sampled = f" AND hash(order_id) % {parts} = 0" if parts > 1 else ""
        told = [f"{number_sql(c.sql, self._mark(c))} AS x{at}" for at, c in enumerate(self.cells)]
        quantity = self._number("quantity") if "quantity" in self.table.columns else "NULL"
        taken = "TRUE"
        if self.table.skip:
            kept = select_sql(self.table, files, self.connection).sql
            taken = f"c._line IN (SELECT _line FROM ({kept}) WHERE TRUE{sampled})"
        placed = sorted({cell.place for cell in self.cells})
        joined = " ".join(
            f"LEFT JOIN {quoted(self.reach.files[place].relation)} f{place}"
            f" ON f{place}._line = c._line{f'_{place}' if place else ''}"
            for place in placed
        )
        columns = "".join(f", {one}" for one in told)
        return (
            f"SELECT c._line AS line, c.order_id AS k, {self._number('amount')} AS a,"
            f" {quantity} AS q, {taken} AS taken{columns}"
            f" FROM (SELECT * FROM ({every}) WHERE order_id IS NOT NULL{sampled}) c {joined}"
        )

    def _number(self, name: str) -> str:
        rule = self.table.columns[name]
        mark = self._mark(self.reach.find(rule.column)) if rule.column else "."
        return number_sql(f"c.{name}", mark)

    def _mark(self, cell: Cell) -> Mark:
        own = self.table.decimal or decimal_mark(self.connection, cell.relation, cell.column)
        if not own and cell.place not in self.marks:
            usual = file_mark(self.connection, self.reach.files[cell.place])
            self.marks[cell.place] = usual
        return own or self.marks[cell.place]

    @cached_property
    def amounts(self) -> list[list[float]]:
        """The amounts of each order's lines that are taken."""
        return self._amounts("taken")

    @cached_property
    def all_amounts(self) -> list[list[float]]:
        """The same of orders that have lines which are left out, those among them."""
        return self._amounts("TRUE", "HAVING bool_or(taken) AND NOT bool_and(taken)")

    def _amounts(self, test: str, having: str = "") -> list[list[float]]:
        rows = self.connection.execute(
            f"SELECT list(a) FROM {RELATION} WHERE {test} AND a IS NOT NULL GROUP BY k {having}"
            f" ORDER BY hash(k) LIMIT {_MOST_ORDERS}"
        ).fetchall()
        return [amounts for (amounts,) in rows]

    def sums(self) -> tuple[list[OrderSum], dict[str, Cell], frozenset[str]]:
        """The orders with what columns tell of each as a whole, those columns by name, and which
        of these tell of each line, so that an order has what they sum to."""
        whole = {at: cell for at, cell in enumerate(self.cells) if self._is_of_orders(at, cell)}
        each = {
            at: cell
            for at, cell in enumerate(self.cells)
            if at not in whole and cell.place == 0 and role_of(cell.column) in _OF_LINES
        }
        told = whole | each
        picked = "".join(f", {'sum' if at in each else 'any_value'}(x{at})" for at in told)
        rows = self.connection.execute(
            f"SELECT k, count(*), coalesce(sum(a) FILTER (taken), 0), sum(a){picked}"
            f" FROM {RELATION} GROUP BY k HAVING sum(a) IS NOT NULL AND bool_or(taken)"
            f" ORDER BY hash(k) LIMIT {_MOST_ORDERS}"
        ).fetchall()
        names = [_name(cell) for cell in told.values()]
        sums = [
            OrderSum(k, lines, taken, every, {
                name: float(number)
                for name, number in zip(names, numbers, strict=True)
                if number is not None
            })
            for k, lines, taken, every, *numbers in rows
        ]  # fmt: skip
        cells = dict(zip(names, told.values(), strict=True))
        return sums, cells, frozenset(_name(cell) for cell in each.values())

    def _is_of_orders(self, at: int, cell: Cell) -> bool:
        """Is it the same on all lines of an order, or told by one of them only?"""
        if not role_of(cell.column):
            return False
        row = self.connection.execute(
            f"SELECT count(*) FILTER (n > 1), count(*) FILTER (n > 1 AND kinds <= 1),"
            f" count(DISTINCT x), count(x), count(*) FROM (SELECT count(*) AS n,"
            f" count(DISTINCT x{at}) AS kinds, any_value(x{at}) AS x FROM {RELATION} GROUP BY k)"
        ).fetchone()
        several, same, kinds, filled, orders = row or (0, 0, 0, 0, 0)
        seldom = filled < 0.3 * orders and role_of(cell.column) != "refund"
        if same < _MOSTLY * several or seldom or not filled:
            return False
        return kinds > 1 or role_of(cell.column) != "total"

    def prices_agree(self) -> float | None:
        """The share of lines whose amount is about price times quantity, as discounts of up to
        two thirds and tax of up to a third leave it; None where lines don't tell."""
        at = next((i for i, c in enumerate(self.cells) if c.column == self.price), None)
        if at is None or "quantity" not in self.table.columns:
            return None
        row = self.connection.execute(
            f"SELECT count(*), avg(CAST(abs(a) BETWEEN 0.33 * g - 0.02 AND 1.34 * g + 0.02"
            f" AS INTEGER)), quantile_cont(abs(a) / g, 0.9) / quantile_cont(abs(a) / g, 0.1)"
            f" FROM (SELECT a, abs(q * x{at}) AS g FROM {RELATION} WHERE taken AND a <> 0)"
            f" WHERE g > 0"
        ).fetchone()
        lines, share, spread = row or (0, None, None)
        if lines < 20 or share is None or (spread is not None and spread < 1.3):
            return None
        return float(share)


def _name(cell: Cell) -> str:
    """The column as an expression of the mapping finds it."""
    return f"{cell.file}#{cell.place}:{cell.column}" if cell.place else cell.column

"""Compares the amounts of orders that a mapping takes with what their files say of each order."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import duckdb

from groundplan.intake import contracts
from groundplan.intake.contracts import ColumnRule, Join, StagedFile, TableMapping
from groundplan.intake.mapping.cells import Cell
from groundplan.intake.suggest.spelling import ticked
from groundplan.intake.tallying.agreeing import (
    AGREED,
    agreement,
    expected,
    holds_its_total,
    is_repeated,
)
from groundplan.intake.tallying.contracts import Agreement, Tally, Way
from groundplan.intake.tallying.orders import Lines
from groundplan.intake.tallying.saying import said_by

_WRONG = 0.9
_HALF = 0.5
_FEWEST_SEVERAL = 5


def tallied(
    mapping: contracts.Mapping,
    files: Mapping[str, StagedFile],
    connection: duckdb.DuckDBPyConnection,
    *,
    mends: bool,
) -> Tally:
    """The mapping, where `mends` with amounts that are net of what orders tell, and what to say.

    Raises InvalidInput where the mapping doesn't fit the files.
    """
    tables, notes, faults = [], [], []
    fed = Counter((table.table, table.file) for table in mapping.tables)
    for table in mapping.tables:
        asked = _is_asked(table) and fed[table.table, table.file] == 1
        told = _tallied(table, files, connection, mends=mends) if asked else None
        tables.append(told[0] if told else table)
        notes += told[1] if told else []
        faults += told[2] if told else []
    return Tally(replace(mapping, tables=tuple(tables)), tuple(notes), tuple(faults))


def _is_asked(table: TableMapping) -> bool:
    """Files that use our own names say what they mean."""
    own = all(rule.column == name for name, rule in table.columns.items())
    needed = {"order_id", "amount"} <= set(table.columns)
    return table.table == "purchases" and needed and not own


def _tallied(
    table: TableMapping,
    files: Mapping[str, StagedFile],
    connection: duckdb.DuckDBPyConnection,
    *,
    mends: bool,
) -> tuple[TableMapping, list[str], list[str]]:
    lines = Lines(table, files, connection)
    fault = _of_lines(table, lines)
    if fault:
        return table, [], [fault]
    orders, cells = lines.sums()
    found = agreement(orders, said_by({name: cell.column for name, cell in cells.items()}))
    if found is None:
        return table, [], []
    if found.share >= AGREED and not found.way.reduces:
        return table, [], []
    if found.share >= AGREED:
        better = _reduced(table, found.way, cells) if mends else None
        told = _told_reduced(table, found, better is not None)
        return better or table, [told], []
    fault = _differing(table, found)
    if found.share < _WRONG and found.several >= _FEWEST_SEVERAL:
        return table, [], [fault]
    return table, [fault], []


def _of_lines(table: TableMapping, lines: Lines) -> str:
    """What the lines say themselves; '' where nothing is wrong with them."""
    amount = _shown(table)
    if is_repeated(lines.amounts):
        return (
            f"{table.file}: {amount} is the same on all lines of an order: it is the order's, and"
            " would count once a line."
        )
    if holds_its_total(lines.amounts):
        return (
            f"{table.file}: in each order one line's {amount} is the sum of the others: orders"
            " would count twice."
        )
    share = lines.prices_agree()
    if share is not None and share < _HALF:
        return (
            f"{table.file}: {amount} is far from {lines.price} times the quantity on"
            f" {1 - share:.0%} of the lines."
        )
    return ""


def _shown(table: TableMapping) -> str:
    rule = table.columns["amount"]
    return rule.column or f"the amount ({rule.compute or rule.value})"


def _differing(table: TableMapping, found: Agreement) -> str:
    told = f"{table.file}: the sums of {_shown(table)} differ from {_total(found.way)}"
    share = f" in {1 - found.share:.0%} of {found.orders:,} orders"
    one = found.against
    if one is None:
        return f"{told}{share}."
    wanted = expected(one, found.way) or 0.0
    return (
        f"{told}{share}: order {one.order} has {wanted:,.2f}, its"
        f" {one.lines} line{'' if one.lines == 1 else 's'} sum to {one.taken:,.2f}."
    )


def _total(way: Way) -> str:
    less = [_plain(name) for name in (way.tax, way.freight) if name]
    return f"{_plain(way.total)} less {' and '.join(less)}" if less else _plain(way.total)


def _plain(name: str) -> str:
    """`orders.csv#1:Total` as people read it."""
    return re.sub(r"#\d+:", ":", name)


def _told_reduced(table: TableMapping, found: Agreement, mended: bool) -> str:
    way = found.way
    what = "tax" if way.net else f"the orders' {_plain(way.discount or way.share)}"
    why = "include tax" if way.net else f"are before {what}"
    done = "were reduced to what is left" if mended else "count with it"
    return (
        f"{table.file}: the sums of {_shown(table)} {why} in {found.share:.0%} of"
        f" {found.orders:,} orders ({_total(way)} tells): the lines {done}."
    )


def _reduced(table: TableMapping, way: Way, cells: Mapping[str, Cell]) -> TableMapping | None:
    """The table with amounts that are what the order brought; None where no rule can say it."""
    own = {name for name in (way.total, way.discount, way.share, way.tax, way.freight, way.net)
           if name and not cells[name].place}  # fmt: skip
    order = table.columns["order_id"].column
    if own and not order:
        return None
    first = next((at for at, join in enumerate(table.joins, 1) if join.first
                  and join.file == table.file), 0)  # fmt: skip
    joins = table.joins
    if own and not first:
        joins = (*joins, Join(table.file, {order: order}, optional=True, first=True))
        first = len(joins)

    def number(name: str) -> str:
        told = f"{table.file}#{first}:{name}" if name in own else name
        return f"coalesce(number({ticked(told)}), 0)" if name else "0"

    rule = table.columns["amount"]
    amount = rule.compute or f"number({ticked(rule.column)})"
    factor = _factor(way, number)
    compute = f"coalesce(({amount}) * {factor}, {amount})"
    columns = table.columns | {"amount": ColumnRule(compute=compute)}
    return replace(table, columns=columns, joins=joins)


def _factor(way: Way, number: Callable[[str], str]) -> str:
    """What is left of each unit of a line's amount; a division by zero is empty."""
    if way.share:
        return f"(1 - {number(way.share)} / 100)"
    if way.net:
        left = (
            number(way.net)
            if way.net != way.total
            else f"({number(way.total)} - {number(way.tax)})"
        )
        return f"{left} / {number(way.total)}"
    beside = "".join(f" - {number(name)}" for name in (way.tax, way.freight) if name)
    left = f"({number(way.total)}{beside})"
    return f"{left} / ({left} + abs({number(way.discount)}))"

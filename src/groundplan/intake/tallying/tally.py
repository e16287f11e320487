"""Compares the amounts of orders that a mapping takes with what their files say of each order."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import duckdb

from groundplan.intake import contracts
from groundplan.intake.contracts import StagedFile, TableMapping
from groundplan.intake.tallying.agreeing import (
    AGREED,
    agreement,
    expected,
    holds_its_total,
    is_repeated,
)
from groundplan.intake.tallying.contracts import Agreement, Refund, Said, Tally, Way
from groundplan.intake.tallying.currencies import in_another_currency
from groundplan.intake.tallying.doubles import without_total_lines
from groundplan.intake.tallying.orders import Lines
from groundplan.intake.tallying.printed import printed_differs
from groundplan.intake.tallying.reducing import reduced
from groundplan.intake.tallying.refunds import refund_of
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
        once = fed[table.table, table.file] == 1
        printed = _printed(table, tables[-1], files, connection) if once else ""
        faults += [printed] if printed else []
    return Tally(replace(mapping, tables=tuple(tables)), tuple(notes), tuple(faults))


def _printed(
    table: TableMapping,
    better: TableMapping,
    files: Mapping[str, StagedFile],
    connection: duckdb.DuckDBPyConnection,
) -> str:
    """Of amounts that are reduced to what is left, the report prints what they were."""
    whole = better if better.columns.get("amount") == table.columns.get("amount") else table
    return printed_differs(whole, files, connection)


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
    notes: list[str] = []
    lines = Lines(table, files, connection)
    better = without_total_lines(table, lines) if mends else None
    if better is not None:
        table, lines = better, Lines(better, files, connection)
        notes.append(f"{table.file}: lines are left out that hold their order's total.")
    fault = _of_lines(table, lines, every=mends and better is None)
    if fault:
        return table, notes, [fault]
    orders, cells, of_lines = lines.sums()
    said = said_by({name: cell.column for name, cell in cells.items()}, of_lines)
    found = agreement(orders, said)
    if found is None:
        return table, notes, []
    if found.share < AGREED:
        told = [_differing(table, found)]
        sure = found.share < _WRONG and found.several >= _FEWEST_SEVERAL
        sure = sure and not in_another_currency(lines, found.way.total)
        return (table, notes, told) if sure else (table, notes + told, [])
    refund = refund_of(orders, said, found.way)
    if refund or found.way.reduces:
        better = reduced(table, found, refund, cells, said) if mends else None
        notes += _told(table, found, refund, said, mended=better is not None)
    return better or table, notes, []


def _of_lines(table: TableMapping, lines: Lines, *, every: bool) -> str:
    """What the lines say themselves; '' where nothing is wrong with them. `every`: totals are
    looked for among lines that are left out as well, for those may be part of them."""
    amount = _shown(table)
    if is_repeated(lines.amounts):
        return (
            f"{table.file}: {amount} is the same on all lines of an order: it is the order's, and"
            " would count once a line."
        )
    if holds_its_total(lines.amounts) or (every and holds_its_total(lines.all_amounts)):
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


def _told(
    table: TableMapping, found: Agreement, refund: Refund | None, said: Said, *, mended: bool
) -> list[str]:
    notes = [_told_reduced(table, found, said, mended=mended)] if found.way.reduces else []
    if refund:
        done = "were taken off their lines" if mended else "are not taken off"
        notes.append(
            f"{table.file}: refunds of {refund.orders:,} orders ({_plain(refund.amount)}) {done}."
        )
    if refund and refund.left:
        notes.append(
            f"{table.file}: refunds of parts of {refund.left:,} orders are not taken off: no column"
            " tells the tax in them."
        )
    return notes


def _told_reduced(table: TableMapping, found: Agreement, said: Said, *, mended: bool) -> str:
    way = found.way
    whose = "lines'" if way.discount in said.of_lines else "orders'"
    what = "tax" if way.net else f"the {whose} {_plain(way.discount or way.share)}"
    why = "include tax" if way.net else f"are before {what}"
    done = "were reduced to what is left" if mended else "count with it"
    return (
        f"{table.file}: the sums of {_shown(table)} {why} in {found.share:.0%} of"
        f" {found.orders:,} orders ({_total(way)} tells): the lines {done}."
    )

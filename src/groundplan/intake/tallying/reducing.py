"""Amounts of lines less what their orders, or they themselves, tell was taken off."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from groundplan.intake.contracts import ColumnRule, Join, TableMapping
from groundplan.intake.mapping.cells import Cell
from groundplan.intake.suggest.matching.expressions import ticked
from groundplan.intake.tallying.contracts import Agreement, Refund, Said, Way
from groundplan.intake.tallying.refunds import less_refunds

Number = Callable[[str], str]


def reduced(
    table: TableMapping,
    found: Agreement,
    refund: Refund | None,
    cells: Mapping[str, Cell],
    said: Said,
) -> TableMapping | None:
    """The table with amounts that are what the order brought; None where no rule can say it."""
    place = _place_of_first(table)
    asked: set[str] = set()

    def number(name: str) -> str:
        """What an order tells, of a column of lines' own file on its first line."""
        if not name:
            return "0"
        asked.add(name)
        told = name if cells[name].place else f"{table.file}#{place}:{name}"
        return f"coalesce(number({ticked(told)}), 0)"

    rule = table.columns["amount"]
    amount = rule.compute or f"number({ticked(rule.column)})"
    own = _told_by_lines(found.way, said)
    if own:
        amount = _less(amount, own)
    factors = [] if own else list(_factors(found, said, number))
    factors += [less_refunds(refund, found.way, number)] if refund else []
    if asked & said.of_lines or (found.way.reduces and not own and not factors):
        return None
    if factors:
        amount = f"coalesce(({amount}) * {' * '.join(factors)}, {amount})"
    columns = table.columns | {"amount": ColumnRule(compute=amount)}
    better = replace(table, columns=columns)
    return better if all(cells[name].place for name in asked) else _joined(better, place)


def _place_of_first(table: TableMapping) -> int:
    """Where the first lines of orders are, or will be, joined to all of their lines."""
    joined = (
        at for at, join in enumerate(table.joins, 1) if join.first and join.file == table.file
    )
    return next(joined, len(table.joins) + 1)


def _joined(table: TableMapping, place: int) -> TableMapping | None:
    """With the first lines of its orders at that place; None where no column alone tells orders."""
    order = table.columns["order_id"].column
    if place <= len(table.joins) or not order:
        return table if order else None
    join = Join(table.file, {order: order}, optional=True, first=True)
    return replace(table, joins=(*table.joins, join))


def _told_by_lines(way: Way, said: Said) -> str:
    """The column that tells of each line what has to be taken off it; '' for none."""
    name = way.tax if way.net == way.total else way.discount
    return name if name in said.of_lines else ""


def _less(amount: str, name: str) -> str:
    """What is taken off brings an amount nearer to 0, whatever sign either is written with."""
    off = f"coalesce(abs(number({ticked(name)})), 0)"
    return f"if({amount} < 0, {amount} + {off}, {amount} - {off})"


def _factors(found: Agreement, said: Said, number: Number) -> Iterator[str]:
    """What is left of each unit of a line's amount; a division by zero is empty."""
    way = found.way
    if way.share:
        yield f"(1 - {number(way.share)} / 100)"
    elif way.net == way.total:
        yield f"({number(way.total)} - {number(way.tax)}) / {number(way.total)}"
    elif way.net:
        yield f"{number(way.net)} / {number(way.total)}"
    elif way.discount and found.before and said.of_lines & {way.tax, way.freight}:
        # What lines tell of tax can't be summed here: what they sum to is told by another column.
        yield f"(1 - abs({number(way.discount)}) / abs({number(found.before)}))"
    elif way.discount:
        beside = "".join(f" - {number(name)}" for name in (way.tax, way.freight) if name)
        left = f"({number(way.total)}{beside})"
        yield f"{left} / ({left} + abs({number(way.discount)}))"

"""An invented whitespace grid of the size that the real one must stand."""

from decimal import Decimal

from groundplan.web.components.grid import (
    CellValue,
    ColumnValue,
    GridValue,
    RowOf,
    grid_value,
    valued_cell,
)

ACCOUNTS, PRODUCTS, GROUPS = 500, 60, 8
PLAIN = ("owned", "owned", "not_applicable", "in_house")


def guide_grid() -> GridValue:
    """500 accounts by 60 products in eight categories, every state among the cells."""
    columns: list[ColumnValue] = [
        {
            "key": f"p{at}",
            "label": f"Product {at + 1}",
            "group": f"Category {1 + at * GROUPS // PRODUCTS}",
        }
        for at in range(PRODUCTS)
    ]
    rows = [
        RowOf(
            key=f"a{at}",
            label=f"Invented account {at + 1}",
            address=f"/style/?account={at}",
            tier="ABC"[min(at * 4 // ACCOUNTS, 2)],
            total=Decimal(2_000_000 // (at + 1)),
            cells=[_cell(at, product) for product in range(PRODUCTS)],
        )
        for at in range(ACCOUNTS)
    ]
    return grid_value(columns, rows, "USD")


def _cell(account: int, product: int) -> CellValue:
    # Any fixed scatter does: the guide shows looks, not numbers.
    draw = (account * 31 + product * 17 + account * product) % 23
    if draw < len(PLAIN):
        return PLAIN[draw]
    amount = Decimal((draw + 3) * 1_000 * (1 + product % 5))
    if draw == 22:
        return valued_cell("competitor", amount, 1)
    if draw == 21:
        return valued_cell("open", amount, 1)
    return valued_cell("whitespace", amount, 1 + (amount > 30_000) + (amount > 60_000))

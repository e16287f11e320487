"""Cells of accounts against products, as the book has them by now."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from groundplan.book.contracts import CellMark, CellNow, CellRef, Mark, OfferRow
from groundplan.book.models import Account, CompetitorPosition, Opportunity, Product
from groundplan.organisation.selectors import audit_deeds

TARGET = "opportunity.target"
UNTARGET = "opportunity.untarget"
MARK = "position.mark"
UNMARK = "position.unmark"
CELL_DEEDS = (TARGET, UNTARGET, MARK, UNMARK)
CELL = "cell."
"""Begins the fields of such entries; a product's uid follows."""

Pair = tuple[int, int]


def cells_touched(since: datetime) -> frozenset[CellRef]:
    """Cells that people targeted or marked, or took such back, after `since`: everybody's, so
    that the caller keeps those of accounts that it found through what a viewer may see."""
    entries = audit_deeds("account", since).filter(action__in=CELL_DEEDS)
    return frozenset(
        CellRef(UUID(account), UUID(field.removeprefix(CELL)))
        for account, detail in entries.values_list("key", "detail")
        for field in detail
        if field.startswith(CELL)
    )


def cells_now(cells: Iterable[CellRef], among: Iterable[int]) -> tuple[CellNow, ...]:
    """The state of cells, those of the accounts `among`, which the viewer may see."""
    wanted = list(cells)
    allowed = set(among)
    if not wanted:
        return ()
    accounts = dict(
        Account.objects.filter(uid__in={cell.account for cell in wanted}).values_list("uid", "pk")
    )
    products = dict(
        Product.objects.filter(uid__in={cell.product for cell in wanted}).values_list("uid", "pk")
    )
    pairs = {
        (accounts[cell.account], products[cell.product])
        for cell in wanted
        if accounts.get(cell.account) in allowed and cell.product in products
    }
    states = states_of(pairs) if pairs else {}
    return tuple(CellNow(*pair, states.get(pair, "")) for pair in sorted(pairs))


def states_of(pairs: Iterable[Pair]) -> dict[Pair, str]:
    """`open` or the position of each pair of account id and product id that has either."""
    wanted = set(pairs)
    among = {
        "account__in": {account for account, _ in wanted},
        "product__in": {product for _, product in wanted},
    }
    positions = effective_positions(CompetitorPosition.objects.filter(**among))
    found = {
        (account, product): position
        for account, product, position in positions.values_list(
            "account_id", "product_id", "position"
        )
    }
    offered = open_opportunities().filter(**among).values_list("account_id", "product_id")
    found |= {(account, product): "open" for account, product in offered if product is not None}
    return {pair: state for pair, state in found.items() if pair in wanted}


def open_opportunities() -> QuerySet[Opportunity]:
    return Opportunity.objects.filter(archived_at__isnull=True, stage__outcome="open")


def effective_positions(rows: QuerySet[CompetitorPosition]) -> QuerySet[CompetitorPosition]:
    """One a cell: what a person said counts before what an import brought."""
    said = CompetitorPosition.objects.filter(
        account=OuterRef("account"), product=OuterRef("product"), by_hand=True
    )
    return rows.filter(Q(by_hand=True) | ~Exists(said))


def marks_by_hand(pairs: Iterable[Pair]) -> dict[Pair, CellMark]:
    """The marks that people set on pairs of account id and product id."""
    wanted = set(pairs)
    rows = CompetitorPosition.objects.filter(
        account__in={account for account, _ in wanted},
        product__in={product for _, product in wanted},
        by_hand=True,
    )
    found = {(row.account_id, row.product_id): mark_of(row) for row in rows}
    return {pair: mark for pair, mark in found.items() if pair in wanted}


def mark_of(row: CompetitorPosition) -> CellMark:
    mark = Mark(row.position, row.reason, row.competitor, row.renewal_on)
    return CellMark(mark, row.author, row.marked_at)


def offer_of(account_id: int, product_id: int) -> OfferRow | None:
    """The open opportunity that closes first at an account that the viewer may see."""
    rows = open_opportunities().filter(account=account_id, product=product_id)
    row = rows.select_related("stage").order_by(F("close_on").asc(nulls_last=True), "pk").first()
    return None if row is None else OfferRow(row.stage.name, row.amount, row.close_on)

"""What can be sold at a plan's accounts: the open pipeline, and the whitespace worth most."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from groundplan.book.selectors.cells import states_of
from groundplan.book.selectors.naming import ProductName, product_names
from groundplan.book.selectors.territory import OfferNow, offers_now
from groundplan.insight.grid import reading
from groundplan.insight.grid.contracts import Estimate
from groundplan.insight.selectors.results import results_of
from groundplan.insight.selectors.tables import fetch, shards, table
from groundplan.kernel.evidence import Evidence
from groundplan.kernel.figures import Trace
from groundplan.kernel.ids import uuid7
from groundplan.people.contracts import Scope
from groundplan.plans.contracts import ChosenOpportunity, Cited
from groundplan.plans.rules.copying import CENT
from groundplan.snapshots.contracts import CurrentSnapshot

from .wording import cell_said, cell_title, offer_said

OFFERS, CELLS = 10, 10
AN_ACCOUNT = 3
"""No more whitespace of one account than this, so that a territory's plan shows its breadth."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An account as a plan names it."""

    uid: UUID
    name: str
    tier: str


def chances(
    viewer: Scope, shown: CurrentSnapshot, accounts: Collection[int], *, first: date, last: date
) -> tuple[ChosenOpportunity, ...]:
    """Suggestions for these accounts, which the viewer may see: open opportunities that close
    between `first` and `last`, and whitespace, each by expected revenue. Where the period has
    begun, open ones that were to close before it are overdue and still its work."""
    if not accounts:
        return ()
    offers = _offers(shown, accounts, first if first > shown.as_of else date.min, last)
    cells = _cells(shown, accounts)
    wanted = {row[1] for row in offers} | {row[0] for row in cells}
    placed = _placed(viewer, shown, wanted)
    now = offers_now(row[0] for row in offers)
    names = product_names()
    found = [
        _from_offer(shown, now[pk], placed[account], Decimal(amount), float(probability))
        for pk, account, amount, probability in offers
        if pk in now and account in placed
    ]
    looks = _look_alikes(shown, [account for account, *_ in cells])
    found += [
        _from_cell(shown, placed[account], names[product], looks[account][product])
        for account, product, *_ in cells
        if account in placed and product in names and product in looks.get(account, {})
    ]
    return tuple(found)


def _offers(
    shown: CurrentSnapshot, accounts: Collection[int], first: date, last: date
) -> list[tuple[int, ...]]:
    return fetch(
        "SELECT opportunity_id, account_id, amount, coalesce(probability, 0)"
        f" FROM {table(shown.folder, 'opportunities')} WHERE outcome = 'open'"
        " AND amount IS NOT NULL AND (close_on IS NULL OR close_on BETWEEN $first AND $last)"
        " AND account_id IN (SELECT UNNEST($accounts::BIGINT[]))"
        f" ORDER BY amount * coalesce(probability, 0) DESC, opportunity_id LIMIT {OFFERS:d}",
        {"accounts": list(accounts), "first": first, "last": last},
    )


def _cells(shown: CurrentSnapshot, accounts: Collection[int]) -> list[tuple[int, int]]:
    """The pairs worth most that are still free; more are read than shown, as some are taken."""
    ids = list(accounts)
    each = CELLS if len(ids) == 1 else AN_ACCOUNT
    rows = fetch(
        "SELECT account_id, product_id"
        f" FROM {shards(shown, shown.results / 'whitespace_top', ids)}"
        " WHERE account_id IN (SELECT UNNEST($accounts::BIGINT[]))"
        " QUALIFY row_number() OVER (PARTITION BY account_id ORDER BY expected DESC, product_id)"
        f" <= {each:d}"
        f" ORDER BY expected DESC, account_id, product_id LIMIT {3 * CELLS:d}",
        {"accounts": ids},
    )
    pairs = [(account, product) for account, product in rows]
    taken = states_of(pairs) if pairs else {}
    return [pair for pair in pairs if pair not in taken][:CELLS]


def _placed(
    viewer: Scope, shown: CurrentSnapshot, accounts: Collection[int]
) -> Mapping[int, Placed]:
    rows = results_of(viewer, shown).filter(account__in=accounts)
    names = ("account_id", "account__uid", "account__name", "effective_tier")
    return {pk: Placed(uid, name, tier) for pk, uid, name, tier in rows.values_list(*names)}


def _look_alikes(
    shown: CurrentSnapshot, accounts: Sequence[int]
) -> dict[int, Mapping[int, Estimate]]:
    """What look-alikes of each account say of each product."""
    segments = reading.segments_of(shown, accounts)
    estimates = reading.estimates_of(shown, sorted(set(segments.values())))
    return {account: estimates[segment] for account, segment in segments.items()}


def _from_offer(
    shown: CurrentSnapshot, offer: OfferNow, account: Placed, amount: Decimal, probability: float
) -> ChosenOpportunity:
    label = offer_said(offer)
    return ChosenOpportunity(
        uid=uuid7(),
        title=offer.name,
        is_suggested=True,
        account=str(account.uid),
        account_name=account.name,
        product=offer.product,
        amount=amount.quantize(CENT),
        probability=probability,
        expected=(amount * Decimal(repr(probability))).quantize(CENT),
        tier=account.tier,
        evidence=(Cited(Evidence("opportunity", str(offer.uid), label, shown.as_of), True),),
    )


def _from_cell(
    shown: CurrentSnapshot, account: Placed, product: ProductName, found: Estimate
) -> ChosenOpportunity:
    trace = Trace.of("whitespace.expected", account=account.uid, product=product.uid)
    label = cell_said(found, product.name)
    return ChosenOpportunity(
        uid=uuid7(),
        title=cell_title(product.name, account.name),
        is_suggested=True,
        account=str(account.uid),
        account_name=account.name,
        product=str(product.uid),
        amount=found.amount.quantize(CENT),
        probability=found.probability,
        expected=found.expected.quantize(CENT),
        tier=account.tier,
        evidence=(Cited(Evidence("number", trace.query(), label, shown.as_of), True),),
    )

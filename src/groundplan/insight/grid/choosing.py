"""Which accounts and which products a page of the grid shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from groundplan.book.selectors import visible_accounts
from groundplan.insight.models import AccountResult
from groundplan.insight.selectors.results import with_effective_tier
from groundplan.kernel.errors import InvalidInput
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot

from .contracts import Choice, Estimate
from .rules import ZERO

FIELDS = (
    "account_id",
    "account__uid",
    "account__name",
    "account__path",
    "account__parent_id",
    "account__owner__name",
    "effective_tier",
    "segment",
    "expected",
)


@dataclass(frozen=True, slots=True)
class Line:
    """An account as the grid needs it; fields in the order of FIELDS."""

    account_id: int
    uid: UUID
    name: str
    path: str
    parent_id: int | None
    owner: str | None
    tier: str
    segment: str
    expected: Decimal

    @property
    def root_id(self) -> int:
        """The id of the company on top of this account's path."""
        return int(self.path.split("/")[1]) if self.path else self.account_id

    @property
    def depth(self) -> int:
        return self.path.count("/")


def matching(
    viewer: Scope, current: CurrentSnapshot, choice: Choice
) -> QuerySet[AccountResult, AccountResult]:
    """Results of the accounts that the viewer may see and that fit the choice."""
    found = AccountResult.objects.filter(
        run__uid=current.results_uid, account__in=visible_accounts(viewer).values("pk")
    )
    exact = {
        "account__uid": _uid(choice.account),
        "account__owner__uid": _uid(choice.owner),
        "effective_tier": choice.tier,
        "account__industry": choice.industry,
        "account__region": choice.region,
        "segment": choice.segment,
    }
    found = with_effective_tier(found)
    found = found.filter(**{name: value for name, value in exact.items() if value})
    return found.filter(account__name__icontains=choice.text) if choice.text else found


def page(found: QuerySet[AccountResult], after: str, size: int) -> tuple[list[Line], str]:
    """The next `size` accounts by expected revenue, and where the page after them begins."""
    if after:
        expected, account = _after(after)
        found = found.filter(
            Q(expected__lt=expected) | Q(expected=expected, account_id__gt=account)
        )
    rows = found.order_by("-expected", "account_id").values_list(*FIELDS)[: size + 1]
    lines = [Line(*row) for row in rows]
    if len(lines) <= size:
        return lines, ""
    last = lines[size - 1]
    return lines[:size], f"{last.expected}~{last.account_id}"


def most_promising(
    products: Sequence[int],
    estimates: Mapping[int, Mapping[int, Estimate]],
    segments: Sequence[int],
    limit: int,
) -> set[int]:
    """The `limit` products worth most to accounts of these `segments` (one an account)."""
    worth = dict.fromkeys(products, ZERO)
    accounts = {segment: segments.count(segment) for segment in set(segments)}
    for segment, count in accounts.items():
        for product, estimate in estimates.get(segment, {}).items():
            if product in worth:
                worth[product] += estimate.expected * count
    ranked = sorted(products, key=lambda product: (-worth[product], product))
    return set(ranked[:limit])


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise InvalidInput("That is no address of ours.", field="owner") from None


def _after(text: str) -> tuple[Decimal, int]:
    expected, _, account = text.partition("~")
    try:
        return Decimal(expected), int(account)
    except (ArithmeticError, ValueError):
        raise InvalidInput("That page doesn't exist.", field="after") from None

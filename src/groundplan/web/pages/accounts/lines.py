"""The rows of the list as its template shows them: every text and number ready."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from groundplan.insight.account_list import AccountRow
from groundplan.kernel.figures import Figure, Trace
from groundplan.web.addresses import account_address
from groundplan.web.progress import Progress, progress
from groundplan.web.templatetags.figures import chip, figure, tier

BAR_WIDTH = 128
NOTHING = "–"
ROW, ROW_WITHOUT_RESULTS = "accounts/row.html", "accounts/row_without_results.html"


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the account's own values and its numbers with their traces."""

    template: str
    uid: str
    address: str
    name: str
    marks: SafeString
    tier: SafeString
    owner: str
    industry: str
    revenue: SafeString
    bar: SafeString
    gap: SafeString
    weighted: SafeString
    whitespace: SafeString
    expected: SafeString
    last_purchase: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What a row may be marked with, drawn once for all rows."""

    prospect: SafeString
    unnamed: SafeString
    stale: SafeString
    unowned: SafeString
    unknown: SafeString

    def of(self, row: AccountRow) -> SafeString:
        on = (
            (row.is_customer is False, self.prospect),
            (row.contacts == 0, self.unnamed),
            (row.is_stale, self.stale),
        )
        return mark_safe("".join([f" {mark}" for holds, mark in on if holds]))  # noqa: S308 - chips


def lines(rows: Iterable[AccountRow], currency: str) -> tuple[Line, ...]:
    """Each account with everything that its row shows."""
    marks = Marks(
        prospect=chip(_("prospect"), "outline"),
        unnamed=chip(_("needs a name"), "assumption", "user-question"),
        stale=chip(_("stale"), "stale", "clock"),
        unowned=chip(_("no owner"), "assumption"),
        unknown=format_html('<span class="muted">{}</span>', NOTHING),
    )
    bars = progress(currency, width=BAR_WIDTH)
    return tuple(_line(row, currency, marks, bars) for row in rows)


def _line(row: AccountRow, currency: str, marks: Marks, bars: Progress) -> Line:
    uid = str(row.uid)

    def money(measure: str, value: Decimal | None, *, signed: bool = False) -> SafeString:
        trace = Trace(measure, (("account", uid),))
        return figure(Figure(value, "money", currency, trace), signed=signed)

    return Line(
        template=ROW if row.has_results else ROW_WITHOUT_RESULTS,
        uid=uid,
        address=account_address(uid),
        name=row.name,
        marks=marks.of(row),
        tier=tier(row.tier, overruled=row.is_overridden),
        owner=row.owner or marks.unowned,
        industry=row.industry or NOTHING,
        revenue=money("revenue.12m", row.revenue_12m),
        bar=_bar(row, bars),
        gap=marks.unknown if row.gap is None else money("goal.gap", row.gap, signed=True),
        weighted=money("pipeline.weighted", row.weighted),
        whitespace=money("whitespace.total", row.whitespace),
        expected=money("expected", row.expected),
        last_purchase=_day(row),
    )


def _day(row: AccountRow) -> str:
    if row.last_purchase_on is None:
        return NOTHING
    return _written(row.last_purchase_on, get_language() or "")


@lru_cache(maxsize=1024)
def _written(day: date, _language: str) -> str:
    """Kept, because accounts that buy share their last days."""
    return str(date_format(day, "DATE_FORMAT"))


def _bar(row: AccountRow, bars: Progress) -> SafeString:
    """Recognised, backlog and weighted against the account's goal."""
    if not row.has_results or (not row.goal and not row.forecast):
        return mark_safe("")
    return bars.bar(row.recognised, row.backlog, row.weighted, row.goal)

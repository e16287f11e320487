"""Where an account's revenue may land: a part that is loaded after its page."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groundplan.book.selectors.accounts import account_of
from groundplan.insight.ranges.selectors import account_coverage, account_range, horizon_end
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.web.ranges import RangeRow, range_rows


@dataclass(frozen=True, slots=True)
class AccountSpan:
    """`row` None: not drawn yet. `covered` says how far such ranges held in the past."""

    uid: UUID
    name: str
    row: RangeRow | None
    end: str
    covered: str


def span(viewer: Scope, current: CurrentSnapshot | None, uid: UUID) -> AccountSpan:
    """Raises NotFound for what the viewer may not see."""
    account = account_of(viewer, uid)
    found = account_range(current, account.pk) if current else None
    if current is None or found is None:
        return AccountSpan(account.uid, account.name, None, "", "")
    (row,) = range_rows(current.currency, [found], account=str(account.uid))
    end = date_format(horizon_end(current))
    return AccountSpan(account.uid, account.name, row, end, _covered(current))


def _covered(current: CurrentSnapshot) -> str:
    found = account_coverage(current)
    if found is None:
        return ""
    return _("Of such ranges in the past, %(share)d %% held.") % {
        "share": round(100 * found.inside / found.outcomes)
    }

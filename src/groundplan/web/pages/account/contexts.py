"""An account's page, built whole before anything renders; heavy parts have their own fragments."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from groundplan.book.contracts import ContactRow, Hierarchy, OpportunityRow, PositionRow, TeamRow
from groundplan.book.rules import may_change_owner
from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.conflicts import conflicts_of
from groundplan.book.selectors.contacts import contact_count, contacts_of
from groundplan.book.selectors.hierarchy import hierarchy_of
from groundplan.book.selectors.opportunities import opportunities_of, positions_of
from groundplan.book.selectors.profile import profile_of
from groundplan.book.selectors.teams import team_of
from groundplan.insight.account import family_totals
from groundplan.insight.account_list import AccountRow, account_row
from groundplan.insight.selectors.overrides import override_set
from groundplan.kernel import clock
from groundplan.kernel.figures import Figure
from groundplan.organisation.selectors import calendar, organisation
from groundplan.people.contracts import Scope
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.sources.contracts import Key
from groundplan.sources.selectors import keys_of, overrides_of
from groundplan.web.addresses import cell_work_address
from groundplan.web.change_words import STATES

from .conflicts import ConflictLine, conflict_lines
from .known import Field, Profile, fields_of, profile_from
from .performance import Performance, Subject, performance_of
from .words import OUTCOMES, grounds_words

CLOSED_SHOWN = 8
"""Of opportunities that were won, and as many that were lost: most look at what is open."""


@dataclass(frozen=True, slots=True)
class Deal:
    """An opportunity with its numbers, and what spoke for it where somebody chose it."""

    row: OpportunityRow
    amount: Figure
    probability: Figure
    grounds: str


@dataclass(frozen=True, slots=True)
class Deals:
    """Opportunities of one outcome, `number` of them; `more` are left out of `deals`."""

    outcome: str
    label: str | Promise
    deals: tuple[Deal, ...]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.deals)


@dataclass(frozen=True, slots=True)
class Position:
    """Who else sells a product there; `unmark` is where a mark by hand is taken back."""

    row: PositionRow
    kind: str | Promise
    amount: Figure
    unmark: str


@dataclass(frozen=True, slots=True)
class Override:
    """A tier that a person set; one that is `over` counts no more."""

    tier: str
    reason: str
    author: str
    on: date
    expires_on: date | None
    over: bool


@dataclass(frozen=True, slots=True)
class People:
    """Whom we know there and who of us works there."""

    contacts: tuple[ContactRow, ...]
    count: Figure
    more: int
    team: tuple[TeamRow, ...]


@dataclass(frozen=True, slots=True)
class May:
    """What the viewer may do on the page."""

    write: bool
    claim: bool
    change_team: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account as the page shows it."""

    uid: UUID
    name: str
    owner: str
    website: str
    segment: str
    is_archived: bool
    is_prospect: bool
    is_stale: bool
    tier: str
    score: Figure
    override: Override | None
    keys: tuple[Key, ...]
    hierarchy: Hierarchy
    performance: Performance | None
    family: Performance | None
    family_accounts: int
    fields: tuple[Field, ...]
    conflicts: tuple[ConflictLine, ...]
    profile: Profile
    deals: tuple[Deals, ...]
    positions: tuple[Position, ...]
    people: People
    year: str
    as_of: date | None
    may: May

    @property
    def overruled(self) -> bool:
        """Whether a person's tier counts now."""
        return self.override is not None and not self.override.over


def account_page(
    viewer: Scope, current: CurrentSnapshot | None, uid: UUID, *, every_deal: bool = False
) -> AccountPage:
    """Everything but the fragments. Raises NotFound for what the viewer may not see.

    Of opportunities that are over the latest are shown, unless `every_deal` is asked for.
    """
    account = account_of(viewer, uid)
    settings = organisation()
    today = clock.today(settings.time_zone)
    since = today - timedelta(days=settings.stale_after_days)
    row = account_row(viewer, current, account.pk, stale_since=since, on=today)
    hierarchy = hierarchy_of(viewer, account)
    subject = Subject(str(account.uid), settings.currency)
    fields = fields_of(account, overrides_of("account", account.pk), subject)
    family, number = _family(viewer, current, account, hierarchy, subject)
    groups = profile_of(account, today=today, stale_after_days=settings.stale_after_days)
    cut = calendar(settings)
    return AccountPage(
        uid=account.uid,
        name=account.name,
        owner=account.owner.name if account.owner else "",
        website=account.website,
        segment=account.segment,
        is_archived=account.archived_at is not None,
        is_prospect=account.is_customer is False,
        is_stale=bool(row and row.is_stale),
        tier=row.tier if row else "",
        score=Figure(row.score if row else None, "score", trace=subject.trace("tier.score")),
        override=_override(account.pk, today) if row is None or row.override_id else None,
        keys=keys_of("account", [account.pk]).get(account.pk, ()),
        hierarchy=hierarchy,
        performance=performance_of(row, subject) if row and row.has_results else None,
        family=family,
        family_accounts=number,
        fields=fields,
        conflicts=conflict_lines(conflicts_of(viewer, account)),
        profile=profile_from(groups),
        deals=_deals(opportunities_of(account, today=today), settings.currency, every=every_deal),
        positions=_positions(positions_of(account), account.uid, settings.currency),
        people=_people(account, today, row, subject),
        year=cut.periods(cut.fiscal_year_of(current.last_day if current else today))[0].label,
        as_of=current.as_of if current else None,
        may=_may(viewer, account),
    )


def _family(
    viewer: Scope,
    current: CurrentSnapshot | None,
    account: Any,
    hierarchy: Hierarchy,
    subject: Subject,
) -> tuple[Performance | None, int]:
    """The roll-up, where there is more than the account itself to add up."""
    if current is None or not hierarchy.below:
        return None, 0
    totals = family_totals(viewer, current, account)
    whole = Subject(subject.account, subject.currency, family=True)
    return performance_of(totals, whole), totals.accounts


def _override(account_id: int, today: date) -> Override | None:
    row = override_set(account_id)
    if row is None:
        return None
    over = row.expires_on is not None and row.expires_on < today
    return Override(row.tier, row.reason, row.author, row.at.date(), row.expires_on, over)


def _deals(
    rows: tuple[OpportunityRow, ...], currency: str, *, every: bool = False
) -> tuple[Deals, ...]:
    groups = []
    for outcome, label in OUTCOMES.items():
        found = [row for row in rows if row.outcome == outcome]
        shown = found if every or outcome == "open" else found[:CLOSED_SHOWN]
        if found:
            deals = tuple(_deal(row, currency) for row in shown)
            groups.append(Deals(outcome, label, deals, len(found)))
    return tuple(groups)


def _deal(row: OpportunityRow, currency: str) -> Deal:
    # Many systems empty the amount of what was lost: 0 is no price that was asked.
    told = row.amount if row.amount or row.outcome != "lost" else None
    amount = Figure(told, "money", row.currency or currency)
    return Deal(row, amount, Figure(row.probability, "rate"), grounds_words(row.grounds))


def _positions(rows: tuple[PositionRow, ...], account: UUID, currency: str) -> tuple[Position, ...]:
    return tuple(
        Position(
            row,
            STATES[row.position],
            Figure(row.amount, "money", currency),
            cell_work_address("unmark", account, row.product_uid, back="account"),
        )
        for row in rows
    )


def _people(account: Any, today: date, row: AccountRow | None, subject: Subject) -> People:
    contacts = contacts_of(account, today=today)
    number = row.contacts if row else contact_count(account)
    count = Figure(number, "count", trace=subject.trace("contacts.count"))
    return People(contacts, count, number - len(contacts), team_of(account))


def _may(viewer: Scope, account: Any) -> May:
    unowned = account.owner_id is None
    return May(
        write=viewer.may_write,
        claim=unowned and viewer.may_write and viewer.person_id is not None,
        change_team=may_change_owner(viewer, account.owner_id),
    )

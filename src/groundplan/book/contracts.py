"""What the book's selectors hand to pages: values only, nothing that queries."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from groundplan.kernel.evidence import Evidence
from groundplan.sources.contracts import FieldConflict

Outcome = Literal["open", "won", "lost"]


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as a page names them."""

    id: int
    uid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class FoundAccount:
    """An account that a search found; `into` is the one it lives on in where it was merged."""

    uid: UUID
    name: str
    is_archived: bool
    into: str


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account as a page links to it."""

    id: int
    uid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Division:
    """An account below another; `depth` 1 is directly below."""

    account: AccountRef
    owner: str
    depth: int


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Where an account stands: the companies above it, top first, and the divisions below.

    Only what the viewer may see is named; `unseen` counts divisions below that they may not see,
    `more` says that there are further ones than listed.
    """

    above: tuple[AccountRef, ...]
    below: tuple[Division, ...]
    unseen: int
    more: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about an account; a fact has a source, an assumption none."""

    uid: UUID
    topic: str
    text: str
    source: str
    as_of: date
    confidence: str
    author: str
    written_at: datetime
    is_fact: bool
    is_stale: bool
    age_days: int
    is_revision: bool


@dataclass(frozen=True, slots=True)
class TopicStatements:
    """The statements of one topic, newest first."""

    topic: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact with whom they report to. `days_since` is None where nobody was in touch."""

    uid: UUID
    name: str
    title: str
    department: str
    seniority: str
    email: str
    phone: str
    reports_to: str
    buying_role: str
    stance: str
    last_contacted_on: date | None
    days_since: int | None


@dataclass(frozen=True, slots=True)
class CellRef:
    """An account and a product, by uid."""

    account: UUID
    product: UUID


@dataclass(frozen=True, slots=True)
class Grounds:
    """What spoke for a cell when somebody chose it: a value that later analyses don't change.

    `owners` of `accounts` look-alikes of `segment` owned the product, `adopted` of `exposed` had
    bought it for the first time within twelve months, all 0 where nothing was known. `because`
    names owned products that speak for it, best first. `amount` is in the organisation's currency,
    `probability` 0 to 1. `cited` is the snapshot, on its as-of day.
    """

    amount: Decimal | None
    probability: Decimal | None
    segment: str
    accounts: int
    owners: int
    exposed: int
    adopted: int
    because: tuple[str, ...]
    cited: Evidence


@dataclass(frozen=True, slots=True)
class Target:
    """A cell that is to become an opportunity, in the organisation's currency; without a day of
    its own it closes when the others do."""

    cell: CellRef
    amount: Decimal | None
    probability: Decimal | None
    grounds: Grounds
    close_on: date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a person says of a cell: why nothing is left to sell there, or who else is."""

    position: str
    reason: str
    competitor: str = ""
    renewal_on: date | None = None


@dataclass(frozen=True, slots=True)
class CellMark:
    """A mark with who set it and when."""

    mark: Mark
    author: str
    marked_at: datetime | None


@dataclass(frozen=True, slots=True)
class CellNow:
    """A cell as the book has it: `open`, a position, or empty for neither."""

    account_id: int
    product_id: int
    state: str


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An open opportunity in short."""

    stage: str
    amount: Decimal | None
    close_on: date | None


@dataclass(frozen=True, slots=True)
class OpportunityRow:
    """An opportunity. `probability` (0 to 1) is its own or its stage's; `grounds` where a person
    chose it from the whitespace."""

    uid: UUID
    name: str
    product: str
    owner: str
    stage: str
    outcome: Outcome
    amount: Decimal | None
    currency: str
    probability: Decimal
    opened_on: date | None
    close_on: date | None
    closed_on: date | None
    is_overdue: bool
    grounds: Grounds | None = None


@dataclass(frozen=True, slots=True)
class PositionRow:
    """Who else sells a product to an account, or why nobody can."""

    product: str
    position: str
    competitor: str
    amount: Decimal | None
    renewal_on: date | None
    product_uid: UUID
    reason: str = ""
    author: str = ""
    marked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """Somebody besides the owner who works on an account."""

    person: PersonRef
    function: str


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a filter and how many of the viewer's accounts have it."""

    value: str
    label: str
    accounts: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What accounts can be filtered by: the most frequent values of each, never all of them."""

    owners: tuple[FacetValue, ...]
    industries: tuple[FacetValue, ...]
    regions: tuple[FacetValue, ...]
    countries: tuple[FacetValue, ...]
    segments: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an edit, as text; empty where there was or is no value."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Undo:
    """What an edit did, and the token that takes it back; no token where nothing changed."""

    changed: int
    token: str = ""


@dataclass(frozen=True, slots=True)
class Conflicted:
    """An edit that its source has changed too; `row` names the contact or opportunity, empty where
    the account itself was edited."""

    conflict: FieldConflict
    row: str
    account: AccountRef

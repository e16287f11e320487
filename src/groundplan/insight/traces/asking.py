"""A number that is asked about, with everything its address names found and authorised."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from groundplan.book.selectors import visible_accounts
from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.hierarchy import family
from groundplan.book.selectors.naming import ProductName, product_names
from groundplan.kernel.errors import NotFound
from groundplan.kernel.figures import Figure, Trace
from groundplan.kernel.periods import Period
from groundplan.organisation.selectors import calendar
from groundplan.people.contracts import Scope
from groundplan.people.selectors import persons_by_uid, visible_persons
from groundplan.snapshots.contracts import CurrentSnapshot

from .contracts import Page, Subject

GROUPS = ("category", "segment", "tier", "territory", "channel", "base")
"""Parameters that name what they are."""

BY_ACCOUNT = (
    "whitespace.total",
    "whitespace.competitor",
    "tier.accounts",
    "accounts.count",
    "accounts.needs",
)
"""Measures that add up accounts, and only such as the viewer may see."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose numbers count: those credited to `persons`; None is everybody's and nobody's."""

    persons: tuple[int, ...] | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, by whom, over which snapshot; ids are the book's.

    `accounts` are the account asked about, with its divisions where the address says so; None
    where the question is about persons.
    """

    viewer: Scope
    current: CurrentSnapshot
    trace: Trace
    page: Page
    period: Period
    cover: Cover
    subject: Subject
    accounts: tuple[int, ...] | None = None
    product: ProductName | None = None

    def parameter(self, name: str) -> str:
        return dict(self.trace.params).get(name, "")

    @property
    def account_id(self) -> int:
        """The one account that is asked about; NotFound where none is."""
        if not self.accounts:
            raise unknown()
        return self.accounts[0]

    @property
    def product_id(self) -> int:
        if self.product is None:
            raise unknown()
        return self.product.product_id

    def sibling(self, measure: str, **replaced: str) -> Trace:
        """The trace of another number about the same subject."""
        return Trace.of(measure, **{**dict(self.trace.params), **replaced})

    def money(self, value: object, measure: str = "", **replaced: str) -> Figure:
        """An amount in the organisation's currency; with `measure`, one that leads on."""
        trace = self.sibling(measure, **replaced) if measure else None
        return Figure(value, "money", self.current.currency, trace)  # type: ignore[arg-type]


def unknown() -> NotFound:
    return NotFound("There is no such number.", mend="Follow a number on a page.")


def ask(viewer: Scope, current: CurrentSnapshot, trace: Trace, page: Page) -> Question:
    """Find and authorise all that the trace names; NotFound for what is not the viewer's."""
    named = dict(trace.params)
    period = _period(current.last_day, named.get("period", ""))
    product = _product(named.get("product", ""))
    words = {"period": period.label, "product": product.name if product else ""}
    words |= {key: named.get(key, "") for key in GROUPS}
    accounts: tuple[int, ...] | None = None
    cover = Cover(None)
    if named.get("account"):
        account = account_of(viewer, uid_of(named["account"]))
        words |= {"account": account.name, "account_uid": str(account.uid)}
        accounts = (account.pk,)
        if named.get("family"):
            below = family(viewer, account).exclude(pk=account.pk)
            accounts += tuple(below.values_list("pk", flat=True))
    else:
        cover = _cover(viewer, named, trace.measure in BY_ACCOUNT)
        words[_kind_of_cover(named)] = cover.name
    return Question(
        viewer=viewer,
        current=current,
        trace=trace,
        page=page,
        period=period,
        cover=cover,
        subject=Subject(**words),
        accounts=accounts,
        product=product,
    )


def uid_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise unknown() from None


def _period(day: date, key: str) -> Period:
    """The period of that key; the fiscal year of the snapshot's day without one."""
    cut = calendar()
    year = key.removeprefix("FY")[:4]
    if not key:
        return cut.periods(cut.fiscal_year_of(day))[0]
    if not year.isdigit() or not 1 < int(year) < 9999:
        raise unknown()
    found = [period for period in cut.periods(int(year)) if period.key == key]
    if not found:
        raise unknown()
    return found[0]


def _product(uid: str) -> ProductName | None:
    if not uid:
        return None
    wanted = uid_of(uid)
    found = [product for product in product_names().values() if product.uid == wanted]
    if not found:
        raise unknown()
    return found[0]


def _kind_of_cover(named: dict[str, str]) -> str:
    return "person" if named.get("owner") else "team" if named.get("team") else "cover"


def _owner(viewer: Scope, uid: str, *, by_account: bool, reports: bool) -> Cover:
    """A person the viewer answers for; where accounts are listed one by one, and only those that
    the viewer may see, any owner of one of these. `reports` adds everybody below the person."""
    found = visible_persons(viewer).filter(uid=uid).first()
    if found is None and by_account:
        others = persons_by_uid([uid])
        shared = visible_accounts(viewer).filter(owner__in=[other.pk for other in others])
        found = others[0] if shared.exists() else None
    if found is None:
        raise unknown()
    if not reports:
        return Cover((found.pk,), found.name)
    below = visible_persons(viewer).filter(path__startswith=found.path)
    return Cover(tuple(below.values_list("pk", flat=True)), found.name)


def _cover(viewer: Scope, named: dict[str, str], by_account: bool) -> Cover:
    persons = visible_persons(viewer)
    if named.get("owner") and named.get("reports"):
        # The person with everybody who reports to them, as the hierarchy adds them up.
        top = persons.filter(uid=uid_of(named["owner"])).first()
        if top is None:
            raise unknown()
        below = persons.filter(path__startswith=top.path).values_list("pk", flat=True)
        return Cover(tuple(below), top.name)
    if named.get("owner"):
        uid = str(uid_of(named["owner"]))
        return _owner(viewer, uid, by_account=by_account, reports=bool(named.get("reports")))
    if named.get("team"):
        members = persons.filter(team__uid=uid_of(named["team"])).select_related("team")
        found = [(person.pk, person.team.name) for person in members if person.team]
        if not found:
            raise unknown()
        return Cover(tuple(pk for pk, _ in found), found[0][1])
    return _scope(viewer, named.get("scope", ""))


def _scope(viewer: Scope, scope: str) -> Cover:
    """`mine` is the viewer's own, `team` all they answer for, `all` everybody's."""
    if scope == "mine":
        if viewer.person_id is None:
            raise unknown()
        return Cover((viewer.person_id,), "mine")
    if viewer.sees_all and scope in ("", "all", "team"):
        return Cover(None, "all")
    if scope in ("", "team"):
        persons = visible_persons(viewer).values_list("pk", flat=True)
        return Cover(tuple(persons), "team" if viewer.sees_reports else "mine")
    raise unknown()

"""Counts: accounts by tier and owner from the results, contacts from the book."""

from groundplan.book.selectors.accounts import account_of
from groundplan.book.selectors.contacts import contact_count, contacts_of
from groundplan.kernel.figures import Figure
from groundplan.organisation.selectors import today

from .asking import Question, uid_of, unknown
from .choosing import chosen_results
from .contracts import AccountCell, Answer, RowColumn, Rows
from .registry import explains

ACCOUNTS = (
    RowColumn("account", "account"),
    RowColumn("tier"),
    RowColumn("segment"),
    RowColumn("expected", "money"),
)
CONTACTS = (RowColumn("contact"), RowColumn("title"), RowColumn("department"))


@explains("accounts.count", "tier.accounts")
def accounts(question: Question) -> Answer:
    """Accounts the viewer may see, of the tier, segment or owner where one is named."""
    if question.accounts is not None:
        raise unknown()
    found = chosen_results(question)
    page = question.page
    rows = found.order_by("-expected", "account_id").values_list(
        "account__uid", "account__name", "effective_tier", "segment", "expected"
    )[page.start : page.start + page.size]
    count = found.count()
    cells = tuple((AccountCell(str(uid), name), *rest) for uid, name, *rest in rows)
    listed = Rows(ACCOUNTS, cells, count, count, page.start, page.size)
    return Answer(Figure(count), question.trace.measure, (), listed)


@explains("contacts.count")
def contacts(question: Question) -> Answer:
    """People known at the account: as the book has them now, for names aren't in snapshots."""
    account = account_of(question.viewer, uid_of(question.subject.account_uid))
    page = question.page
    count = contact_count(account)
    known = contacts_of(account, today=today(), limit=page.start + page.size)[page.start :]
    cells = tuple((row.name, row.title, row.department) for row in known)
    listed = Rows(CONTACTS, cells, count, count, page.start, page.size)
    return Answer(Figure(count), "contacts.count", (), listed)

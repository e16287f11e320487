"""Who works on an account besides its owner."""

from groundplan.book.contracts import PersonRef, TeamRow
from groundplan.book.models import Account

MOST = 100


def team_of(account: Account) -> tuple[TeamRow, ...]:
    """The account team by name; `account` comes from a selector that took the viewer."""
    rows = account.team.select_related("person").order_by("person__name", "pk")[:MOST]
    return tuple(
        TeamRow(PersonRef(row.person.pk, row.person.uid, row.person.name), row.function)
        for row in rows
    )

"""Who works on an account besides its owner."""

from uuid import UUID

from django.db.models import BigIntegerField, QuerySet

from groundplan.book.contracts import PersonRef, TeamRow
from groundplan.book.models import Account, AccountTeamMember
from groundplan.database.prepared import Parameter, prepared

MOST = 100


def team_of(account: Account) -> tuple[TeamRow, ...]:
    """The account team by name; `account` comes from a selector that took the viewer."""
    rows = _team().ask(account=account.pk)
    return tuple(TeamRow(PersonRef(pk, uid, name), function) for pk, uid, name, function in rows)


@prepared
def _team() -> QuerySet[AccountTeamMember, tuple[int, UUID, str, str]]:
    account = Parameter("account", BigIntegerField())
    members = AccountTeamMember.objects.filter(account=account).order_by("person__name", "pk")
    return members.values_list("person_id", "person__uid", "person__name", "function")[:MOST]

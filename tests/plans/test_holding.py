"""What plans rest on isn't taken away below them."""

from tests.conftest import account_create
from tests.plans.conftest import SmallPlan

from groundplan.book.models import Account
from groundplan.book.services.undoing import book_rows_remove
from groundplan.people.models import Person
from groundplan.people.services.undoing import persons_remove
from groundplan.plans.models import Plan
from groundplan.plans.services import part_update


def test_undoing_an_import_leaves_accounts_that_are_planned(
    small: SmallPlan, account_plan: Plan
) -> None:
    Account.objects.filter(parent=small.book.alder).update(parent=None)
    loose = account_create("Loose")
    ids = [small.book.alder.pk, loose.pk]
    assert book_rows_remove(kind="account", ids=ids) == [loose.pk]
    assert Plan.objects.get(pk=account_plan.pk).account == small.book.alder


def test_undoing_an_import_leaves_persons_who_plan_and_frees_tactics_of_others(
    small: SmallPlan,
) -> None:
    helper = Person.objects.create(login="helper", name="Helper")
    part_update(viewer=small.see("olivia"), uid=small.first, values={"owner": "helper"})
    owner = small.plan.owner_id
    assert persons_remove(ids=[owner, helper.pk], holders=("book",)) == [helper.pk]
    assert small.plan.parts.get(uid=small.first).owner is None

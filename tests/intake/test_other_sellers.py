"""A second system's owners: another list of persons than the one that is known."""

from collections.abc import Callable

import pytest
from tests.intake.test_importing import home, reasons, take

from groundplan.book.models import Account, Opportunity
from groundplan.intake.contracts import ImportReport
from groundplan.people.models import Person

__all__ = ["home", "take"]
pytestmark = pytest.mark.django_db
Take = Callable[..., ImportReport]
USERS = {"users.csv": "login,name\nann,Ann Cecil\nbo,Bo Diaz\n"}


def accounts(owners: list[str]) -> str:
    rows = (f"{place},Firm {place},{owner}" for place, owner in enumerate(owners))
    return "\n".join(["account_id,name,owner", *rows]) + "\n"


def test_owners_of_another_system_become_persons_instead_of_rejecting_all(take: Take) -> None:
    take(USERS)
    deals = "opportunity_id,account_id,name,stage,owner\n1,0,x,Won,005A\n2,1,y,Won,005C\n"
    report = take({"accounts.csv": accounts(["005A", "005B"] * 5), "opportunities.csv": deals})
    assert report.reject_sample == ()
    assert "3 persons made from rows that name them." in report.notes
    assert Account.objects.filter(owner__login="005A").count() == 5
    assert Opportunity.objects.get(name="y").owner == Person.objects.get(login="005C")


def test_one_known_among_them_makes_the_others_mistakes(take: Take) -> None:
    take(USERS)
    report = take({"accounts.csv": accounts(["ann"] * 10 + ["nobody"])})
    assert reasons(report) == [(12, "owner", "nobody", "is unknown")]


def test_a_few_rows_of_unknown_owners_are_mistakes_too(take: Take) -> None:
    take(USERS)
    report = take({"accounts.csv": accounts(["nobody"] * 9)})
    assert report.tables["accounts"].rejected == 9
    assert Person.objects.count() == 2


def test_who_is_nearly_called_like_a_known_person_is_asked_about(take: Take) -> None:
    take(USERS)
    report = take({"accounts.csv": accounts(["Eva Maier"] * 10 + ["Ann Cecill"])})
    assert reasons(report) == [(12, "owner", "Ann Cecill", "is unknown: did you mean Ann Cecil?")]
    assert set(Person.objects.values_list("name", flat=True)) == {
        "Ann Cecil", "Bo Diaz", "Eva Maier",
    }  # fmt: skip

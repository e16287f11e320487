"""Prepared queries: compiled once, asked with other values."""

from typing import Any

import pytest
from django.db.models import BigIntegerField, CharField, QuerySet, UUIDField
from tests.conftest import Cast

from groundplan.book.models import Account
from groundplan.database import prepared as module
from groundplan.database.prepared import Parameter, prepared
from groundplan.people.contracts import SYSTEM, Scope

pytestmark = pytest.mark.django_db


@prepared
def named(prefix: str) -> QuerySet[Account, Any]:
    name = Parameter("name", CharField())
    return Account.objects.filter(name=name, region=prefix).values_list("pk", "name")


@prepared
def with_owner() -> QuerySet[Account]:
    uid = Parameter("uid", UUIDField())
    return Account.objects.select_related("owner").filter(uid=uid)


@prepared
def nothing() -> QuerySet[Account]:
    return Account.objects.none()


def test_a_prepared_query_answers_for_the_values_it_is_asked_with() -> None:
    one = Account.objects.create(name="One", region="North")
    two = Account.objects.create(name="Two", region="North")
    Account.objects.create(name="Two", region="South")
    assert named("North").ask(name="One") == [(one.pk, "One")]
    assert named("North").ask(name="Two") == [(two.pk, "Two")]
    assert named("North").ask(name="Three") == []


def test_rows_are_counted_without_reading_them() -> None:
    for name in ("One", "Two", "Two"):
        Account.objects.create(name=name, region="North")
    assert [named("North").count(name=name) for name in ("One", "Two", "Three")] == [1, 2, 0]
    assert nothing().count() == 0


def test_rows_of_models_come_with_what_they_refer_to(
    django_assert_num_queries: Any, cast: Cast
) -> None:
    account = Account.objects.create(name="Owned", owner=cast.olivia.person)
    with django_assert_num_queries(1):
        [found] = with_owner().ask(uid=account.uid)
        assert found == account
        assert found.owner == cast.olivia.person


def test_a_query_that_can_find_nothing_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert nothing().ask() == []


def test_a_query_is_compiled_once_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []

    @prepared
    def counted(form: int) -> QuerySet[Account, Any]:
        built.append(form)
        pk = Parameter("pk", BigIntegerField())
        return Account.objects.filter(pk=pk).values_list("pk")

    monkeypatch.setattr(module, "KEPT", 2)
    for form in (1, 1, 2, 1, 3, 1, 2):
        counted(form).ask(pk=form)
    # The third form takes the place of the one that wasn't asked for longest.
    assert built == [1, 2, 3, 2]


def test_whoever_sees_the_same_has_the_same_reach() -> None:
    leader = Scope(user_id=5, actor="Liam", role="leader", person_id=3, path="/3/")
    assert leader.reach == SYSTEM.reach
    seller = Scope(user_id=6, actor="Olivia", role="member", person_id=4, path="/3/4/")
    same = Scope(user_id=7, actor="O. again", role="member", person_id=4, path="/3/4/")
    other = Scope(user_id=8, actor="Tom", role="member", person_id=9, path="/3/9/")
    assert seller.reach == same.reach != other.reach

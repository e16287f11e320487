"""The demonstration company as it stands after it went through the services."""

from django.test import Client
from tests.demo_world import DAY, DemoWorld

from groundplan.book.selectors import visible_accounts
from groundplan.demo.services import demonstration_backtest, demonstration_build
from groundplan.insight.backtests.selectors import backtest_kept
from groundplan.insight.selectors.results import results_of
from groundplan.organisation.models import AuditEntry
from groundplan.people.contracts import SYSTEM
from groundplan.people.selectors import scope_of
from groundplan.snapshots.selectors import current


def test_everybody_of_the_cast_sees_their_part(demo_world: DemoWorld) -> None:
    seller, manager, leader = (
        visible_accounts(scope_of(user))
        for user in (demo_world.seller, demo_world.manager, demo_world.leader)
    )
    assert leader.count() == 400
    assert 100 < manager.count() < 250
    own = seller.filter(owner=demo_world.seller.person)
    assert 30 < own.count() < seller.count() < 100
    assert set(own) < set(manager)


def test_nobody_of_the_cast_has_a_password(demo_world: DemoWorld) -> None:
    assert not demo_world.seller.has_usable_password()
    assert not demo_world.administrator.has_usable_password()


def test_every_account_has_a_tier_and_every_tier_has_accounts(demo_world: DemoWorld) -> None:
    found = results_of(SYSTEM)
    assert found.count() == 400
    assert set(found.values_list("effective_tier", flat=True)) == {"A", "B", "C"}


def test_the_seller_finds_whitespace_tested_on_the_history(
    demo_world: DemoWorld, client: Client
) -> None:
    demonstration_backtest()
    client.force_login(demo_world.seller)
    assert 'data-verdict="signal"' in client.get("/whitespace/backtest/").content.decode()
    shown = current()
    assert shown
    before = backtest_kept(shown)
    assert before
    assert before.snapshot == str(shown.uid)
    demonstration_backtest()
    assert backtest_kept(shown) == before


def test_building_again_changes_nothing(demo_world: DemoWorld) -> None:
    before = current(), AuditEntry.objects.count()
    demonstration_build(today=DAY)
    assert (current(), AuditEntry.objects.count()) == before

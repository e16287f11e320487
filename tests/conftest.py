"""The named cast and their small book, on which most tests of rooms and pages rest.

Liam leads everybody. Maya manages Olivia and Tom. Olivia owns Alder and its division Alder Labs,
and Beacon; Tom owns Cobalt and works on Alder as a teammate. Vic may only look, as a manager of
nobody, on the team of Alder. Oscar sells in another branch and owns Umbra. Nobody owns Orphan.
"""

import faulthandler
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.demo_world import demo_quarters, demo_world, demonstration
from tests.once import django_db_modify_db_settings, run_folder
from tests.order import pytest_collection_modifyitems
from tests.worlds import KeptWorld, kept_world

from groundplan.book.models import (
    Account,
    AccountTeamMember,
    CompetitorPosition,
    Contact,
    Opportunity,
    Product,
    ProductCategory,
)
from groundplan.insight.models import AccountResult, AnalysisRun
from groundplan.kernel import clock
from groundplan.kernel.ids import uuid7
from groundplan.organisation.models import Stage
from groundplan.people.contracts import Scope
from groundplan.people.models import Person, Role, Team, User
from groundplan.people.selectors import scope_of
from groundplan.snapshots.models import Current, Snapshot

__all__ = [
    "demo_quarters",
    "demo_world",
    "demonstration",
    "django_db_modify_db_settings",
    "kept_world",
    "pytest_collection_modifyitems",
    "run_folder",
]


def pytest_sessionfinish() -> None:
    """What keeps a finished run from ending is told, and ended, after two minutes."""
    faulthandler.dump_traceback_later(120, exit=True)


PASSWORD = "correct horse battery"
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Cast:
    """The users by name; each has a person, and a scope through `see`."""

    olivia: User
    tom: User
    maya: User
    liam: User
    vic: User
    oscar: User

    def see(self, name: str) -> Scope:
        user = User.objects.select_related("person").get(pk=getattr(self, name).pk)
        return scope_of(user)


@dataclass(frozen=True)
class SmallBook:
    """A handful of accounts that every rule of visibility shows on."""

    cast: Cast
    alder: Account
    alder_labs: Account
    beacon: Account
    cobalt: Account
    umbra: Account
    orphan: Account
    widget: Product
    gadget: Product
    qualified: Stage
    won: Stage
    lost: Stage


def _person(login: str, boss: Person | None = None, team: Team | None = None) -> Person:
    person = Person.objects.create(login=login, name=login.title(), manager=boss, team=team)
    person.path = f"{boss.path if boss else '/'}{person.pk}/"
    person.save(update_fields=["path"])
    return person


def _user(person: Person, role: Role) -> User:
    # An unusable password: hashing a real one costs a tenth of a second, a test signs in by force.
    return User.objects.create(
        email=f"{person.login}@example.com", name=person.name, role=role, person=person
    )


def account_create(name: str, **fields: Any) -> Account:
    """An account with its path, as an import would leave it."""
    parent = fields.get("parent")
    account = Account.objects.create(name=name, **fields)
    account.path = f"{parent.path if parent else '/'}{account.pk}/"
    account.save(update_fields=["path"])
    return account


@pytest.fixture
def cast(kept_world: KeptWorld[Cast]) -> Cast:
    return kept_world(cast_create)


def cast_create() -> Cast:
    """Six people, three levels, two branches."""
    north, south = Team.objects.create(name="North"), Team.objects.create(name="South")
    liam = _person("liam")
    maya = _person("maya", liam, north)
    return Cast(
        olivia=_user(_person("olivia", maya, north), Role.MEMBER),
        tom=_user(_person("tom", maya, north), Role.MEMBER),
        maya=_user(maya, Role.MANAGER),
        liam=_user(liam, Role.LEADER),
        vic=_user(_person("vic", maya, north), Role.VIEWER),
        oscar=_user(_person("oscar", liam, south), Role.MEMBER),
    )


@pytest.fixture
def book(cast: Cast, kept_world: KeptWorld[SmallBook]) -> SmallBook:
    return replace(kept_world(book_create, cast), cast=cast)


def book_create(cast: Cast) -> SmallBook:
    """Accounts, two products, deals and contacts of the cast."""
    hardware = ProductCategory.objects.create(name="Hardware")
    widget = Product.objects.create(name="Widget", category=hardware, is_core=True)
    gadget = Product.objects.create(name="Gadget", category=hardware)
    qualified = Stage.objects.create(name="Qualified", probability=Decimal("0.4"))
    won = Stage.objects.create(name="Won", outcome="won", probability=1)
    lost = Stage.objects.create(name="Lost", outcome="lost", probability=0)
    olivia, tom, oscar = cast.olivia.person, cast.tom.person, cast.oscar.person
    alder = account_create(
        "Alder Foods",
        owner=olivia,
        industry="Food",
        region="DACH",
        country="Austria",
        segment="Mid",
        employees=500,
        website="alder.example",
        is_customer=True,
        revenue_goal=Decimal(100_000),
    )
    small = SmallBook(
        cast=cast,
        alder=alder,
        alder_labs=account_create("Alder Labs", owner=olivia, parent=alder, industry="Food"),
        beacon=account_create("Beacon Energy", owner=olivia, industry="Energy", region="Nordics"),
        cobalt=account_create("Cobalt Motors", owner=tom, industry="Automotive"),
        umbra=account_create("Umbra Chemicals", owner=oscar, industry="Chemicals"),
        orphan=account_create("Orphan Textiles", industry="Textiles"),
        widget=widget,
        gadget=gadget,
        qualified=qualified,
        won=won,
        lost=lost,
    )
    for helper in (tom, cast.vic.person):
        assert helper is not None
        AccountTeamMember.objects.create(account=alder, person=helper, function="Technical")
    _deals(small)
    return small


def _deals(small: SmallBook) -> None:
    cto = Contact.objects.create(account=small.alder, name="Ada Alm", title="CTO")
    Contact.objects.create(
        account=small.alder,
        name="Ben Berg",
        title="Plant manager",
        reports_to=cto,
        last_contacted_on=date(2026, 10, 1),
    )
    Opportunity.objects.create(
        account=small.alder,
        name="Widgets for Vienna",
        product=small.gadget,
        stage=small.qualified,
        owner=small.cast.olivia.person,
        amount=Decimal(40_000),
        close_on=date(2026, 12, 15),
    )
    Opportunity.objects.create(
        account=small.alder,
        name="First widgets",
        product=small.widget,
        stage=small.won,
        amount=Decimal(25_000),
        close_on=date(2026, 3, 1),
        closed_on=date(2026, 3, 1),
    )
    CompetitorPosition.objects.create(
        account=small.beacon, product=small.gadget, position="competitor", competitor="Vexa"
    )


@pytest.fixture
def signed_in(client: Client) -> Callable[[User], Client]:
    """A browser that is signed in as somebody."""

    def enter(user: User) -> Client:
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def results(book: SmallBook) -> AnalysisRun:
    """Results of an analysis of the small book, as rows; there are no columns behind them."""
    folder = Path(settings.GROUNDPLAN_HOME) / "snapshots" / str(uuid7())
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"currency": "USD", "shard_size": 16384}')
    with clock.fixed(TODAY):
        taken_at = clock.now()
    snapshot = Snapshot.objects.create(
        taken_at=taken_at, as_of=TODAY, folder=str(folder), manifest_sha256=""
    )
    run = AnalysisRun.objects.create(snapshot=snapshot, started_at=clock.now(), folder="")
    for account, tier, expected in (
        (book.alder, "A", 30_000),
        (book.alder_labs, "C", 500),
        (book.beacon, "B", 30_000),
        (book.cobalt, "B", 20_000),
        (book.umbra, "A", 90_000),
    ):
        result_create(run, account, tier=tier, expected=Decimal(expected))
    Current.objects.create(pk=1, snapshot=snapshot, results_uid=run.uid, since=clock.now())
    return run


def result_create(run: AnalysisRun, account: Account, **fields: Any) -> AccountResult:
    """A result with plain values where none are given; the goal is the account's."""
    plain = {
        "tier": "C",
        "score": 1.0,
        "segment": "All",
        "owned_products": 1,
        "revenue_12m": Decimal(25_000),
        "revenue_prior_12m": Decimal(0),
        "recognised": Decimal(20_000),
        "backlog": Decimal(5_000),
        "weighted": Decimal(16_000),
        "whitespace": Decimal(14_000),
        "expected": Decimal(30_000),
        "goal": account.revenue_goal,
        "last_purchase_on": date(2026, 3, 1) if account.revenue_goal else None,
    }
    return AccountResult.objects.create(run=run, account=account, **{**plain, **fields})

"""Three levels of plans: a seller's below a manager's below a director's, and who sees which."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from tests.conftest import Cast

from groundplan.kernel.errors import NotFound
from groundplan.people.contracts import Scope
from groundplan.people.models import Person, Role, User
from groundplan.people.selectors import scope_of
from groundplan.plans.contracts import Graph
from groundplan.plans.models import Plan
from groundplan.plans.selectors import graph, plans_listed, queue
from groundplan.plans.selectors.rolling import RolledUp, rolled_up
from groundplan.plans.services import member_add, part_add, plan_create, plan_submit

PERIOD = "FY2027"


@dataclass(frozen=True)
class Levels:
    """Dora directs the managers Maya and Max; Olivia and Tom sell for Maya, Rita for Max. Nobody
    but Liam, who leads, and Dora is above both. Each has a plan that promises revenue."""

    cast: Cast
    plans: dict[str, str]

    def see(self, login: str) -> Scope:
        return scope_of(User.objects.select_related("person").get(person__login=login))

    def rolled(self, viewer: str, owner: str) -> RolledUp:
        return rolled_up(self.see(viewer), self.plans[owner])

    def read(self, viewer: str, owner: str) -> Graph:
        return graph(self.see(viewer), self.plans[owner])


def person(login: str, boss: Person, role: Role) -> Person:
    made = Person.objects.create(login=login, name=login.title(), manager=boss)
    placed(made, boss)
    User.objects.create(email=f"{login}@example.com", name=made.name, role=role, person=made)
    return made


def placed(one: Person, boss: Person) -> None:
    one.manager, one.path = boss, f"{boss.path}{one.pk}/"
    one.save()
    for below in one.reports.all():
        placed(below, one)


@pytest.fixture
def levels(cast: Cast) -> Levels:
    liam, maya = cast.liam.person, cast.maya.person
    assert liam
    assert maya
    dora = person("dora", liam, Role.MANAGER)
    placed(maya, dora)
    person("rita", person("max", dora, Role.MANAGER), Role.MEMBER)
    found = Levels(cast, {})
    targets = {"dora": 5000, "maya": 1000, "max": 800, "olivia": 400, "tom": 300, "rita": 900}
    for login, target in targets.items():
        viewer = found.see(login)
        plan = plan_create(viewer=viewer, subject="territory", period=PERIOD, prefill=False)
        values = {"title": "Revenue", "metric": "revenue", "target": str(target)}
        part_add(viewer=viewer, plan_uid=str(plan.uid), kind="objective", values=values)
        found.plans[login] = str(plan.uid)
    return found


def test_each_level_sums_the_level_below(levels: Levels) -> None:
    director, manager = levels.rolled("dora", "dora"), levels.rolled("maya", "maya")
    assert [line.owner for line in director.plans] == ["Max", "Maya"]
    assert [(one.own, one.below) for one in director.metrics] == [(Decimal(5000), Decimal(1800))]
    assert [line.owner for line in manager.plans] == ["Olivia", "Tom"]
    assert [(one.own, one.below) for one in manager.metrics] == [(Decimal(1000), Decimal(700))]
    assert levels.rolled("dora", "maya") == manager
    assert levels.rolled("liam", "dora") == director


def test_where_a_manager_has_no_plan_the_sellers_count_for_the_director(levels: Levels) -> None:
    Plan.objects.filter(uid=levels.plans["maya"]).update(period="FY2026")
    found = levels.rolled("dora", "dora")
    assert [line.owner for line in found.plans] == ["Max", "Olivia", "Tom"]
    assert [one.below for one in found.metrics] == [Decimal(1500)]


@pytest.mark.parametrize("viewer", ["max", "rita", "oscar", "vic"])
@pytest.mark.parametrize("owner", ["maya", "olivia", "dora"])
def test_a_peer_manager_and_outsiders_see_nothing_of_it(
    levels: Levels, viewer: str, owner: str
) -> None:
    for look in (levels.rolled, levels.read):
        with pytest.raises(NotFound):
            look(viewer, owner)


@pytest.mark.parametrize("viewer", ["olivia", "tom"])
@pytest.mark.parametrize("owner", ["maya", "dora"])
def test_nobody_sees_the_plans_above_them(levels: Levels, viewer: str, owner: str) -> None:
    with pytest.raises(NotFound):
        levels.rolled(viewer, owner)


def test_lists_and_queues_hold_what_is_below(levels: Levels) -> None:
    for login in ("olivia", "rita", "maya"):
        plan_submit(viewer=levels.see(login), uid=levels.plans[login])
    listed = {
        name: {line.owner_name for line in plans_listed(levels.see(name))}
        for name in ("dora", "maya", "max", "olivia")
    }
    assert listed == {
        "dora": {"Dora", "Maya", "Max", "Olivia", "Tom", "Rita"},
        "maya": {"Maya", "Olivia", "Tom"},
        "max": {"Max", "Rita"},
        "olivia": {"Olivia"},
    }
    waiting = {
        name: {line.plan.owner_name for line in queue(levels.see(name))}
        for name in ("dora", "maya", "max", "olivia")
    }
    assert waiting == {
        "dora": {"Maya", "Olivia", "Rita"},
        "maya": {"Olivia"},
        "max": {"Rita"},
        "olivia": set(),
    }


def test_who_is_on_the_team_of_a_plan_above_sees_it_without_the_plans_below(
    levels: Levels,
) -> None:
    tom = levels.cast.tom.person
    assert tom
    member_add(viewer=levels.see("maya"), uid=levels.plans["maya"], person_uid=str(tom.uid))
    assert [line.owner for line in levels.rolled("tom", "maya").plans] == ["Tom"]


def test_the_plan_of_somebody_without_a_place_has_nothing_below(levels: Levels) -> None:
    Person.objects.filter(login="rita").update(path="", manager=None)
    assert levels.rolled("liam", "rita").plans == ()


def test_a_plan_that_took_the_place_of_a_closed_one_is_counted_alone(levels: Levels) -> None:
    Plan.objects.filter(uid=levels.plans["tom"]).update(state="closed")
    assert [one.below for one in levels.rolled("maya", "maya").metrics] == [Decimal(700)]
    plan_create(viewer=levels.see("tom"), subject="territory", period=PERIOD, prefill=False)
    assert [one.below for one in levels.rolled("maya", "maya").metrics] == [Decimal(400)]

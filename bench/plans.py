"""Plan pages: one large plan among 5,000, as a plain member, against a bare page of the same run.

Imported only once Django is ready.
"""

import http.client
import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from urllib.parse import urlencode

from groundplan.people.models import Person
from groundplan.plans.models import Plan, PlanPart

from .measuring import Measured, percentile
from .pages import BARE, served, signed_in, status_of

PLANS, PERSONS = 5_000, 100
MEMBER = "seller0"
REQUESTS, WARM_UP = 60, 3
SIZES = {"goal": 10, "strategy": 5, "objective": 40}
INITIATIVES, TACTICS = 12, 10
"""Initiatives a strategy, tactics an initiative: 60 and 600 in all."""
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def measure_plans() -> list[Measured]:
    """Milliseconds of the workspace, its sections, an edit and the check, beside their budgets."""
    plan = _fill()
    cookie = signed_in(MEMBER, "member")
    base = f"/plans/{plan.uid}/"
    tactic = PlanPart.objects.filter(plan=plan, kind="tactic").earliest("pk")
    lines = []
    with served() as port:
        bare = _times(lambda: status_of(port, BARE, ""))
        lines.append(Measured("bare page beside plans", _told(bare), "1.0 x"))
        pages = {
            "plan, first page": (base, 80),
            "plan, section of work": (f"{base}section/work/", 40),
            "plan, section of objectives": (f"{base}section/objectives/", 40),
            "plan check": (f"{base}check/", 50),
            "my week": ("/week/", 80),
            "list of plans": ("/plans/", 80),
        }
        for name, (address, budget) in pages.items():
            status = status_of(port, address, cookie)
            if status != 200:
                lines.append(Measured(name, f"answers {status}"))
                continue
            times = _times(partial(status_of, port, address, cookie))
            lines.append(_line(name, times, budget, bare))
        edit = _edit(port, f"{base}part/{tactic.uid}/", cookie)
        lines.append(_line("plan, an edit", _times(edit), 40, bare))
    return lines


def _line(name: str, times: list[float], budget: int, bare: list[float]) -> Measured:
    ratio = percentile(times, 0.5) / percentile(bare, 0.5)
    return Measured(name, f"{_told(times)} (budget p95 {budget} ms)", f"{ratio:.1f} x")


def _told(times: list[float]) -> str:
    return f"p50 {percentile(times, 0.5):.1f} ms, p95 {percentile(times, 0.95):.1f} ms"


def _times(work: Callable[[], object]) -> list[float]:
    times = []
    for index in range(WARM_UP + REQUESTS):
        start = time.perf_counter()
        work()
        if index >= WARM_UP:
            times.append((time.perf_counter() - start) * 1000)
    return times


def _edit(port: int, address: str, cookie: str) -> Callable[[], None]:
    """Saves another title each time. Raises RuntimeError where it isn't taken."""
    token = _token(port, address, cookie)
    count = 0

    def save() -> None:
        nonlocal count
        count += 1
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Cookie": f"{cookie}; csrftoken={token}",
            "X-CSRFToken": token,
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
        }
        connection.request("POST", address, urlencode({"title": f"Call number {count}"}), headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status not in (200, 204, 302):
            raise RuntimeError(f"an edit answers {answer.status}: {body[:200]!r}")

    return save


def _token(port: int, address: str, cookie: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    found = re.search(r"csrftoken=(\w+)", answer.getheader("Set-Cookie") or "")
    return found[1] if found else ""


def _fill() -> Plan:
    """Persons and their plans; the first plan is the large one."""
    persons = Person.objects.bulk_create(
        Person(login=f"seller{number}", name=f"Seller {number}", territory=f"Territory {number}")
        for number in range(PERSONS)
    )
    for person in persons:
        person.path = f"/{person.pk}/"
    Person.objects.bulk_update(persons, ["path"])
    plans = Plan.objects.bulk_create(
        Plan(
            title=f"Territory {number % PERSONS}, {number // PERSONS}",
            subject="territory",
            owner=persons[number % PERSONS],
            period=f"FY{2026 - number // PERSONS}",
            starts_on=FIRST - timedelta(days=365 * (number // PERSONS)),
            ends_on=LAST - timedelta(days=365 * (number // PERSONS)),
        )
        for number in range(PLANS)
    )
    _fill_one(plans[0])
    return plans[0]


def _fill_one(plan: Plan) -> None:
    goals, strategies, objectives = (_parts(plan, kind, count) for kind, count in SIZES.items())
    for number, objective in enumerate(objectives):
        objective.values |= {
            "metric": "count",
            "target": "12",
            "strategy": str(strategies[number % len(strategies)].uid),
            "goal": str(goals[number % len(goals)].uid),
        }
    PlanPart.objects.bulk_update(objectives, ["values"])
    for strategy in strategies:
        strategy.values = {"goals": [str(goal.uid) for goal in goals[:2]]}
        for initiative in _parts(plan, "initiative", INITIATIVES, strategy):
            _parts(plan, "tactic", TACTICS, initiative)
    PlanPart.objects.bulk_update(strategies, ["values"])


def _parts(plan: Plan, kind: str, count: int, parent: PlanPart | None = None) -> list[PlanPart]:
    is_tactic = kind == "tactic"
    return PlanPart.objects.bulk_create(
        PlanPart(
            plan=plan,
            kind=kind,
            parent=parent,
            position=number,
            title=f"{kind.title()} {number} of what the territory needs",
            owner=plan.owner,
            due_on=FIRST + timedelta(days=number * 30) if is_tactic else None,
            status="planned" if is_tactic else "",
            values={"hours": "4"} if is_tactic else {},
        )
        for number in range(count)
    )

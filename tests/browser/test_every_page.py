"""axe on every page of the demonstration company and on every dialog: light and wide, dark and
narrow; nothing may be wider than its window."""

from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect
from tests.demo_world import DemoWorld

from groundplan.book.models import Account
from groundplan.people.selectors import scope_of
from groundplan.plans.services.parts import part_add
from groundplan.plans.services.plans import plan_create

from .conftest import SIGHTS, Look, Visit, in_each_sight, see_as, settle

PAGES = {
    "seller": (
        *("/", "/accounts/", "/accounts/filters/", "/whitespace/", "/performance/", "/work/"),
        *("/performance/?by=account", "/plans/", "/plans/new/", "/week/"),
    ),
    "manager": (
        *("/?scope=team", "/plans/", "/week/?of=team"),
        *("/whitespace/?by=category&roll=parent", "/whitespace/totals/"),
    ),
    "leader": (
        *("/performance/?by=owner", "/performance/?by=quarter"),
        # The pages behind it are the administrator's.
        "/settings/",
    ),
    "administrator": (
        *("/imports/", "/imports/new/", "/imports/conflicts/", "/settings/", "/settings/stages/"),
        *("/settings/rates/", "/settings/segments/", "/settings/characteristics/"),
        *("/settings/overrides/", "/settings/people/", "/settings/audit/"),
    ),
}
NUMBERS = (
    "revenue.recognised&period=FY2027",
    "pipeline.weighted&period=FY2027",
    "pace&period=FY2027",
    "tier.accounts&tier=A",
)
OF_AN_ACCOUNT = ("tier.score", "expected", "whitespace.total", "contacts.count")


def look_at(page: Page, addresses: tuple[str, ...], findings: Look) -> list[str]:
    """What is found on each page, in the sight it is loaded in and then in the others."""
    found = []
    for number, address in enumerate(addresses):
        # Half of the pages are loaded narrow and dark, the others made so where they stand.
        sights = SIGHTS if number % 2 else SIGHTS[::-1]
        see_as(page, sights[0])
        page.goto(address)
        found += in_each_sight(page, findings, sights)
    return found


@pytest.mark.parametrize("role", list(PAGES))
def test_every_page_is_accessible_and_fits(
    visit: Visit, demo_world: DemoWorld, findings: Look, role: str
) -> None:
    page = visit("/nowhere/", getattr(demo_world, role))
    assert findings(page) + look_at(page, PAGES[role], findings) == []


def test_where_numbers_come_from_is_accessible(
    visit: Visit, demo_world: DemoWorld, findings: Look
) -> None:
    account = first_account(demo_world)
    measures = (*NUMBERS, *(f"{code}&account={account.uid}" for code in OF_AN_ACCOUNT))
    page = visit("/work/", demo_world.seller)
    assert look_at(page, tuple(f"/numbers/?measure={one}" for one in measures), findings) == []


def test_an_account_with_all_its_parts_open_is_accessible(
    visit: Visit, demo_world: DemoWorld, findings: Look
) -> None:
    page = visit(f"/accounts/{first_account(demo_world).uid}/", demo_world.seller)
    page.locator("#changes").scroll_into_view_if_needed()
    expect(page.locator("#changes .lazy")).to_have_count(0)
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    assert in_each_sight(page, findings) == []


def planned(demo_world: DemoWorld) -> tuple[str, str]:
    """The address of a plan of the seller's, and its one strategy."""
    viewer = scope_of(demo_world.seller)
    account = str(first_account(demo_world).uid)
    plan = plan_create(viewer=viewer, subject="account", period="FY2028", account_uid=account)
    goal = part_add(
        viewer=viewer, plan_uid=str(plan.uid), kind="strategy", values={"title": "Displace"}
    )
    return f"/plans/{plan.uid}/", str(goal.uid)


def test_a_plan_with_all_its_sections_open_is_accessible(
    visit: Visit, demo_world: DemoWorld, findings: Look
) -> None:
    page = visit(planned(demo_world)[0], demo_world.seller)
    # One after the other, as a person does: the tests' database is shared by all requests.
    for section in page.locator(".plan-section").all():
        section.evaluate("one => { one.open = true }")
        expect(section.locator(".lazy")).to_have_count(0)
    found = in_each_sight(page, findings)
    page.locator("#section-strategies [data-add]").click()
    expect(page.locator(".part-form")).to_be_visible()
    found += in_each_sight(page, findings, within="#section-strategies")
    assert found == []


def test_every_page_of_a_plan_is_accessible(
    visit: Visit, demo_world: DemoWorld, findings: Look
) -> None:
    base, goal = planned(demo_world)
    page = visit(f"{base}check/", demo_world.seller)
    rest = ("check/", "team/", "changes/", "compare/", "comments/", "head/", "cut/")
    reading = (f"strategies/{goal}/", f"path/{goal}/", f"part/{goal}/move/")
    orders = ("?order=present", "?order=parts")
    addresses = tuple(base + one for one in (*rest, *reading, *orders))
    assert look_at(page, addresses, findings) == []


def test_every_dialog_is_accessible(visit: Visit, demo_world: DemoWorld, findings: Look) -> None:
    page = visit("/accounts/", demo_world.seller)
    found: list[str] = []
    # Every other dialog is opened in the other sight.
    sights = cycle((SIGHTS, SIGHTS[::-1]))

    def opened(press: Callable[[], None], words: str) -> None:
        ordered = next(sights)
        see_as(page, ordered[0])
        settle(page)
        press()
        dialog = page.locator("dialog[open]")
        expect(dialog).to_contain_text(words)
        found.extend(in_each_sight(page, findings, ordered, within="dialog[open]"))
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)

    opened(lambda: page.keyboard.press("?"), "This list")
    opened(lambda: page.keyboard.press("Control+k"), "Whitespace")
    opened(page.locator("#more-filters").click, "Industry")
    page.locator("tr[data-row] input[name=account]").first.check()
    opened(page.get_by_role("button", name="Change owner").click, "New owner")
    opened(page.get_by_role("button", name="Set tier").click, "Reason")
    page.locator("details.menu summary").last.click()
    found += in_each_sight(page, findings)
    page.goto(f"/accounts/{first_account(demo_world).uid}/")
    opened(page.get_by_role("link", name="Edit", exact=True).click, "Revenue goal")
    opened(page.get_by_role("link", name="Add statement").click, "Confidence")
    opened(page.get_by_role("link", name="Add contact").click, "Reports to")
    see_as(page, SIGHTS[0])
    page.goto("/whitespace/")
    page.locator(".ag-row .cell-whitespace").first.click()
    expect(page.locator("dialog[open]")).to_contain_text("Why we think so")
    found += findings(page, within="dialog[open]")
    assert found == []


def first_account(world: DemoWorld) -> Account:
    return Account.objects.filter(owner=world.seller.person).order_by("pk")[0]

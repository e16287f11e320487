"""axe on every page of the demonstration company, in both themes and both sizes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.demo_world import DemoWorld

from groundplan.book.models import Account

from .conftest import SIZES, Theme, Visit

Look = Callable[[Page], list[str]]
Sight = tuple[Theme, str]

SELLER = ("/", "/accounts/", "/whitespace/", "/performance/", "/nowhere/")
CUTS = ("owner", "team", "account", "quarter")
LEADER = (
    "/",
    *(f"/performance/?by={cut}" for cut in CUTS),
    "/numbers/?measure=revenue.recognised&period=FY2027",
    *("/settings/", "/settings/stages/", "/settings/rates/", "/settings/segments/"),
    *("/settings/characteristics/", "/settings/people/"),
)
ADMINISTRATOR = ("/imports/", "/imports/new/", "/settings/", "/settings/audit/")
# A page takes a second to look at, and colours don't depend on width: two of the four will do.
SIGHTS: tuple[Sight, ...] = (
    ("light", "desk"),
    ("dark", "phone"),
)


def flaws(page: Page, findings: Look, size: str) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    page.wait_for_load_state("networkidle")
    wide = page.evaluate("document.documentElement.scrollWidth")
    too_wide = [f"{wide} pixels wide"] if wide > SIZES[size][0] else []
    return [f"{page.url}: {flaw}" for flaw in (*findings(page), *too_wide)]


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("role", ["seller", "leader", "administrator"])
def test_every_page_is_accessible_and_fits(
    visit: Visit, demo_world: DemoWorld, findings: Look, role: str, sight: Sight
) -> None:
    theme, size = sight
    addresses = {"seller": SELLER, "leader": LEADER, "administrator": ADMINISTRATOR}[role]
    page = visit(addresses[0], getattr(demo_world, role), theme=theme, size=size)
    found = flaws(page, findings, size)
    for address in addresses[1:]:
        page.goto(address)
        found += flaws(page, findings, size)
    assert found == []


@pytest.mark.parametrize("sight", SIGHTS)
def test_an_account_with_all_its_parts_open_is_accessible(
    visit: Visit, demo_world: DemoWorld, findings: Look, sight: Sight
) -> None:
    theme, size = sight
    account = Account.objects.filter(owner=demo_world.seller.person).order_by("pk")[0]
    page = visit(f"/accounts/{account.uid}/", demo_world.seller, theme=theme, size=size)
    page.locator("#changes").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    assert flaws(page, findings, size) == []

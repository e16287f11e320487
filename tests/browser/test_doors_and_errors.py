"""What is seen without facts or without being let in: doors, refusals, a home just set up."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Route, expect
from pytest_django import Settings
from tests.conftest import SmallBook

from groundplan.people.models import Role, User
from groundplan.people.services import setup_code

from .conftest import Look, Visit, in_each_sight

REFUSALS = ("400", "403", "404", "429", "500")
EMPTY = (
    *("/", "/accounts/", "/whitespace/", "/performance/", "/imports/", "/work/"),
    *("/settings/stages/", "/settings/rates/", "/settings/segments/"),
    *("/settings/characteristics/", "/settings/people/", "/settings/audit/"),
)


def test_the_doors_are_accessible(
    visit: Visit, book: SmallBook, settings: Settings, findings: Look
) -> None:
    page = visit("/sign-in/login/")
    found = in_each_sight(page, findings)
    page.get_by_label("E-mail address").fill("olivia@example.com")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    settings.GROUNDPLAN_DEMONSTRATION = True
    for address in ("/sign-in/login/", "/sign-in/password/reset/", "/demonstration/"):
        found += in_each_sight(page, findings)
        page.goto(address)
    assert found + in_each_sight(page, findings) == []


def refuse(route: Route) -> None:
    code = route.request.url.rstrip("/")[-3:]
    body = render_to_string(f"{code}.html", request=RequestFactory().get("/"))
    route.fulfill(body=body, content_type="text/html")


def test_refusals_are_accessible_and_lead_on(visit: Visit, findings: Look) -> None:
    page = visit("/health/")
    page.route("**/refused/*/", refuse)
    found = []
    for code in REFUSALS:
        page.goto(f"/refused/{code}/")
        expect(page.get_by_role("heading", level=1)).to_contain_text(code)
        expect(page.get_by_role("link", name="To my book")).to_be_visible()
        found += in_each_sight(page, findings)
    assert found == []


@pytest.mark.usefixtures("db")
def test_a_home_is_set_up_and_every_empty_page_says_what_comes_next(
    visit: Visit, findings: Look
) -> None:
    page = visit("/setup/")
    found = in_each_sight(page, findings)
    page.goto(f"/setup/?code={setup_code()}")
    found += in_each_sight(page, findings)
    administrator = User.objects.create(email="ada@example.com", role=Role.ADMINISTRATOR)
    page = visit("/imports/new/", administrator)
    for address in EMPTY:
        page.goto(address)
        found += in_each_sight(page, findings)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Import").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Import files")
    assert found == []

"""The shell in a real browser: keys, palette, theme, toasts, phone, print."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django import Settings
from tests.conftest import SmallBook

from .conftest import Look, Theme, Visit, see_as


@pytest.fixture
def guide(settings: Settings, book: SmallBook) -> SmallBook:
    """The style guide shows every component; it exists in demonstrations only."""
    settings.GROUNDPLAN_DEMONSTRATION = True
    return book


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_component_is_accessible_in_each_theme_and_size(
    visit: Visit, guide: SmallBook, findings: Look, picture: Callable[..., Path], size: str
) -> None:
    page = visit("/style/", guide.cast.olivia, size=size)
    page.wait_for_selector(".ag-row")
    themes: tuple[Theme, ...] = ("light", "dark")
    for theme in themes:
        see_as(page, (theme, size))
        picture(page, f"guide-{theme}-{size}")
        assert findings(page, again=theme == "dark") == []


def test_the_palette_finds_an_account_by_keyboard_alone(visit: Visit, book: SmallBook) -> None:
    page = visit("/sign-in/password/change/", book.cast.olivia)
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-results [role=option]").first).to_be_visible()
    page.keyboard.type("alder")
    expect(page.locator("#palette-results")).to_contain_text("Alder Labs")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#palette-results [aria-selected=true]")
    expect(chosen).to_have_text("Alder Labs")
    with page.expect_navigation(url=f"**/accounts/{book.alder_labs.uid}/", wait_until="commit"):
        page.keyboard.press("Enter")


def test_the_palette_is_accessible_and_closes_on_escape(
    visit: Visit, book: SmallBook, findings: Look
) -> None:
    page = visit("/sign-in/password/change/", book.cast.olivia)
    page.locator("[data-palette]").click()
    expect(page.locator("#palette-results [role=option]").first).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).not_to_be_visible()


def test_a_theme_is_shown_at_once_and_kept(visit: Visit, book: SmallBook) -> None:
    page = visit("/sign-in/password/change/", book.cast.olivia)
    page.locator("details.menu summary").click()
    with page.expect_response("**/theme/") as answer:
        page.get_by_role("button", name="Dark").click()
    assert answer.value.status == 204
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 20, 30)"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_keys_are_listed_and_ignored_while_typing(visit: Visit, book: SmallBook) -> None:
    page = visit("/sign-in/password/change/", book.cast.olivia)
    field = page.locator("input[type=password]").first
    field.focus()
    page.keyboard.type("?gb/")
    expect(page.locator("#keys")).not_to_be_visible()
    assert field.input_value() == "?gb/"
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    with page.expect_navigation(url="**/accounts/", wait_until="commit"):
        page.keyboard.press("g")
        page.keyboard.press("a")


def test_the_first_tab_leads_past_the_navigation(visit: Visit, book: SmallBook) -> None:
    page = visit("/sign-in/password/change/", book.cast.olivia)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_toast_offers_its_undo_and_goes_when_dismissed(visit: Visit, book: SmallBook) -> None:
    page = visit("/sign-in/password/change/", book.cast.olivia)
    notice = "new CustomEvent('toast', {detail: {text: 'Owner changed', undo: '/undo/1/'}})"
    page.evaluate(f"document.body.dispatchEvent({notice})")
    toast = page.locator(".toast")
    expect(toast).to_contain_text("Owner changed")
    assert toast.locator("form").get_attribute("action") == "/undo/1/"
    assert toast.locator("[name=csrfmiddlewaretoken]").input_value()
    toast.get_by_role("button", name="Dismiss").click()
    expect(toast).to_have_count(0)


def test_rows_are_chosen_by_keyboard(visit: Visit, guide: SmallBook) -> None:
    page = visit("/style/", guide.cast.olivia)
    page.locator("h1").click()
    for key in ("j", "j", "x", "k", "x"):
        page.keyboard.press(key)
    expect(page.locator("tr[aria-selected=true]")).to_have_count(2)
    page.locator("[data-select-all]").check()
    expect(page.locator("tr[aria-selected=true]")).to_have_count(5)


def test_the_grid_draws_only_what_is_seen_and_moves_by_keyboard(
    visit: Visit, guide: SmallBook
) -> None:
    page = visit("/style/", guide.cast.olivia)
    page.wait_for_selector(".ag-row")
    assert page.locator(".grid-host .ag-cell").count() < 2_000
    first = page.locator('.ag-row[row-index="0"] [col-id="p0"]')
    first.click()
    page.keyboard.press("Escape")
    expect(first).to_be_focused()
    page.keyboard.press("End")
    last = page.locator('.ag-row[row-index="499"] [col-id="p59"]')
    expect(last).to_have_class(re.compile(r"\bag-cell-focus\b"))
    # The row that was left is kept for the way back; those between were never drawn.
    expect(page.locator('.ag-row[row-index="250"]')).to_have_count(0)
    assert page.locator(".grid-host .ag-cell").count() < 2_000


def test_paper_has_no_chrome_and_light_colours(visit: Visit, guide: SmallBook) -> None:
    page = visit("/style/", guide.cast.olivia, theme="dark")
    page.emulate_media(media="print")
    expect(page.locator(".topbar")).not_to_be_visible()
    expect(page.locator(".ribbon")).not_to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 32, 51)"


def test_a_phone_has_its_navigation_at_the_bottom(visit: Visit, book: SmallBook) -> None:
    page = visit("/sign-in/password/change/", book.cast.olivia, size="phone")
    box = page.get_by_role("navigation", name="Main").bounding_box()
    assert box
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    for link in page.get_by_role("navigation", name="Main").get_by_role("link").all():
        target = link.bounding_box()
        assert target
        assert target["height"] >= 44

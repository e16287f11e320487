"""From cell to work in a browser: chosen by keys, made opportunities, marked, and taken back."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect
from tests.demo_world import DemoWorld

from groundplan.book.models import Account
from groundplan.snapshots.models import Snapshot

from .conftest import Look, Visit


def focused(page: Page) -> tuple[str, str]:
    """Row and column of the cell that has the focus."""
    row, column = page.evaluate(
        "[document.activeElement.closest('.ag-row').getAttribute('row-id'),"
        " document.activeElement.getAttribute('col-id')]"
    )
    return row, column


def cell_at(page: Page, place: tuple[str, str]) -> Locator:
    row, column = place
    return page.locator(f'.ag-row[row-id="{row}"] .ag-cell[col-id="{column}"]')


def choose_next(page: Page) -> tuple[str, str]:
    """Go down to the next whitespace cell and choose it, by keys alone."""
    for _ in range(30):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.classList.contains('cell-whitespace')"):
            page.keyboard.press(" ")
            return focused(page)
    raise AssertionError("no whitespace below")


def undo(page: Page) -> None:
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast").last).to_contain_text("undone")


def test_two_cells_chosen_by_keys_become_opportunities_and_are_undone(
    visit: Visit, demo_world: DemoWorld, findings: Look
) -> None:
    # The world is analysed at its own noon; what a browser does happens after an analysis.
    Snapshot.objects.update(taken_at=datetime.now(UTC) - timedelta(hours=1))
    page = visit("/whitespace/", demo_world.seller)
    page.locator(".ag-row-first .ag-cell:not(.cell-name):not(.cell-total)").first.focus()
    places = [choose_next(page), choose_next(page)]
    bar = page.locator("#grid-deeds")
    expect(bar).to_contain_text("2 cells chosen")
    for place in places:
        expect(cell_at(page, place)).to_contain_text("☑")
    assert findings(page) == []
    bar.get_by_role("button", name="Make opportunities").focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#form-dialog")
    make = dialog.get_by_role("button", name="Make 2 opportunities")
    expect(make).to_be_visible()
    assert findings(page) == []
    make.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("2 opportunities made.")
    for place in places:
        expect(cell_at(page, place)).to_contain_class("cell-open")
    undo(page)
    for place in places:
        expect(cell_at(page, place)).to_contain_class("cell-whitespace")


def test_a_rectangle_is_chosen_with_shift_and_a_cell_by_mouse(
    visit: Visit, demo_world: DemoWorld
) -> None:
    page = visit("/whitespace/", demo_world.seller)
    first = page.locator(".ag-row-first .ag-cell:not(.cell-name):not(.cell-total)").first
    first.focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    bar = page.locator("#grid-deeds")
    expect(bar).to_contain_text("4 cells chosen")
    first.click(modifiers=["Control"])
    expect(bar).to_contain_text("3 cells chosen")
    expect(page.locator("#cell")).not_to_be_visible()
    bar.get_by_role("button", name="Choose none").click()
    expect(bar.get_by_role("button", name="Make opportunities")).to_be_disabled()


def test_a_cell_is_marked_from_the_accounts_page_and_the_mark_taken_back(
    visit: Visit, demo_world: DemoWorld, findings: Look
) -> None:
    account = Account.objects.filter(owner=demo_world.seller.person).order_by("pk")[1]
    page = visit(f"/accounts/{account.uid}/", demo_world.seller)
    part = page.locator("#whitespace")
    box = part.get_by_role("checkbox").first
    product = (box.get_attribute("aria-label") or "").removeprefix("Choose ")
    box.check()
    part.get_by_role("button", name="Mark as not to be sold").click()
    dialog = page.locator("#form-dialog")
    dialog.get_by_label("What is so").select_option("in_house")
    assert findings(page) == []
    dialog.get_by_label("Reason").fill("They build it themselves.")
    dialog.get_by_role("button", name="Mark 1 cell").click()
    expect(page.locator(".toast")).to_contain_text("1 cell marked.")
    line = page.locator("#deals li", has_text="They build it themselves.").filter(has_text=product)
    line.get_by_role("link", name="Take back").click()
    dialog.get_by_role("button", name="Take 1 mark back").click()
    expect(page.locator(".toast")).to_contain_text("1 mark taken back.")
    expect(line).to_have_count(0)

"""The main jobs of the demonstration's people in a browser, from end to end."""

from decimal import Decimal
from typing import Any

from playwright.sync_api import Locator, Page, expect
from tests.demo_world import DemoWorld

from groundplan.book.models import Account
from groundplan.insight.models import TierOverride
from groundplan.people.models import Person

from .conftest import Look, Visit
from .keyboard import press, tab_to


def undo(page: Page) -> None:
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast").last).to_contain_text("undone")


def value_of(figure: Locator) -> Decimal:
    return Decimal(figure.get_attribute("data-value") or "")


def test_an_account_is_found_edited_in_place_and_put_back_after_a_reload(
    visit: Visit, demo_world: DemoWorld, findings: Look
) -> None:
    account = Account.objects.filter(owner=demo_world.seller.person).order_by("pk")[0]
    page = visit("/", demo_world.seller)
    page.keyboard.press("Control+k")
    page.keyboard.type(account.name.lower())
    expect(page.locator("#palette-results")).to_contain_text(account.name)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/accounts/{account.uid}/")

    press(page, page.get_by_role("link", name="Edit", exact=True))
    dialog = page.locator("#form-dialog")
    segment = tab_to(page, dialog.get_by_label("Segment"))
    page.keyboard.press("Control+a")
    page.keyboard.type("Key account")
    employees = tab_to(page, dialog.get_by_label("Employees"))
    page.keyboard.press("Control+a")
    page.keyboard.type("plenty")
    page.keyboard.press("Enter")
    # Refused: the dialog stays, says why, and holds what was typed.
    expect(dialog).to_contain_text("plenty is not a number.")
    expect(segment).to_have_value("Key account")
    assert findings(page) == []
    tab_to(page, employees)
    page.keyboard.press("Control+a")
    page.keyboard.type("4321")
    page.keyboard.press("Enter")
    facts = page.get_by_role("complementary").locator("dl.facts", has_text="Industry")
    expect(page.locator(".toast")).to_contain_text("Changed.")
    expect(facts).to_contain_text("Key account")
    expect(facts).to_contain_text("4,321")
    expect(page.locator("#work")).to_contain_text("An analysis is waiting")

    page.reload()
    expect(page.locator(".toast")).to_have_count(0)
    changes = page.locator("#changes")
    changes.scroll_into_view_if_needed()
    edited = changes.get_by_role("listitem").filter(has_text="Key account")
    press(page, edited.get_by_role("button", name="Undo"))
    expect(page.locator(".toast").last).to_contain_text("undone")
    expect(facts).not_to_contain_text("Key account")
    account.refresh_from_db()
    assert (account.segment == "Key account", account.employees == 4321) == (False, False)


def test_several_accounts_get_another_owner_and_tier_at_once_and_go_back(
    visit: Visit, demo_world: DemoWorld, findings: Look
) -> None:
    page = visit("/accounts/?tier=B", demo_world.manager)
    names = choose(page, 3)
    page.get_by_role("button", name="Change owner").click()
    dialog = page.locator("#bulk-dialog")
    expect(dialog).to_contain_text(names[0])
    dialog.get_by_label("New owner").fill("nobody.at.all")
    dialog.get_by_role("button", name="Change owner").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    expect(dialog.get_by_label("New owner")).to_have_value("nobody.at.all")
    assert findings(page) == []
    dialog.get_by_label("New owner").fill("tom.brannigan")
    dialog.get_by_role("button", name="Change owner").click()
    expect(page.locator(".toast")).to_contain_text("have another owner")
    tom = Person.objects.get(login="tom.brannigan")
    chosen = Account.objects.filter(name__in=names)
    assert set(chosen.values_list("owner", flat=True)) == {tom.pk}
    undo(page)
    assert set(chosen.values_list("owner", flat=True)) != {tom.pk}

    names = choose(page, 2)
    page.get_by_role("button", name="Set tier").click()
    dialog.get_by_label("Tier", exact=True).select_option("A")
    dialog.get_by_label("Reason").fill("Two plants are being built")
    assert findings(page) == []
    dialog.get_by_role("button", name="Set tier").click()
    expect(page.locator(".toast")).to_contain_text("Tier of 2 accounts set.")
    expect(page.locator("tr[data-row] a.name", has_text=names[0])).to_have_count(0)
    assert TierOverride.objects.filter(reason="Two plants are being built").count() == 2
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast").last).to_contain_text("The tiers are as they were.")
    expect(page.locator("tr[data-row] a.name", has_text=names[0])).to_have_count(1)


def choose(page: Page, number: int) -> list[str]:
    """Choose the first accounts of the list by keyboard; returns their names."""
    page.wait_for_load_state("networkidle")
    page.locator("h1").click()
    for _ in range(number):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("[data-chosen-count]")).to_have_text(f"{number} chosen")
    return page.locator("tr[aria-selected=true] a.name").all_inner_texts()


def test_a_list_is_kept_under_a_name_and_found_again(visit: Visit, demo_world: DemoWorld) -> None:
    page = visit("/accounts/", demo_world.seller)
    page.get_by_role("link", name="Tier A").click()
    expect(page.locator("#list h2").first).not_to_have_text("77 accounts")
    shown = page.locator("#list h2").first.inner_text()
    page.locator("summary", has_text="Saved views").click()
    page.get_by_label("Save this list as").fill("My best")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Kept as My best.")
    page.goto("/accounts/")
    page.locator("summary", has_text="Saved views").click()
    page.get_by_role("link", name="My best").click()
    expect(page.locator("#list h2").first).to_have_text(shown)
    assert "tier=A" in page.url


def test_all_rows_of_a_list_can_be_chosen_not_only_those_of_the_page(
    visit: Visit, demo_world: DemoWorld
) -> None:
    page = visit("/accounts/", demo_world.seller)
    page.get_by_label("Choose all 77, not only this page").check()
    expect(page.locator("[data-chosen-count]")).to_have_text("all 77 chosen")
    page.get_by_role("button", name="Change owner").click()
    expect(page.locator("#bulk-dialog")).to_contain_text("and 65 more")


def test_a_whitespace_cell_leads_by_keyboard_to_its_number_and_the_rows(
    visit: Visit, demo_world: DemoWorld
) -> None:
    page = visit("/whitespace/", demo_world.seller)
    page.wait_for_selector(".ag-row")
    cell = reach_whitespace(page)
    shown = cell.inner_text()
    page.keyboard.press("Enter")
    panel = page.locator("#cell")
    number = panel.locator("dd b a.figure")
    expect(number).to_be_visible()
    assert number.inner_text() in shown
    expected = value_of(number)
    press(page, number)
    page.wait_for_url("**/numbers/**")
    assert value_of(page.locator("[data-explained] .figure")) == expected
    probability, amount = (value_of(one) for one in page.locator("tbody a.figure").all())
    assert abs(probability * amount - expected) < Decimal("0.01")

    page.go_back()
    page.wait_for_selector(".ag-row")
    total = page.locator('.ag-row[row-index="0"] [col-id="total"] a.figure')
    whole = value_of(total)
    total.click()
    page.wait_for_url("**/numbers/**")
    rows = page.locator("[data-total]")
    assert Decimal(rows.get_attribute("data-total") or "") == whole


def reach_whitespace(page: Page) -> Locator:
    """Go with the arrow keys to the first cell of the first row that is whitespace."""
    tab_to(page, page.locator(".ag-header-cell").first)
    cell = page.locator('.ag-row[row-index="0"] .cell-whitespace').first
    for key, most in (("ArrowDown", 4), ("ArrowRight", 40)):
        for _ in range(most):
            if cell.evaluate("one => one === document.activeElement"):
                return cell
            if key == "ArrowDown" and page.evaluate(IN_ROW):
                break
            page.keyboard.press(key)
    raise AssertionError("no key comes to the cell")


IN_ROW = "document.activeElement.closest('.ag-row[row-index=\"0\"]') !== null"


def test_the_demonstration_is_seen_by_each_of_its_people(
    visit: Visit, demo_world: DemoWorld, settings: Any
) -> None:
    settings.GROUNDPLAN_DEMONSTRATION = True
    page = visit("/", demo_world.seller)
    switch = page.get_by_role("group", name="See it as")
    navigation = page.get_by_role("navigation", name="Main")
    for part, places in (
        ("account manager", 6),
        ("manager", 6),
        ("leader", 8),
        ("administrator", 8),
    ):
        button = switch.get_by_role("button", name=f", {part}")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(navigation.get_by_role("link")).to_have_count(places)
    page.goto("/settings/people/")
    expect(page.get_by_role("link", name="Add a user")).to_be_visible()
    expect(switch.get_by_role("button")).to_have_count(4)

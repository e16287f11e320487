"""Tiers in a browser: tried while one types, saved as a whole, undone."""

from playwright.sync_api import Dialog, Page, expect
from tests.demo_world import DemoWorld

from groundplan.insight.models import Characteristic, InsightSettings

from .conftest import Look, Visit, in_each_sight

EDITOR = "/settings/characteristics/"


def then(page: Page, tier: str) -> int:
    figure = page.locator(f"[data-then={tier}] [data-value]")
    return int(figure.get_attribute("data-value") or "")


def test_a_threshold_is_tried_saved_and_undone(visit: Visit, demo_world: DemoWorld) -> None:
    page = visit(EDITOR, demo_world.administrator)
    expect(page.get_by_text("No account would move.")).to_be_visible()
    before = then(page, "A")
    page.get_by_label("Thresholds are").select_option("sums")
    limit = page.locator("#a_from")
    expect(limit).to_be_visible()
    limit.fill("2")
    expect(page.locator(".movers li").first).to_be_visible()
    assert then(page, "A") > before
    assert page.locator("[data-twin=a_from]").input_value() == "2"
    assert not InsightSettings.objects.filter(tier_a_from=2).exists()
    page.get_by_role("button", name="Save and compute again").click()
    expect(page.locator(".toast")).to_contain_text("Kept")
    assert InsightSettings.objects.get().tier_a_from == 2
    assert not Characteristic.objects.exists()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast").last).to_contain_text("as they were")
    assert InsightSettings.objects.get().tier_a_from is None


def test_leaving_an_unsaved_draft_is_warned_of_and_its_numbers_open_beside_it(
    visit: Visit, demo_world: DemoWorld
) -> None:
    page = visit(EDITOR, demo_world.administrator)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label("Thresholds are").select_option("sums")
    page.locator("#a_from").fill("2")
    expect(page.locator(".movers li").first).to_be_visible()
    with page.expect_popup() as opened:
        page.locator("[data-then=A] a").click()
    expect(opened.value.locator("[data-explained]").first).to_be_visible()
    assert asked == []
    with page.expect_event("dialog"):
        page.get_by_role("link", name="Accounts", exact=True).first.click()
    assert asked == ["beforeunload"]
    assert page.url.endswith(EDITOR)
    page.get_by_role("link", name="Discard").click()
    expect(page.get_by_text("No account would move.")).to_be_visible()
    assert asked == ["beforeunload"]


def test_a_characteristic_is_made_by_keyboard_and_mouse_and_discarded(
    visit: Visit, demo_world: DemoWorld
) -> None:
    page = visit(EDITOR, demo_world.administrator)
    rows = page.locator(".rule")
    count = rows.count()
    page.get_by_role("button", name="Add a characteristic").click()
    expect(rows).to_have_count(count + 1)
    added = rows.last
    added.get_by_label("Name", exact=True).fill("Chemicals")
    added.get_by_label("Search values").fill("chem")
    expect(added.locator(".rule-choices li")).to_have_count(1)
    added.get_by_label("Chemicals").check()
    expect(added.locator("[id^=met-]")).to_contain_text("accounts")
    added.get_by_label("Move up").press("Enter")
    expect(rows.last.get_by_label("Name", exact=True)).not_to_have_value("Chemicals")
    rows.first.get_by_label("Remove").click()
    expect(rows.first.get_by_role("button", name="Put back")).to_be_visible()
    page.get_by_role("link", name="Discard").click()
    expect(rows).to_have_count(count)
    assert not Characteristic.objects.exists()


def test_the_editor_in_use_has_nothing_that_axe_finds(
    visit: Visit, demo_world: DemoWorld, findings: Look
) -> None:
    page = visit(EDITOR, demo_world.administrator)
    page.get_by_role("button", name="Add a characteristic").click()
    expect(page.get_by_label("Search values")).to_be_visible()
    page.get_by_label("Thresholds are").select_option("shares")
    page.locator("#a_share").fill("60")
    expect(page.locator(".movers li").first).to_be_visible()
    assert not in_each_sight(page, findings)

"""A plan made by keys alone: begun, filled, moved, submitted; what was typed stays."""

from playwright.sync_api import Locator, Page, expect
from tests.conftest import Cast, SmallBook
from tests.web.plan_world import SmallPlan, small_plan

from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.services.parts import part_add, part_update

from .conftest import Visit, settle
from .keyboard import press, tab_to


def section(page: Page, code: str) -> Locator:
    return page.locator(f"#section-{code}")


def open_section(page: Page, code: str) -> Locator:
    """Open a section from its heading, by keys."""
    found = section(page, code)
    if found.get_attribute("open") is None:
        found.locator(":scope > summary").focus()
        page.keyboard.press("Enter")
    expect(found.locator(".cards")).to_have_count(1)
    settle(page)
    return found


def add(page: Page, within: Locator, title: str) -> Locator:
    """Type a title into the form that has opened, and save it."""
    form = within.locator(".part-form")
    expect(form.get_by_label("Title", exact=True)).to_be_focused()
    page.keyboard.type(title)
    page.keyboard.press("Enter")
    part = within.locator("[data-part]", has_text=title).last
    expect(part).to_be_focused()
    return part


def test_a_plan_is_begun_filled_and_submitted_by_keys_alone(
    visit: Visit, book: SmallBook, cast: Cast
) -> None:
    page = visit("/plans/", cast.olivia)
    press(page, page.get_by_role("link", name="New plan"))
    expect(page.get_by_role("heading", name="A new plan")).to_be_visible()
    press(page, page.get_by_role("button", name="Begin the plan"))
    expect(page.locator("#workspace")).to_be_visible()
    settle(page)

    strategies = open_section(page, "strategies")
    press(page, strategies.locator("[data-add]"))
    add(page, strategies, "Displace Vexa")

    work = open_section(page, "work")
    work.locator("[data-part]").first.focus()
    page.keyboard.press("a")
    add(page, work, "Plant tour")
    page.keyboard.press("a")
    add(page, work, "Call Ada Alm")
    settle(page)
    assert list(PlanPart.objects.order_by("pk").values_list("kind", flat=True)) == [
        "strategy",
        "initiative",
        "tactic",
    ]

    press(page, page.get_by_role("button", name="Submit"))
    expect(page.locator(".page-head")).to_contain_text("submitted")
    assert Plan.objects.get().state == "submitted"


def test_a_removed_part_comes_back_with_undo(visit: Visit, book: SmallBook, cast: Cast) -> None:
    small = small_plan(cast, book)
    page = visit(f"{small.address}?section=goals", cast.olivia)
    goal = page.locator(f"#goals-{small.parts['goal']}")
    settle(page)
    goal.focus()
    page.keyboard.press("Delete")
    expect(goal).to_have_count(0)
    expect(page.locator("#section-goals [data-add]")).to_be_focused()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast").last).to_contain_text("Undone")
    expect(page.locator(f"#goals-{small.parts['goal']}")).to_be_visible()


def test_a_part_goes_up_by_keys(visit: Visit, book: SmallBook, cast: Cast) -> None:
    small = small_plan(cast, book)
    page = visit(f"{small.address}?section=goals", cast.olivia)
    settle(page)
    page.locator("#section-goals [data-part]").focus()
    page.keyboard.press("n")
    goals = section(page, "goals")
    second = add(page, goals, "Second")
    expect(goals.locator("[data-part]").last).to_contain_text("Second")
    second.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(goals.locator("[data-part]").first).to_contain_text("Second")


def test_a_part_is_dragged_to_another_one_that_has_nothing_yet(
    visit: Visit, book: SmallBook, cast: Cast
) -> None:
    small = small_plan(cast, book)
    other = part_add(
        viewer=cast.see("olivia"),
        plan_uid=str(small.plan.uid),
        kind="strategy",
        values={"title": "Empty yet"},
    )
    page = visit(f"{small.address}?section=work", cast.olivia)
    settle(page)
    initiative = small.parts["initiative"]
    drag(page, page.locator(f"#work-{initiative} .part-title").first, f"#work-{other.uid}")
    expect(page.locator(".toast")).to_contain_text("Moved")
    expect(page.locator(f"#work-{other.uid} #work-{initiative}")).to_be_visible()
    moved = PlanPart.objects.select_related("parent").get(uid=initiative)
    assert moved.parent
    assert moved.parent.uid == other.uid


def drag(page: Page, title: Locator, home: str) -> None:
    """Take a part by its title and let it go in the list of `home`, which opens while dragging."""
    title.scroll_into_view_if_needed()
    start = title.bounding_box()
    assert start
    page.mouse.move(start["x"] + 10, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 20, start["y"] + 20, steps=5)
    expect(page.locator(".cards[data-dragging]")).to_have_count(1)
    below = page.locator(f"{home} > .children")
    expect(below).to_be_visible()
    # Where it is now: the list that opened has moved what stands below it.
    end = below.bounding_box()
    assert end
    page.mouse.move(end["x"] + 40, end["y"] + end["height"] / 2, steps=10)
    expect(below.locator("> .part")).to_have_count(1)
    page.mouse.up()


def test_what_was_typed_comes_back_after_a_sign_in_that_ended(
    visit: Visit, book: SmallBook, cast: Cast
) -> None:
    small, page, title = typing_a_title(visit, book, cast)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/**")
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(f"{small.address}?section=goals")
    settle(page)
    open_goal(page, small)
    expect(title).to_have_value("Typed but not saved")
    expect(page.locator("[data-draft-note]")).to_be_visible()
    title.press("Enter")
    expect(page.locator(f"#goals-{small.parts['goal']}")).to_contain_text("Typed but not saved")


def test_what_was_typed_while_the_network_was_away_is_kept_and_saved_later(
    visit: Visit, book: SmallBook, cast: Cast
) -> None:
    small, page, title = typing_a_title(visit, book, cast)
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    expect(page.locator(".toast-error")).to_be_visible()
    expect(title).to_have_value("Typed but not saved")
    page.context.set_offline(False)
    page.reload()
    settle(page)
    open_goal(page, small)
    expect(title).to_have_value("Typed but not saved")
    title.press("Enter")
    expect(page.locator(f"#goals-{small.parts['goal']}")).to_contain_text("Typed but not saved")


def test_two_who_edit_the_same_field_see_each_others_text(
    visit: Visit, book: SmallBook, cast: Cast
) -> None:
    small, page, _title = typing_a_title(visit, book, cast)
    settle(page)
    uid = str(small.parts["goal"])
    part_update(viewer=cast.see("maya"), uid=uid, values={"title": "Maya's words"}, seen=1)
    page.keyboard.press("Enter")
    clash = page.locator(".clash")
    expect(clash).to_contain_text("Maya's words")
    expect(clash).to_contain_text("Typed but not saved")
    press(page, page.get_by_role("button", name="Save mine over theirs"))
    expect(page.locator(f"#goals-{uid}")).to_contain_text("Typed but not saved")
    settle(page)
    assert PlanPart.objects.get(uid=uid).title == "Typed but not saved"


def typing_a_title(visit: Visit, book: SmallBook, cast: Cast) -> tuple[SmallPlan, Page, Locator]:
    """Olivia's plan, whose goal she opened by keys and is typing into."""
    small = small_plan(cast, book)
    page = visit(f"{small.address}?section=goals", cast.olivia)
    settle(page)
    open_goal(page, small)
    title = page.locator(".part-form").get_by_label("Title", exact=True)
    expect(title).to_be_focused()
    title.fill("Typed but not saved")
    return small, page, tab_to(page, title)


def open_goal(page: Page, small: SmallPlan) -> None:
    page.locator(f"#goals-{small.parts['goal']}").focus()
    page.keyboard.press("e")

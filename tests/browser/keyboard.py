"""Pages without a mouse: whatever is used here can be reached by Tab."""

from playwright.sync_api import Locator, Page

MOST_STOPS = 120


def tab_to(page: Page, wanted: Locator, *, back: bool = False) -> Locator:
    """Press Tab until `wanted` has the focus; fails where Tab never comes to it."""
    for _ in range(MOST_STOPS):
        if wanted.evaluate("one => one === document.activeElement"):
            return wanted
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab never comes to {wanted}")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go to `wanted` by Tab and press `key` there."""
    tab_to(page, wanted)
    page.keyboard.press(key)

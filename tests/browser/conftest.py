"""A real Chromium against a live server, axe, and pictures of pages for whoever looks at them."""

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from tests.needs import need

from groundplan.people.models import User

Theme = Literal["light", "dark"]
Visit = Callable[..., Page]
Look = Callable[..., list[str]]
Sight = tuple[Theme, str]
# The shell is the same Chromium without windows that nobody sees, which take a fifth of its time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
# Nothing that a browser does on its own account should leave this machine.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Where /dev/shm is small a page crashes for want of it, and whoever asks it waits for ever.
    "--disable-dev-shm-usage",
)
# axe takes most of a look; what it finds right isn't asked for.
# The rows of a table, list or grid are alike: of four hundred the first six are looked at.
# Started and then waited for: an evaluation that awaits has no limit, and would wait for ever.
# A page seen before in another theme and size is asked again only what these can change.
RUN_AXE = """([again, within]) => {
    const done = ({violations}) => {
        window.axeFound = violations;
        document.documentElement.dataset.axe = "done";
    };
    delete document.documentElement.dataset.axe;
    const rows = ['tbody > tr', 'ol > li', 'ul > li', '.ag-row', '.ag-row > .ag-cell'];
    const alike = rows.map(one => [`${one}:nth-child(n+7)`]);
    const where = {include: [[within]], exclude: alike};
    const changing = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable'];
    const asked = again ? {runOnly: {type: 'rule', values: changing}} : {};
    axe.run(where, {resultTypes: ['violations'], ...asked}).then(done);
}"""
AXE_SECONDS = 90
MOST_SECONDS = 240
"""The longest that a test may use the browser: the slowest takes 50 on an idle machine."""
# Colours don't depend on width: two of the four will do.
SIGHTS: tuple[Sight, ...] = (("light", "desk"), ("dark", "phone"))
# A busy machine takes its time; an idle one never comes near this.
expect.set_options(timeout=20_000)
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
PICTURES = Path(__file__).parents[2] / "test-results"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            # Once more, and only once: a browser on a crowded machine loses a key now and then.
            item.add_marker(pytest.mark.flaky(reruns=1))


class Chromium:
    """One browser for the run, and another where it is gone.

    Keys, closing and evaluation have no limit in Playwright: a page that answers no more would
    hold up a test, and with it the run, for ever. Once `MOST_SECONDS` are over the browser is
    killed, whatever waits for it fails, and the next test starts another.
    """

    def __init__(self, playwright: Playwright, path: str) -> None:
        self._playwright, self._path = playwright, path
        self._mark = f"--browser-of-tests={os.getpid()}"
        self._browser: Browser | None = None

    @contextmanager
    def lent(self) -> Iterator[Browser]:
        """The browser for one test."""
        if self._browser is None or not self._browser.is_connected():
            arguments = [*QUIET, self._mark]
            self._browser = self._playwright.chromium.launch(
                executable_path=self._path, args=arguments
            )
        late = threading.Timer(MOST_SECONDS, self._kill)
        late.start()
        try:
            yield self._browser
        finally:
            late.cancel()

    def _kill(self) -> None:
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if self._mark in words.split("\0") and "--type=" not in words:
                os.kill(int(folder.name), signal.SIGKILL)

    def close(self) -> None:
        if self._browser is not None and self._browser.is_connected():
            self._browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The run's browser; tests skip, or fail in CI, where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    need("chromium", found, "no Chromium on the path")
    assert found
    # Playwright keeps an event loop in this thread, in which Django would refuse to query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = Chromium(playwright, found)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Chromium, live_server: Any) -> Iterator[Visit]:
    """Opens an address as somebody, in a theme and a size; the console must stay silent."""
    with chromium.lent() as browser:
        yield from _visits(browser, live_server.url)


def _visits(browser: Browser, url: str) -> Iterator[Visit]:
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def go(
        address: str,
        user: User | None = None,
        *,
        theme: Theme = "light",
        size: str = "desk",
    ) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            reduced_motion="reduce",
            base_url=url,
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies([_session(user, url)])  # type: ignore[list-item]
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _hear(said.type, said.text, complaints))
        page.goto(address)
        return page

    yield go
    for context in contexts:
        if browser.is_connected():
            context.close()
    assert not complaints


@pytest.fixture
def findings() -> Look:
    """What axe finds on a page, and whether the page is wider than its window."""
    axe = Axe().axe_script

    def look(page: Page, *, again: bool = False, within: str = "html") -> list[str]:
        settle(page)
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe)
        page.evaluate(RUN_AXE, [again, within])
        page.wait_for_selector("html[data-axe]", state="attached", timeout=AXE_SECONDS * 1000)
        found = [_told(page, one) for one in page.evaluate("window.axeFound")]
        wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        return [*found, f"{page.url}: {wide} pixels wide"] if wide > window else found

    return look


def see_as(page: Page, sight: Sight) -> None:
    """Another theme and size for a page that is open."""
    theme, size = sight
    width, height = SIZES[size]
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": height})


def in_each_sight(
    page: Page, findings: Look, sights: tuple[Sight, ...] = SIGHTS, within: str = "html"
) -> list[str]:
    """What is found on a page, or a part of it, as it stands, in one sight after the other."""
    found = []
    for sight in sights:
        see_as(page, sight)
        found += findings(page, again=sight != sights[0], within=within)
    return found


def settle(page: Page) -> None:
    """Wait until the page and the parts that load after it are there."""
    page.wait_for_load_state()
    expect(page.locator(".htmx-request, [aria-busy]")).to_have_count(0)


def _told(page: Page, found: dict[str, Any]) -> str:
    """The rule, the first place, and why."""
    node = found["nodes"][0]
    why = node.get("failureSummary", "")[:300]
    return f"{page.url}: {found['id']} at {node['html'][:200]}: {why}"


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Keeps a picture of a page below `test-results/`."""

    def shoot(page: Page, name: str, *, whole: bool = True) -> Path:
        file: Path = PICTURES / request.node.name / f"{name}.png"
        page.screenshot(path=file, full_page=whole)
        return file

    return shoot


def _session(user: User, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}


# Refusals that a test provokes (a 404 page) are the server's answer, not a fault of the page; nor
# is a network that a test takes away, nor a request that is still under way when a page is left
# or its test ends (htmx tells that as an error too).
PROVOKED = (
    "the server responded with a status of 4",
    "net::ERR_INTERNET_DISCONNECTED",
    "htmx:sendError",
    "htmx:sendAbort",
    "htmx:afterRequest",
)


def _hear(kind: str, text: str, complaints: list[str]) -> None:
    if kind == "error" and not any(one in text for one in PROVOKED):
        complaints.append(text)

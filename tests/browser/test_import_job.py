"""The import wizard from a file to accounts, in a browser and without a mouse."""

from pathlib import Path

import pytest
from playwright.sync_api import FileChooser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from tests.conftest import Cast

from groundplan.book.models import Account
from groundplan.organisation.jobs.running import run_job
from groundplan.organisation.models import Job

from .conftest import Look, Visit, in_each_sight
from .keyboard import press, tab_to

ORDERS = (
    "Account Name;Product;Order Date;Amount;Order ID\r\n"
    "Alder Foods;Widget;05.01.2026;1.100,50;O1\r\n"
    "Beacon Energy;Widget;25.02.2026;200,00;O2\r\n"
    "Beacon Energy;Gadget;not a day;10,00;O3\r\n"
)


def work(page: Page) -> None:
    """Do what a worker would, once the page waits for it; the numbers' analysis is left waiting."""
    expect(page.get_by_role("progressbar").first).to_be_visible()
    for job in Job.objects.filter(state="queued").exclude(kind="analyse"):
        run_job.func(str(job.uid))


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    file = tmp_path / "orders.csv"
    file.write_text(ORDERS)
    return file


def opened_by_space(page: Page, tries: int = 3) -> FileChooser:
    """The dialog that the key opens. A browser short of a processor now and then opens none."""
    for _ in range(tries):
        try:
            with page.expect_file_chooser(timeout=8_000) as chooser:
                page.keyboard.press("Space")
        except PlaywrightTimeout:
            continue
        else:
            return chooser.value
    raise AssertionError("the key opened no dialog to choose files in")


def choose_files(page: Page, file: Path) -> None:
    tab_to(page, page.get_by_label("Where do they come from?"))
    page.keyboard.type("ERP")
    tab_to(page, page.get_by_label("Files", exact=True))
    opened_by_space(page).set_files(file)
    expect(page.locator("[data-picked]")).to_contain_text("orders.csv")


def test_a_file_becomes_accounts_by_keyboard_alone(
    visit: Visit, cast: Cast, orders: Path, findings: Look
) -> None:
    page = visit("/imports/", cast.liam)
    press(page, page.get_by_role("main").get_by_role("link", name="Import files").first)
    page.wait_for_url("**/imports/new/")
    flaws = in_each_sight(page, findings)
    # From here on it is dark and narrow.
    choose_files(page, orders)
    press(page, page.get_by_role("button", name="Upload and look at them"))
    expect(page.get_by_role("progressbar").first).to_be_visible()
    page.wait_for_url("**/imports/uploads/**")
    flaws += in_each_sight(page, findings)
    work(page)

    # Every column is recognised, with the reason beside it: nothing is left to say.
    check = page.get_by_role("button", name="Check, taking nothing")
    expect(check).to_be_visible()
    selects = page.locator("table select")
    suggested = selects.evaluate_all("all => all.map(one => one.selectedOptions[0].textContent)")
    assert [name for name in suggested if "nothing" not in name] == [
        "Account Name",
        "Product",
        "Order Date",
        "Amount",
        "Order ID",
    ]
    expect(page.get_by_text("Still to say:")).to_have_count(0)
    flaws += in_each_sight(page, findings)
    press(page, check)
    work(page)

    take = page.get_by_role("button", name="Import 2 rows")
    expect(take).to_be_visible()
    expect(page.get_by_role("row", name="not a day")).to_contain_text("4")
    assert not Account.objects.exists()
    flaws += in_each_sight(page, findings)
    press(page, take)
    work(page)

    expect(page.get_by_text("Taken.")).to_be_visible()
    expect(page.locator("#work")).to_contain_text("An analysis is waiting")
    flaws += in_each_sight(page, findings)
    press(page, page.get_by_role("link", name="See your accounts"))
    names = page.locator("tr[data-row] a.name")
    expect(names).to_have_text(["Alder Foods", "Beacon Energy"])
    assert flaws == []


def test_a_name_taken_for_another_is_refused_by_keyboard(
    visit: Visit, cast: Cast, tmp_path: Path, findings: Look
) -> None:
    files = {
        "products.csv": "product_id,name\nGTX Pro,GTX Pro\n",
        "accounts.csv": "account_id,name\nA,Acme\n",
        "opportunities.csv": "opportunity_id,account_id,name,stage,product_id\n"
        "1,A,x,Won,GTXPro\n2,A,y,Won,GTX Pro\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    page = visit("/imports/new/", cast.liam)
    page.get_by_label("Where do they come from?").fill("CRM")
    page.get_by_label("Files", exact=True).set_input_files([tmp_path / name for name in files])
    page.get_by_role("button", name="Upload and look at them").click()
    page.wait_for_url("**/imports/uploads/**")
    work(page)
    page.get_by_role("button", name="Check, taking nothing").click()
    work(page)
    verdict = page.get_by_label("Is GTXPro the same as GTX Pro?")
    expect(verdict.locator("option:checked")).to_have_text("the same")
    expect(page.get_by_role("button", name="Import 4 rows")).to_be_visible()
    assert findings(page) == []
    tab_to(page, verdict)
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Save this and check again"))
    work(page)
    expect(page.get_by_role("button", name="Import 3 rows")).to_be_visible()
    expect(page.get_by_role("row", name="2 GTXPro")).to_be_visible()
    expect(
        page.get_by_label("Is GTXPro the same as GTX Pro?").locator("option:checked")
    ).to_have_text("not the same")
    assert findings(page) == []


def test_a_file_that_is_refused_is_refused_in_words_where_it_was_chosen(
    visit: Visit, cast: Cast, tmp_path: Path, findings: Look
) -> None:
    broken = tmp_path / "orders.csv.pdf"
    broken.write_bytes(b"%PDF-1.7")
    page = visit("/imports/new/", cast.liam)
    page.get_by_label("Where do they come from?").fill("ERP")
    page.get_by_label("Files", exact=True).set_input_files(broken)
    page.get_by_role("button", name="Upload and look at them").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Where do they come from?")).to_have_value("ERP")
    assert findings(page) == []

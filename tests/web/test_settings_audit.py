"""The audit log in words: no codes, no ids, and what was changed is a click away."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.conftest import Cast, SmallBook

import groundplan
from groundplan.book.selectors.cells import CELL_DEEDS
from groundplan.book.selectors.conflicts import KINDS
from groundplan.book.services.ownership import account_owner_change
from groundplan.organisation.services import audit_record
from groundplan.people.models import Role, User
from groundplan.web.pages.notices.views import SENTENCES
from groundplan.web.pages.settings.audit_words import DEEDS, field_word, value_word

Enter = Callable[[User], Client]
ROOMS = Path(groundplan.__file__).parent
CODE = re.compile(r"([a-z]+)\.[a-z_-]+(\.[a-z]+)?")
SALT = "insight.tier"
"""Signs tokens: looks like a code of the log and is none."""


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create(email="ada@example.com", name="Ada", role=Role.ADMINISTRATOR)


def written() -> Iterator[str]:
    """Codes that stand in sources of services as they are."""
    subjects = {code.split(".")[0] for code in DEEDS}
    for source in ROOMS.rglob("*.py"):
        text = source.read_text()
        if "audit_record" not in text and source.parent.name != "services":
            continue
        tree = ast.parse(text)
        steps = {id(word) for node in ast.walk(tree) for word in _of_step(node)}
        for word in ast.walk(tree):
            if isinstance(word, ast.Constant) and isinstance(word.value, str):
                found = CODE.fullmatch(word.value)
                if found and found[1] in subjects and id(word) not in steps:
                    yield word.value


def _of_step(node: ast.AST) -> list[ast.expr]:
    is_step = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "step"
    return node.args if isinstance(node, ast.Call) and is_step else []


def put_together() -> Iterator[str]:
    """Codes that services put together."""
    plans = (ROOMS / "plans" / "services" / "accepting.py").read_text()
    yield from (f"plan.{verb}" for verb in re.findall(r'_move\(.*, "\w+", "(\w+)"', plans))
    for kind in KINDS:
        yield from (f"{kind}.keep_mine", f"{kind}.keep_source", f"{kind}.undo")
    for deed in CELL_DEEDS:
        yield from (deed, f"{deed}.bulk")


def test_every_code_that_is_recorded_has_words() -> None:
    codes = {*written(), *put_together()} - set(SENTENCES) - {SALT}
    assert {"plan.revise", "account.update", "import.taken", "user.invite"} <= codes
    assert codes - set(DEEDS) == set()


def test_no_words_are_kept_for_codes_that_nobody_records() -> None:
    assert set(DEEDS) - {*written(), *put_together()} == set()


def rows(browser: Client) -> str:
    return browser.get("/settings/audit/").content.decode().split("<tbody")[1]


def test_who_did_what_is_said_in_words(
    book: SmallBook, administrator: User, signed_in: Enter
) -> None:
    browser = signed_in(administrator)
    given = {"outcome": "open", "probability": "55", "position": "2"}
    browser.post(f"/settings/stages/{book.qualified.pk}/", given)
    page = rows(browser)
    assert "Ada" in page
    assert "changed a stage" in page
    assert "stage.update" not in page
    assert 'href="/settings/stages/">Qualified</a>' in page
    assert "0.55" in page


def test_accounts_lead_to_their_page_and_persons_have_names(
    book: SmallBook, cast: Cast, administrator: User, signed_in: Enter
) -> None:
    account_owner_change(viewer=cast.see("maya"), uids=[book.alder.uid], login="tom")
    page = rows(signed_in(administrator))
    assert f'href="/accounts/{book.alder.uid}/">Alder Foods</a>' in page
    assert f"{cast.olivia.person} → {cast.tom.person}" in page
    assert "handed over several accounts" in page
    assert "owner_id" not in page


def test_marks_name_their_product_and_no_inside_of_a_program_shows(
    administrator: User, signed_in: Enter
) -> None:
    now = {"position": "not_applicable", "reason": "No lab.", "renewal_on": None, "author": "Ada"}
    cell = {"label": "Widget", "from": None, "to": now}
    audit_record(viewer_actor="Ada", action="position.mark", detail={"cell.01a2-beef": cell})
    audit_record(viewer_actor="Ada", action="position.mark.bulk", detail={"entries": [5, 6]})
    page = rows(signed_in(administrator))
    assert "Widget</span> – → not applicable: No lab." in page
    assert "Changes</span> 2" in page
    assert "None" not in page
    assert "beef" not in page


def test_rows_of_imports_and_periods_are_written_as_elsewhere(
    administrator: User, signed_in: Enter
) -> None:
    detail = {"accounts": 1200, "competitor_positions": 3}
    audit_record(viewer_actor="Ada", action="import.taken", label="CRM", detail=detail)
    audit_record(viewer_actor="Ada", action="plan.create", detail={"period": "FY2028-Q1"})
    rule = {"rules": [{"uid": "01a2-beef"}], "tier_by": "score"}
    audit_record(
        viewer_actor="Ada",
        action="characteristic.set",
        kind="characteristics",
        key="all",
        detail={"before": rule, "after": rule},
    )
    page = rows(signed_in(administrator))
    assert "Accounts</span> 1,200" in page
    assert "Period</span> Q1 FY28" in page
    assert "Competitor positions</span> 3" in page
    assert 'href="/settings/characteristics/">Characteristics</a>' in page
    assert "beef" not in page


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("role", "leader", "Role Leader"),
        ("fiscal_pattern", "445", "Fiscal months 4-4-5"),
        ("fiscal_start_month", "4", "First month April"),
        ("keep", "source", "Kept what the source says"),
        ("attributes.sales_note", "x", "Sales note x"),
        ("unheard_of", "y", "Unheard of y"),
    ],
)
def test_fields_and_their_values_are_words(name: str, value: str, said: str) -> None:
    assert f"{field_word(name)} {value_word(name, value)}" == said

"""The page of notices: one's own, with the way to what they are about."""

from collections.abc import Callable

from django.test import Client
from tests.conftest import SmallBook

from groundplan.desk.selectors import notices_of, unread_count
from groundplan.desk.services import comment_add
from groundplan.people.models import User
from groundplan.plans.services import plan_create, plan_submit

SignIn = Callable[[User], Client]


def submitted(book: SmallBook) -> str:
    """Olivia's plan, which Maya is told of, and a word to Tom about it."""
    olivia = book.cast.see("olivia")
    plan = plan_create(viewer=olivia, subject="territory", period="FY2027", prefill=False)
    plan_submit(viewer=olivia, uid=str(plan.uid))
    return str(plan.uid)


def test_a_manager_is_told_on_every_page_and_goes_to_the_plan(
    book: SmallBook, signed_in: SignIn
) -> None:
    uid = submitted(book)
    maya = signed_in(book.cast.maya)
    assert "1 new notice" in maya.get("/accounts/").content.decode()
    page = maya.get("/notices/").content.decode()
    assert "Olivia asks you to accept" in page
    (notice,) = notices_of(book.cast.see("maya"))
    assert maya.post(f"/notices/{notice.uid}/").headers["Location"] == f"/plans/{uid}/"
    assert "new notice" not in maya.get("/accounts/").content.decode()


def test_all_notices_are_read_at_once(book: SmallBook, signed_in: SignIn) -> None:
    uid = submitted(book)
    comment_add(viewer=book.cast.see("olivia"), kind="plan", key=uid, text="@maya <b>please</b>")
    maya = signed_in(book.cast.maya)
    page = maya.get("/notices/").content.decode()
    assert "&lt;b&gt;please" in page
    assert maya.post("/notices/").status_code == 302
    assert unread_count(book.cast.see("maya")) == 0


def test_an_outsider_has_nobody_elses_notices(book: SmallBook, signed_in: SignIn) -> None:
    submitted(book)
    (notice,) = notices_of(book.cast.see("maya"))
    oscar = signed_in(book.cast.oscar)
    assert "Olivia" not in oscar.get("/notices/").content.decode()
    assert oscar.post(f"/notices/{notice.uid}/").status_code == 404
    assert unread_count(book.cast.see("maya")) == 1

"""Saved views belong to one user."""

import pytest
from tests.conftest import Cast

from groundplan.desk.selectors import saved_views
from groundplan.desk.services import saved_view_create, saved_view_delete, saved_view_rename
from groundplan.kernel.errors import Conflict, InvalidInput, NotFound


def test_the_same_name_again_replaces_a_view(cast: Cast) -> None:
    olivia = cast.see("olivia")
    for query in ("tier=A", "tier=B"):
        saved_view_create(viewer=olivia, page="accounts", name=" Mine ", query=query)
    assert [(view.name, view.query) for view in saved_views(olivia, "accounts")] == [
        ("Mine", "tier=B")
    ]
    assert saved_views(olivia, "whitespace") == ()


def test_a_name_that_is_taken_is_refused_when_renaming(cast: Cast) -> None:
    olivia = cast.see("olivia")
    saved_view_create(viewer=olivia, page="accounts", name="One", query="")
    two = saved_view_create(viewer=olivia, page="accounts", name="Two", query="")
    with pytest.raises(Conflict):
        saved_view_rename(viewer=olivia, uid=two.uid, name="One")
    saved_view_rename(viewer=olivia, uid=two.uid, name="Three")
    assert [view.name for view in saved_views(olivia, "accounts")] == ["One", "Three"]


def test_a_view_is_nobody_elses(cast: Cast) -> None:
    view = saved_view_create(viewer=cast.see("olivia"), page="accounts", name="Mine", query="")
    assert saved_views(cast.see("maya"), "accounts") == ()
    with pytest.raises(NotFound):
        saved_view_delete(viewer=cast.see("maya"), uid=view.uid)


def test_a_view_needs_a_name(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        saved_view_create(viewer=cast.see("olivia"), page="accounts", name=" ", query="")

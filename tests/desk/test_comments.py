"""Comments on what one sees; notices to those whom they mention."""

import pytest
from tests.conftest import Cast

from groundplan.desk import subjects
from groundplan.desk.contracts import Subject
from groundplan.desk.rules import mentions
from groundplan.desk.selectors import comments_of, notices_of, unread_count
from groundplan.desk.services import comment_add, comment_remove, notice_read, notices_read
from groundplan.kernel.errors import InvalidInput, NotAllowed, NotFound
from groundplan.people.contracts import Scope

THING = "thing"


@pytest.fixture(autouse=True)
def _things(monkeypatch: pytest.MonkeyPatch) -> None:
    """Things that everybody but Oscar sees."""

    def describe(viewer: Scope, keys: list[str]) -> dict[str, Subject]:
        if viewer.actor == "Oscar":
            return {}
        return {key: Subject(f"Thing {key}", f"/things/{key}/") for key in keys}

    monkeypatch.setattr(subjects, "_known", {THING: describe})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@tom look", ("tom",)),
        ("ask @tom, @olivia.o and @tom.", ("tom", "olivia.o")),
        ("mail tom@example.com", ()),
        ("@tom@example.com said so", ("tom@example.com",)),
        ("@@tom", ()),
        ("none @ all", ()),
    ],
)
def test_a_mention_is_an_at_sign_and_a_login(text: str, found: tuple[str, ...]) -> None:
    assert mentions(text) == found


def test_a_comment_tells_whom_it_mentions_and_names_who_can_not_see_it(cast: Cast) -> None:
    done = comment_add(
        viewer=cast.see("olivia"),
        kind=THING,
        key="1",
        text=" @tom @oscar @nobody @olivia please ",
    )
    assert (done.told, done.unseen) == (("Tom",), ("Oscar", "nobody"))
    (notice,) = notices_of(cast.see("tom"))
    assert (notice.code, notice.actor, notice.label) == ("mention", "Olivia", "Thing 1")
    assert notice.address == "/things/1/"
    assert notices_of(cast.see("oscar")) == notices_of(cast.see("olivia")) == ()


def test_comments_are_read_by_key_in_their_order(cast: Cast) -> None:
    for key, text in (("1", "One"), ("2", "Two"), ("1", "Three")):
        comment_add(viewer=cast.see("olivia"), kind=THING, key=key, text=text)
    found = comments_of(cast.see("vic"), THING, ["1", "2", "3"])
    assert {key: [one.text for one in lines] for key, lines in found.items()} == {
        "1": ["One", "Three"],
        "2": ["Two"],
        "3": [],
    }
    assert comments_of(cast.see("oscar"), THING, ["1"]) == {}
    assert comments_of(cast.see("olivia"), "unknown", ["1"]) == {}


def test_an_outsider_comments_on_nothing(cast: Cast) -> None:
    with pytest.raises(NotFound):
        comment_add(viewer=cast.see("oscar"), kind=THING, key="1", text="Hello")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_a_comment_says_something(cast: Cast, text: str) -> None:
    with pytest.raises(InvalidInput):
        comment_add(viewer=cast.see("olivia"), kind=THING, key="1", text=text)


def test_only_its_author_takes_a_comment_away(cast: Cast) -> None:
    done = comment_add(viewer=cast.see("olivia"), kind=THING, key="1", text="Hello")
    with pytest.raises(NotAllowed):
        comment_remove(viewer=cast.see("maya"), uid=done.uid)
    with pytest.raises(NotFound):
        comment_remove(viewer=cast.see("oscar"), uid=done.uid)
    assert comment_remove(viewer=cast.see("olivia"), uid=done.uid) == (THING, "1")
    assert comments_of(cast.see("olivia"), THING, ["1"]) == {"1": ()}


def test_notices_are_read_by_whom_they_are_for(cast: Cast) -> None:
    for text in ("@tom one", "@tom two"):
        comment_add(viewer=cast.see("olivia"), kind=THING, key="1", text=text)
    tom = cast.see("tom")
    assert unread_count(tom) == 2
    with pytest.raises(NotFound):
        notice_read(viewer=cast.see("maya"), uid=notices_of(tom)[0].uid)
    notice_read(viewer=tom, uid=notices_of(tom)[0].uid)
    assert [notice.text for notice in notices_of(tom, unread=True)] == ["@tom one"]
    assert notices_read(viewer=tom) == 1
    assert unread_count(tom) == 0


def test_a_notice_about_what_is_out_of_sight_is_left_out(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment_add(viewer=cast.see("olivia"), kind=THING, key="1", text="@tom look")
    monkeypatch.setattr(subjects, "_known", {THING: lambda _viewer, _keys: {}})
    assert notices_of(cast.see("tom")) == ()

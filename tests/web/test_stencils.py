"""Rows that are filled into a template rendered once."""

from dataclasses import dataclass

import pytest
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from groundplan.web.stencils import rows_html

BAR = mark_safe("<i>bar</i>")


@dataclass(frozen=True)
class Line:
    name: str
    note: str = ""
    depth: int = 0
    bar: SafeString = BAR
    goal: str = "10 % of 7"
    recognised: str = "%s"
    backlog: str = ""
    weighted: str = ""
    forecast: str = ""
    gap: str = ""
    pace: str = ""
    template: str = "performance/row.html"


def test_what_is_not_marked_as_safe_is_escaped_in_a_row() -> None:
    drawn = rows_html([Line('<script>"&')])
    assert "&lt;script&gt;&quot;&amp;" in drawn
    assert "<script>" not in drawn
    assert "><i>bar</i></td>" in drawn


@given(st.lists(st.text(), max_size=4))
def test_each_row_has_its_own_texts_whatever_they_are(names: list[str]) -> None:
    drawn = rows_html([Line(name) for name in names])
    assert drawn == "".join(rows_html([Line(name)]) for name in names)
    assert drawn.count("<tr>") == len(names)


def test_percent_signs_of_template_and_row_are_left_alone() -> None:
    drawn = rows_html([Line("a")])
    assert ">10 % of 7</td>" in drawn
    assert ">%s</td>" in drawn


def test_a_row_is_decided_by_flags_and_by_the_language_of_the_reader() -> None:
    @dataclass(frozen=True)
    class Account:
        uid: str = "u"
        name: str = "n"
        tier: str = ""
        address: str = ""
        marks: str = ""
        owner: str = ""
        industry: str = ""
        template: str = "accounts/row_without_results.html"

    assert 'type="checkbox"' in rows_html([Account()], may_write=True)
    assert 'type="checkbox"' not in rows_html([Account()], may_write=False)
    with translation.override("de"):
        assert 'type="checkbox"' not in rows_html([Account()], may_write=False)


def test_a_row_without_a_value_that_its_template_shows_is_an_error() -> None:
    @dataclass(frozen=True)
    class Bare:
        template: str = "performance/row.html"

    with pytest.raises(AttributeError):
        rows_html([Bare()])

"""The number component and the small components around it."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from groundplan.kernel.figures import Figure, Trace


def draw(template: str, **context: Any) -> str:
    return Template("{% load figures forms assets %}" + template).render(Context(context))


def test_a_figure_links_to_its_facts_and_carries_its_exact_value() -> None:
    figure = Figure(
        Decimal("1243567.8901"), "money", "USD", Trace.of("revenue.actual", period="FY2027")
    )
    drawn = draw("{% figure f %}", f=figure)
    assert 'href="/numbers/?measure=revenue.actual&amp;period=FY2027"' in drawn
    assert 'data-value="1243567.8901"' in drawn
    assert ">$1.24M</a>" in drawn
    assert ">$1,243,567.89</a>" in draw("{% figure f full=True %}", f=figure)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, max_value=10**14, min_value=0))
def test_the_exact_value_survives_the_page(value: Decimal) -> None:
    drawn = draw("{% figure f %}", f=Figure(value, "money", "EUR"))
    assert Decimal(drawn.split('data-value="')[1].split('"')[0]) == value


@pytest.mark.parametrize("figure", [None, Figure(None), Figure(None, trace=Trace.of("goal"))])
def test_an_unknown_number_says_so_and_is_never_zero(figure: Figure | None) -> None:
    drawn = draw("{% figure f %}", f=figure)
    assert "unknown" in drawn
    assert "data-value" not in drawn
    assert "0" not in drawn


def test_a_number_resting_on_an_assumption_is_marked() -> None:
    assert 'class="figure assumed"' in draw("{% figure f %}", f=Figure(3, assumed=True))


@pytest.mark.parametrize(("value", "text", "css"), [(5, "+5", "up"), (-5, "−5", "down")])
def test_a_signed_number_shows_which_way_it_goes(value: int, text: str, css: str) -> None:
    drawn = draw("{% figure f signed=True %}", f=Figure(value))
    assert f">{text}<" in drawn
    assert f'"figure {css}"' in drawn
    assert 'class="figure"' in draw("{% figure f signed=True %}", f=Figure(0))


def test_what_a_trace_names_cannot_become_markup() -> None:
    figure = Figure(1, trace=Trace.of("whitespace.total", category='"><script>'))
    assert "<script>" not in draw("{% figure f %}", f=figure)
    assert "<b>" not in draw("{% chip text %}{% initials text %}", text="<b>evil</b>")


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "search" %}')
    labelled = draw('{% icon "search" "sm" label=label %}', label='Find "')
    assert 'role="img" aria-label="Find &quot;"' in labelled
    with pytest.raises(ImproperlyConfigured):
        draw('{% icon "no-such-icon" %}')


def test_a_tier_is_read_out_and_an_unknown_one_is_dashed() -> None:
    assert 'title="tier A"' in draw('{% tier "A" %}')
    assert "tier-unknown" in draw('{% tier "" %}')
    assert "set by a person" in draw('{% tier "B" overruled=True %}')


def test_a_chip_has_a_glyph_beside_its_colour() -> None:
    for kind, glyph in (("supportive", "▲"), ("competitor", "✕"), ("whitespace", "+")):
        assert glyph in draw("{% chip 'word' kind %}", kind=kind)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Rosa Meyer", "RM"), ("rosa", "R"), ("a b c d", "AD"), ("rosa@example.com", "RE"), ("", "")],
)
def test_an_avatar_has_at_most_two_letters(name: str, letters: str) -> None:
    assert draw("{% initials name %}", name=name) == letters


class Ask(forms.Form):
    name = forms.CharField(help_text="As they write it.")
    agree = forms.BooleanField(required=False)


def test_a_refused_field_is_tied_to_its_error_and_its_help() -> None:
    field = Ask({"name": ""})["name"]
    drawn = draw('{% include "components/field.html" %}', field=field)
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_name_help id_name_errors"' in drawn
    assert 'id="id_name_errors"' in drawn
    assert 'id="id_name_help"' in drawn


def test_the_manifest_names_only_files_that_were_built() -> None:
    from groundplan.web.templatetags.assets import BUILT, manifest

    assert {"app.css", "shell.js", "grid.js", "grid.css", "table.js", "mark.svg"} <= set(manifest())
    for name, built in manifest().items():
        assert (BUILT / built).is_file(), name


def test_a_plain_count_has_separators() -> None:
    counts = [draw("{{ n|whole }}", n=n) for n in (0, 999, 4_987_654)]
    assert counts == ["0", "999", "4,987,654"]

"""What the charts draw: lengths that add up, numbers read out, no surprises at the edges."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.charts import (
    PAPER,
    Column,
    Goal,
    Ink,
    Part,
    Pen,
    Point,
    bullet,
    hbar,
    history,
    landing,
    palette,
    stacked,
)
from groundplan.charts.drawing import ticks
from groundplan.kernel.figures import Figure

SVG = "{http://www.w3.org/2000/svg}"
INKS: tuple[Ink, ...] = ("recognised", "backlog", "weighted")
amounts = st.integers(0, 10**13)


def money(value: int | None) -> Figure:
    return Figure(None if value is None else Decimal(value), "money", "USD")


def parts(*values: int | None) -> list[Part]:
    return [Part(ink, ink.title(), money(value)) for ink, value in zip(INKS, values, strict=False)]


def shapes(drawing: str, name: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(drawing).iter(SVG + name))


def of_ink(drawing: str, ink: str) -> list[ElementTree.Element]:
    return [rect for rect in shapes(drawing, "rect") if rect.get("class") == f"c-{ink}"]


def share(element: ElementTree.Element, attribute: str) -> float:
    return float(element.attrib[attribute].removesuffix("%")) / 100


@given(amounts, amounts, amounts, st.integers(1, 10**13))
def test_the_parts_of_a_bar_are_as_long_as_their_numbers(
    recognised: int, backlog: int, weighted: int, goal: int
) -> None:
    values = (recognised, backlog, weighted)
    drawing = bullet(parts(*values), Goal("Goal", money(goal)))
    scale = max(goal * 1.25, sum(values))
    for ink, value in zip(INKS, values, strict=True):
        drawn = sum(share(rect, "width") for rect in of_ink(drawing, ink))
        assert drawn == pytest.approx(value / scale, abs=1e-4)
    drawn = sum(share(rect, "width") for ink in INKS for rect in of_ink(drawing, ink))
    assert drawn <= 1.0002


def test_the_goal_stands_at_four_fifths_and_its_parts_may_pass_it() -> None:
    below = bullet(parts(50), Goal("Goal", money(100)))
    assert share(shapes(below, "svg")[1], "x") == pytest.approx(0.8)
    beyond = bullet(parts(200), Goal("Goal", money(100)))
    assert share(shapes(beyond, "svg")[1], "x") == pytest.approx(0.5)


def test_a_bar_reads_out_its_numbers() -> None:
    drawing = bullet(parts(410_000, None), Goal("Goal", money(1_400_000)))
    label = ElementTree.fromstring(drawing).get("aria-label")
    assert label == "Recognised $410k, Backlog ?, Goal $1.40M"


@pytest.mark.parametrize("values", [(), (0, 0, 0), (None,), (-500,)])
def test_a_bar_without_anything_to_show_is_only_its_track(values: tuple[int | None, ...]) -> None:
    assert len(shapes(bullet(parts(*values)), "rect")) == 1


def test_a_bar_keeps_inside_a_full_scale_that_its_parts_pass() -> None:
    drawing = bullet(parts(80, 80), full_scale=100)
    assert [share(rect, "width") for ink in INKS for rect in of_ink(drawing, ink)] == [0.8, 0.2]
    assert share(of_ink(hbar(parts(50)[0], 200), "recognised")[0], "width") == 0.25


def test_columns_stand_on_each_other_and_on_the_floor() -> None:
    drawing = stacked([Column("Q1", parts(30, 20, 10), Goal("Goal", money(50)))])
    boxes = [of_ink(drawing, ink)[0] for ink in INKS]
    tops = [float(box.attrib["y"]) for box in boxes]
    heights = [float(box.attrib["height"]) for box in boxes]
    assert tops[0] + heights[0] == pytest.approx(178)
    assert tops[1] + heights[1] == pytest.approx(tops[0], abs=0.02)
    assert heights[0] / heights[2] == pytest.approx(3, rel=0.01)


def test_the_line_is_solid_while_booked_and_dashed_after() -> None:
    points = [Point(f"M{at}", money(at), projected=at > 3) for at in range(1, 7)]
    paths = shapes(landing(points, Goal("Goal", money(8))), "path")
    assert [path.get("class") for path in paths] == ["c-line", "c-line c-projection"]
    solid, dashed = (re.findall(r"[\d.]+,[\d.]+", path.attrib["d"]) for path in paths)
    assert (len(solid), len(dashed)) == (3, 4)
    assert solid[-1] == dashed[0]


def test_labels_are_left_out_rather_than_overlapping() -> None:
    points = [Point(f"September {at}", money(at)) for at in range(1, 25)]
    shown = [text.text for text in shapes(landing(points), "text") if "Sept" in (text.text or "")]
    assert 1 < len(shown) < 10
    assert shown[-1] == "September 24"


@pytest.mark.parametrize("drawing", [stacked([]), landing([]), history([])])
def test_nothing_to_draw_is_still_a_drawing_and_says_nothing(drawing: str) -> None:
    assert ElementTree.fromstring(drawing).get("aria-hidden") == "true"


@given(st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=30))
def test_any_history_stays_inside_its_box(values: list[int]) -> None:
    drawing = history([(f"M{at}", money(value)) for at, value in enumerate(values)])
    for rect in of_ink(drawing, "recognised"):
        assert 0 <= float(rect.attrib["y"]) <= 28
        assert 0 <= float(rect.attrib["x"]) + float(rect.attrib["width"]) <= 120.02


@given(st.floats(1e-3, 1e15))
def test_the_axis_reaches_the_highest_value_in_a_few_steps(top: float) -> None:
    marks = ticks(top)
    assert marks[0] == 0
    assert marks[-1] >= top * 0.999
    assert len(marks) <= 7


def test_names_from_data_cannot_become_markup() -> None:
    evil = '<script>"&'
    drawings = [
        stacked([Column(evil, [Part("risk", evil, money(1))])]),
        landing([Point(evil, money(1)), Point(evil, money(2))], Goal(evil, money(2))),
        bullet([Part("risk", evil, money(1))], Goal(evil, money(2))),
    ]
    for drawing in drawings:
        ElementTree.fromstring(drawing)
        assert "<script" not in drawing


def test_paper_gets_literal_colours_and_no_classes_for_ink() -> None:
    drawing = stacked([Column("Q1", parts(1, 2, 3), Goal("Goal", money(9)))], pen=PAPER)
    assert palette()["light"]["recognised"] in drawing
    assert 'class="c-' not in drawing
    dark = bullet(parts(1), pen=Pen("dark"))
    assert palette()["dark"]["recognised"] in dark


def test_both_themes_name_the_same_colours() -> None:
    assert palette()["light"].keys() == palette()["dark"].keys()
    assert all(re.fullmatch("#[0-9A-F]{6}", c) for t in palette().values() for c in t.values())


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "surface"),
        ("muted", "background"),
        ("muted", "raised"),
        ("link", "surface"),
        ("supportive", "supportive-tint"),
        ("negative", "negative-tint"),
        ("neutral", "neutral-tint"),
        ("owned", "owned-tint"),
        ("opportunity", "opportunity-tint"),
        ("competitor", "competitor-tint"),
        ("whitespace", "whitespace-tint"),
        ("whitespace", "whitespace-strong"),
    ],
)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    colours = palette()[theme]  # type: ignore[index]
    light, dark = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5

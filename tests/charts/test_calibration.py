"""The calibration curve: a circle a bin, read out in words."""

from xml.etree import ElementTree

from groundplan.charts.calibration import Spot, calibration

AXES = ("% foretold", "% came <true>")


def test_every_bin_is_a_circle_above_where_it_was_foretold() -> None:
    drawn = calibration([Spot(0.1, 0.1, 100), Spot(0.2, 0.1, 400)], axes=AXES)
    circles = ElementTree.fromstring(drawn).findall(".//{*}circle")
    (first, second) = [
        {key: float(one.get(key, "")) for key in ("cx", "cy", "r")} for one in circles
    ]
    assert second["cx"] > first["cx"]
    assert second["cy"] == first["cy"]
    assert second["r"] > first["r"]


def test_it_reads_itself_out_and_escapes_words() -> None:
    drawn = calibration([Spot(0.1, 0.25, 100)], axes=AXES)
    assert "10.0% – 25.0%" in (ElementTree.fromstring(drawn).get("aria-label") or "")
    assert "<true>" not in drawn


def test_without_bins_there_are_axes_only() -> None:
    assert "<circle" not in calibration([], axes=AXES)

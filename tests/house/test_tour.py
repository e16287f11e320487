"""The tour of the house names every room, and no place that isn't there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "groundplan"
TOUR = (ROOT / "docs" / "tour.md").read_text()


def places() -> list[str]:
    """What stands between backticks and is a path of the repository or of the package."""
    return sorted({place for place in re.findall(r"`([a-z_./]+)`", TOUR) if "/" in place[1:-1]})


@pytest.mark.parametrize("place", places())
def test_a_place_that_the_tour_names_is_there(place: str) -> None:
    assert (SOURCE / place).exists() or (ROOT / place).exists()


def test_the_tour_names_every_room_in_the_order_of_their_imports() -> None:
    table = TOUR.split("| room |")[1].split("\n\n")[0]
    named = re.findall(r"^\| (`.+?`) \|", table, re.M)
    rooms = [room for cell in named for room in re.findall(r"`(\w+)`", cell)]
    layers = re.search(r"layers = \[(.+?)\]", (ROOT / "pyproject.toml").read_text(), re.S)
    assert layers
    assert rooms == re.findall(r"\w+", layers[1])

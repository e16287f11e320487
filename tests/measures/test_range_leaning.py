"""Look-alikes that bought nothing lately, and categories that go on otherwise than look-alikes."""

import numpy as np
import pytest

from groundplan.measures.ranges.contracts import Floats, Units
from groundplan.measures.ranges.donors import ENOUGH, Donors, donors_of
from groundplan.measures.ranges.history import Watched
from groundplan.measures.ranges.leaning import Lean, leans
from groundplan.measures.ranges.seasons import Own
from groundplan.measures.ranges.simulate import Outlook

LONG_AGO = 500


def units(bought: float, since: int, count: int = 1) -> Units:
    nothing = np.zeros(count)
    return Units(nothing + bought, np.full(count, since), nothing, nothing + 1)


def lapsed(followed: Floats) -> Donors:
    nothing = np.zeros(len(followed))
    return donors_of(nothing, np.full(len(followed), LONG_AGO), nothing, followed)


def test_all_that_bought_nothing_lately_are_look_alikes_of_one_who_did_not_either() -> None:
    donors = lapsed(np.repeat([0.0, 100.0], 250))
    low, high = donors.near(units(0.0, LONG_AGO))
    assert (high - low + 1).tolist() == [500]
    assert donors.moments(units(0.0, LONG_AGO))[0].tolist() == [50.0]
    drawn = donors.draw(units(0.0, LONG_AGO), 10_000, np.random.default_rng(1))
    assert drawn.mean() == pytest.approx(50.0, abs=2.0)


def test_two_who_came_back_after_long_do_not_speak_for_everybody() -> None:
    donors = lapsed(np.array([100.0, 100.0]))
    assert donors.moments(units(0.0, LONG_AGO))[0].tolist() == pytest.approx([200 / ENOUGH])


def test_nobody_is_made_up_where_nobody_came_back_or_all_buy() -> None:
    random = np.random.default_rng(2)
    bought = random.gamma(2, 400, 7)
    donors = donors_of(bought, np.full(7, 30), bought, np.zeros(7))
    assert len(donors.bought) == 7
    assert donors.moments(units(0.0, LONG_AGO))[0].tolist() == [0.0]


def test_of_buyers_those_nearest_by_amount_are_look_alikes() -> None:
    bought = np.arange(1.0, 201.0)
    donors = donors_of(bought, np.full(200, 30), bought, np.zeros(200))
    low, high = donors.near(units(100.0, 30))
    assert donors.bought[low[0]] <= 100.0 <= donors.bought[high[0]]
    assert high[0] - low[0] + 1 == ENOUGH


def window(rates: dict[str, float], each: int, noise: float, seed: int) -> Watched:
    """`each` accounts in every category, which buy on at its rate."""
    random = np.random.default_rng(seed)
    part = np.repeat(np.array(list(rates), object), each)
    bought = np.tile(random.gamma(2, 500, each), len(rates))
    rate = np.repeat(list(rates.values()), each)
    followed = bought * rate * np.exp(random.normal(0, noise, len(part)) - noise**2 / 2)
    count = len(part)
    return Watched(
        np.arange(count), part, bought, np.full(count, 30), followed, np.zeros(count),
        np.zeros(count), 0,
    )  # fmt: skip


def leaning(rates: dict[str, float], each: int, noise: float, windows: int = 3) -> dict[str, Lean]:
    watched = [window(rates, each, noise, seed) for seed in range(windows)]
    donors = [donors_of(one.bought, one.since, one.followed, one.first_bought) for one in watched]
    return leans(watched, donors, float(windows), Own(), [Own()] * windows)


def test_a_category_bought_again_every_year_leans_above_one_bought_once() -> None:
    found = leaning({"paper": 1.2, "presses": 0.3}, each=800, noise=0.3)
    # Look-alikes of both together go on at the mean of the rates.
    assert found["paper"].by == pytest.approx(np.log(1.2 / 0.75), abs=0.05)
    assert found["presses"].by == pytest.approx(np.log(0.3 / 0.75), abs=0.05)
    assert 0 < found["paper"].doubt < 0.05


def test_a_lean_is_free_of_the_season_it_was_watched_in_and_has_that_of_the_horizon() -> None:
    """Twice as much in the windows, half as much in the horizon: at other times as all do."""
    watched = [window({"tents": 2.0, "other": 1.0}, 800, 0.3, seed) for seed in range(3)]
    # As many look-alikes as make every part's expectation the same.
    donors = [donors_of(one.bought, one.since, one.bought, one.followed * 0) for one in watched]
    summer = Own({"tents": np.log(2.0)}, {"tents": 0.1})
    winter = Own({"tents": np.log(0.5)}, {"tents": 0.1})
    found = leans(watched, donors, 3.0, winter, [summer] * 3)
    assert found["tents"].by == pytest.approx(np.log(0.5), abs=0.05)
    assert found["tents"].doubt == pytest.approx(0.1, abs=0.05)
    assert found["other"].by == pytest.approx(0.0, abs=0.05)


def test_categories_that_differ_by_chance_alone_hardly_lean() -> None:
    names = {f"category {n}": 1.0 for n in range(12)}
    found = leaning(names, each=25, noise=1.0)
    assert max(abs(one.by) for one in found.values()) < 0.1
    among_them = leaning({**names, "other": 3.0}, each=25, noise=1.0, windows=8)
    assert among_them["other"].by > 0.5


def test_a_lean_moves_the_outlook_of_its_part_and_no_other() -> None:
    whole = Outlook((), (1.0, 0.9), 0.3, {"paper": Lean(np.log(2.0), 0.4)})
    own = whole.of("paper")
    assert own.seasons == pytest.approx([2.0, 1.8])
    assert own.shared == pytest.approx(0.5)
    assert whole.of("presses") is whole


def test_where_nobody_bought_nothing_leans() -> None:
    assert leaning({}, each=0, noise=1.0) == {}

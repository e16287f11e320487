"""The back-test as a command: its JSON, its sentence, what it refuses."""

from .conftest import Command

FIGURES = {"ndcg@5", "hit@5", "recall@5", "map"}


def test_a_back_test_tells_of_every_method_and_of_calibration(shop: Command) -> None:
    answer = shop("backtest", "--cutoff", "2026-03-01", "--months", "6", "--json")
    assert answer.code == 0, answer.err
    told = answer.json
    assert set(told["methods"]) == {"groundplan", "popularity", "segment", "cosine"}
    assert all(set(figures) == FIGURES for figures in told["methods"].values())
    assert all(
        0 <= value <= 1 for figures in told["methods"].values() for value in figures.values()
    )
    assert set(told["calibration"]) == {"error", "bins"}
    assert all(
        set(one) == {"predicted", "observed", "cells"} for one in told["calibration"]["bins"]
    )
    assert shop("backtest", "--cutoff", "2026-03-01", "--months", "6", "--json").json == told


def test_for_a_person_it_says_what_the_figures_mean(shop: Command) -> None:
    answer = shop("backtest", "--cutoff", "2026-03-01", "--months", "6")
    assert "accounts bought something new" in answer.out
    assert "Calibration error" in answer.out


def test_a_day_without_facts_before_or_after_it_is_refused(shop: Command) -> None:
    for day in ("2001-01-01", "2031-01-01"):
        answer = shop("backtest", "--cutoff", day, "--months", "6")
        assert answer.code == 2
        assert day in answer.err

"""Back-tests: what they read, what they count, and that they admit it where nothing is to see."""

import random
from datetime import date, timedelta

import duckdb
import numpy as np
import pytest
from tests.duck import empty_duckdb

from groundplan.kernel.errors import InvalidInput
from groundplan.measures.backtest import BacktestFound, backtest
from groundplan.measures.backtest.contracts import Band
from groundplan.measures.backtest.predicting import Prediction, predict
from groundplan.measures.backtest.testing import verdict_of
from groundplan.measures.exposure import learning_window, months_after
from groundplan.measures.ordering.holdings import blocks_of

CUTOFF = date(2025, 7, 1)
Row = tuple[int, int | None, date, float]


def history(kind: str, accounts: int = 240, products: int = 24, months: int = 42) -> list[Row]:
    """Orders of three years and a half, a year of them after the cutoff.

    In `clusters` accounts buy from one of four ranges, in `noise` anything.
    """
    chance = random.Random(7)
    rows: list[Row] = []
    for account in range(1, accounts + 1):
        mine = range(1, products + 1)
        if kind == "clusters":
            mine = range(1 + account % 4, products + 1, 4)
        for month in range(months):
            if chance.random() < 0.25:
                day = date(2023, 1, 1) + timedelta(30 * month + chance.randrange(28))
                rows.append((account, chance.choice(mine), day, chance.lognormvariate(5, 1)))
    return rows


def database(rows: list[Row]) -> duckdb.DuckDBPyConnection:
    connection = empty_duckdb()
    connection.execute(
        "CREATE TEMP TABLE converted_purchases (account_id BIGINT, product_id BIGINT, date DATE,"
        " status VARCHAR, converted DECIMAL(18, 4))"
    )
    if rows:
        marks = ", ".join(["(?, ?, ?, 'recognised', ?)"] * len(rows))
        values = [value for row in rows for value in row]
        connection.execute(f"INSERT INTO converted_purchases VALUES {marks}", values)
    return connection


def run(rows: list[Row], months: int = 12) -> BacktestFound:
    return backtest(database(rows), cutoff=CUTOFF, months=months)


def said(rows: list[Row]) -> bytes:
    """Everything that was predicted, as bytes."""
    connection = database(rows)
    found: Prediction = predict(connection, cutoff=CUTOFF, months=12)
    parts = [found.products.ids, found.accounts, found.segment_of, found.probability]
    for block in blocks_of(found.owned):
        parts += [np.ascontiguousarray(one) for one in found.orders(block).values()]
    return b"".join(part.tobytes() for part in parts)


def test_whatever_happens_after_the_cutoff_predictions_stay_the_same_to_the_byte() -> None:
    rows = history("clusters")
    known = [row for row in rows if row[2] < CUTOFF]
    corrupted: list[Row] = [
        *known,
        *((9_999, 777, CUTOFF + timedelta(n), -1e9) for n in range(50)),
        *((account, 1, CUTOFF, 1e9) for account in range(1, 241)),
    ]
    assert said(rows) == said(corrupted) == said(known)


def test_accounts_are_counted_as_a_loop_would_count_them() -> None:
    rows = history("clusters")
    until = months_after(CUTOFF, 6)
    before = [row for row in rows if row[2] < CUTOFF]
    known = {product for _, product, _, _ in before}
    recent = {a for a, _, day, _ in before if day >= months_after(CUTOFF, -24)}
    owned = {(a, p) for a, p, _, _ in before}
    counted = {
        a
        for a, p, day, _ in rows
        if CUTOFF <= day < until and p in known and (a, p) not in owned and a in recent
    }
    found = run(rows, months=6)
    assert found.accounts == len(counted)
    free = len({a for a, *_ in before}) * len(known) - len(owned)
    assert sum(one.cells for one in found.calibration.bins) == free


def test_ranges_that_accounts_keep_to_are_a_signal() -> None:
    found = run(history("clusters"))
    figures = {name: method.figures["ndcg@5"] for name, method in found.methods.items()}
    assert found.verdict == "signal"
    assert figures["groundplan"] > 0.97 * figures["cosine"]
    assert figures["groundplan"] > figures["popularity"] + 0.2
    assert found.calibration.error < 0.05
    band = found.methods["groundplan"].bands["ndcg@5"]
    assert band.low < figures["groundplan"] < band.high


def test_noise_is_called_what_it_is() -> None:
    found = run(history("noise"))
    assert found.verdict in ("none", "popularity")
    assert found.methods["groundplan"].figures["ndcg@5"] == pytest.approx(found.chance, abs=0.05)
    assert found.calibration.error < 0.05


@pytest.mark.parametrize(
    ("accounts", "over_popularity", "over_chance", "said"),
    [
        (29, 0.2, 0.2, "few"),
        (30, 0.2, 0.2, "signal"),
        (30, -0.01, 0.2, "popularity"),
        (30, 0.0, 0.2, "popularity"),
        (30, 0.01, -0.01, "none"),
        (30, -0.01, 0.0, "none"),
    ],
)
def test_only_what_beats_chance_and_popularity_is_called_a_signal(
    accounts: int, over_popularity: float, over_chance: float, said: str
) -> None:
    leads = (Band(low, low + 0.05) for low in (over_popularity, over_chance))
    assert verdict_of(accounts, *leads) == said


def test_the_same_history_gives_the_same_figures_in_any_order() -> None:
    rows = history("clusters", accounts=80)
    first = run(rows)
    random.Random(1).shuffle(rows)
    assert run(rows) == first


def test_nothing_before_the_cutoff_is_an_error_that_says_so() -> None:
    with pytest.raises(InvalidInput, match="Nothing was bought before"):
        run([])
    with pytest.raises(InvalidInput, match="months"):
        run(history("noise", accounts=3), months=0)


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 1, date(2024, 1, 1), 5.0)],
        [(1, 1, date(2024, 1, 1), 5.0), (1, 2, date(2025, 8, 1), 5.0)],
        [(1, None, date(2024, 1, 1), 5.0), (1, 1, date(2025, 1, 1), 5.0)],
    ],
)
def test_one_account_or_one_product_is_too_few_to_tell(rows: list[Row]) -> None:
    found = run(rows)
    assert found.verdict == "few"
    assert found.accounts == 0


def test_a_window_is_a_year_or_half_of_a_shorter_history() -> None:
    assert learning_window(date(2020, 1, 1), CUTOFF).starts_on == date(2024, 7, 1)
    short = learning_window(date(2024, 11, 1), CUTOFF)
    assert (short.months, short.starts_on) == (4, date(2025, 3, 1))
    assert months_after(date(2024, 2, 29), -12) == date(2023, 2, 28)

"""Cuts the history at a day, says what would have been said, and looks what came true."""

from datetime import date

import duckdb
import numpy as np

from groundplan.engine.stages import run_stages
from groundplan.kernel.errors import InvalidInput
from groundplan.kernel.progress import Progress, Silent
from groundplan.measures.exposure import months_after
from groundplan.measures.ordering.contracts import Flags, Floats
from groundplan.measures.ordering.holdings import Holdings, blocks_of

from .contracts import (
    FIGURES,
    METHODS,
    BacktestFound,
    Band,
    Bin,
    Calibration,
    MethodFound,
    Verdict,
)
from .counting import Tally, edges_of, resamples
from .predicting import Prediction, predict

FEWEST = 30
MOST_MONTHS = 36


def backtest(
    connection: duckdb.DuckDBPyConnection,
    *,
    cutoff: date,
    months: int,
    progress: Progress | None = None,
) -> BacktestFound:
    """Predict at `cutoff`, then compare with the purchases of the `months` after it.

    Reads `converted_purchases` (account_id, product_id, date, status, converted) only; makes
    temporary tables, among them `accounts`, `products` and `footprint` as they were at the cutoff.
    Raises InvalidInput where nothing was bought before or after it.
    """
    told = progress or Silent()
    if not 1 <= months <= MOST_MONTHS:
        raise InvalidInput(f"Choose from 1 to {MOST_MONTHS} months.", field="months")
    told.step("predicting", 0.1)
    prediction = predict(connection, cutoff=cutoff, months=months)
    told.step("comparing", 0.6)
    days = {"cutoff": cutoff, "until": months_after(cutoff, months)}
    run_stages(connection, __package__, ("bought_after",), days)
    tally = Tally(_edges(prediction))
    for block in blocks_of(prediction.owned):
        _compare(connection, prediction, block, tally)
    told.step("resampling", 0.9)
    return _found(prediction, tally, cutoff, months)


def _compare(
    connection: duckdb.DuckDBPyConnection, prediction: Prediction, block: Holdings, tally: Tally
) -> None:
    free = block.held(prediction.at) == 0
    bought, recent = _after(connection, prediction, block)
    bought &= free
    probability = prediction.probability[prediction.segments(block)]
    tally.add_cells(block.accounts, probability, free, bought)
    counted = bought.any(axis=1) & recent
    if not counted.any():
        return
    judges = block.of(counted)
    orders = prediction.orders(judges)
    tally.add_orders(judges.accounts, orders, free[counted], bought[counted])


def _after(
    connection: duckdb.DuckDBPyConnection, prediction: Prediction, block: Holdings
) -> tuple[Flags, Flags]:
    """What the accounts bought after the cutoff, and which bought in the two years before it."""
    span = {"first": int(block.accounts[0]), "last": int(block.accounts[-1])}
    between = "WHERE account_id BETWEEN $first AND $last"
    rows = connection.execute(
        f"SELECT account_id, product_id FROM bought_after {between}", span
    ).fetchnumpy()
    bought = np.zeros((len(block.accounts), block.products), np.bool_)
    account = np.searchsorted(block.accounts, rows["account_id"])
    bought[account, prediction.products.places(rows["product_id"])] = True
    recent = connection.execute(
        f"SELECT recent FROM accounts {between} ORDER BY account_id", span
    ).fetchnumpy()["recent"]
    return bought, recent == 1


def _edges(prediction: Prediction) -> Floats:
    """Bins are laid by what was known: the cells of each segment and product at the cutoff."""
    shape = prediction.probability.shape
    accounts = np.bincount(prediction.segment_of, minlength=shape[0])
    owned = np.zeros(shape)
    for block in blocks_of(prediction.owned):
        np.add.at(owned, prediction.segments(block), block.held(prediction.at))
    return edges_of(prediction.probability, accounts[:, None] - owned)


def _found(prediction: Prediction, tally: Tally, cutoff: date, months: int) -> BacktestFound:
    draws = resamples()
    sizes = np.maximum(draws @ tally.accounts, 1e-9)
    accounts = max(tally.accounts.sum(), 1e-9)
    methods = {}
    for place, method in enumerate(METHODS):
        sums = tally.figures[place]
        figures = dict(zip(FIGURES, (sums.sum(axis=1) / accounts).tolist(), strict=True))
        bands = {name: _band(draws @ row / sizes) for name, row in zip(FIGURES, sums, strict=True)}
        methods[method] = MethodFound(figures, bands)
    ours, popular = tally.figures[METHODS.index("groundplan")], tally.figures[1]
    lead = _band(draws @ (ours[0] - popular[0]) / sizes)
    over_chance = _band(draws @ (ours[0] - tally.chance) / sizes)
    return BacktestFound(
        cutoff=cutoff,
        months=months,
        accounts=int(tally.accounts.sum()),
        methods=methods,
        calibration=_calibration(tally, draws),
        chance=float(tally.chance.sum() / accounts),
        lead=lead,
        verdict=verdict_of(int(tally.accounts.sum()), lead, over_chance),
        choice=prediction.choice,
        learned_from=prediction.window.starts_on,
    )


def verdict_of(accounts: int, lead: Band, over_chance: Band) -> Verdict:
    """What the leads of groundplan's order over popularity's and over shuffled ones say.

    Popularity can fall below chance, where most customers own what is popular: to beat it then is
    no signal.
    """
    if accounts < FEWEST:
        return "few"
    if over_chance.low <= 0:
        return "none"
    return "signal" if lead.low > 0 else "popularity"


def _calibration(tally: Tally, draws: Floats) -> Calibration:
    distance = np.abs(draws @ (tally.predicted - tally.observed).T).sum(axis=1)
    cells = np.maximum(draws @ tally.cells.sum(axis=0), 1e-9)
    sums = (tally.predicted.sum(axis=1), tally.observed.sum(axis=1), tally.cells.sum(axis=1))
    bins = tuple(
        Bin(predicted / count, observed / count, int(count))
        for predicted, observed, count in zip(*(part.tolist() for part in sums), strict=True)
        if count
    )
    total = max(sum(one.cells for one in bins), 1)
    error = sum(abs(one.predicted - one.observed) * one.cells for one in bins) / total
    return Calibration(error, _band(distance / cells), bins)


def _band(values: Floats) -> Band:
    low, high = np.percentile(values, (5, 95))
    return Band(float(low), float(high))

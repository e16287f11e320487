"""A back-test as JSON, and which one to propose."""

from dataclasses import asdict
from datetime import date
from typing import Any

from groundplan.measures.backtest import BacktestFound
from groundplan.measures.exposure import months_after

USUAL_MONTHS = 12


def told(found: BacktestFound) -> dict[str, Any]:
    """What was found, as the command prints it and files keep it."""
    bands = {
        name: {figure: asdict(band) for figure, band in method.bands.items()}
        for name, method in found.methods.items()
    }
    calibration = found.calibration
    return {
        "cutoff": found.cutoff.isoformat(),
        "months": found.months,
        "accounts": found.accounts,
        "methods": {name: method.figures for name, method in found.methods.items()},
        "calibration": {
            "error": calibration.error,
            "bins": [asdict(one) for one in calibration.bins],
        },
        "bands": {**bands, "calibration": {"error": asdict(calibration.band)}},
        "chance": {"ndcg@5": found.chance},
        "lead": asdict(found.lead),
        "verdict": found.verdict,
        "learned_from": found.learned_from.isoformat(),
        "recipe": asdict(found.choice.recipe),
    }


def proposed(first_on: date | None, as_of: date) -> tuple[date, int]:
    """A cutoff and months that leave enough history: a year, or a third of what there is."""
    if first_on is None:
        return months_after(as_of, -USUAL_MONTHS), USUAL_MONTHS
    history = (as_of.year - first_on.year) * 12 + as_of.month - first_on.month
    months = max(1, min(USUAL_MONTHS, history // 3))
    return months_after(as_of, -months), months

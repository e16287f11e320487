"""What whitespace would have said at an earlier day, against what accounts bought since."""

from .contracts import BacktestFound
from .testing import backtest

__all__ = ["BacktestFound", "backtest"]

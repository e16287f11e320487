"""A file a command, or a few that belong together."""

from .backtest import backtest
from .backup import backup, restore
from .check import check
from .facts import import_
from .plans import plan
from .ranges import ranges
from .results import analyse, performance, tiers, whitespace
from .serve import serve, work
from .undoing import undo_import

COMMANDS = [
    import_,
    undo_import,
    analyse,
    whitespace,
    tiers,
    performance,
    backtest,
    ranges,
    plan,
    serve,
    work,
    check,
    backup,
    restore,
]

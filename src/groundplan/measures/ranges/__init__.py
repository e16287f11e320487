"""Where revenue may land: P10, P50 and P90 from what is certain, booked, open and still white."""

from .contracts import Coverage, Horizon, Range
from .coverage import cover
from .estimate import Foretold, GroupRange, foretell
from .history import known_until
from .quarters import foretell_quarters, quarters_of
from .windows import horizon_of

__all__ = [
    "Coverage",
    "Foretold",
    "GroupRange",
    "Horizon",
    "Range",
    "cover",
    "foretell",
    "foretell_quarters",
    "horizon_of",
    "known_until",
    "quarters_of",
]

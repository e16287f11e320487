"""Where revenue may land: P10, P50 and P90 from what is certain, booked, open and still white.

`estimate` ranges every group over one horizon, `quarters` over those that follow one another.
`past` and `windows` choose what the horizon is compared with, `donors` and `history` what followed
then for accounts alike, `outlook` what all that says of the horizon: with `seasons`, how far single
parts keep away from the rest (`leaning`) and what `newcomers` bring. `simulate` draws outcomes, and
`coverage` holds earlier ranges against what came true.
"""

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

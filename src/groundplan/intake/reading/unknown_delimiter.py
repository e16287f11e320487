"""Files whose cells are separated by a character that nobody looks for: refused, with what it
may be."""

from collections import Counter
from collections.abc import Sequence

from groundplan.kernel.errors import InvalidInput

ODD = "~^:#!¦§¬"
"""Characters that exports part cells with now and then, besides the usual delimiters."""
_FEWEST_LINES = 2
_MOST_LINES = 0.9


def check_divided(name: str, lines: Sequence[str], columns: int) -> None:
    """Raises InvalidInput for a file of one column whose lines, the header's too, nearly all hold
    the same number of one odd character: else it would be told that its columns are of no table."""
    odd = _parting(lines) if columns == 1 else ""
    if not odd:
        return
    raise InvalidInput(
        f"{name} was read as a single column: cells are looked for between commas, semicolons, tabs"
        f" and bars (|), and its lines hold {odd} instead.",
        field=name,
        mend=f"Put a line that says sep={odd} above the header.",
    )


def _parting(lines: Sequence[str]) -> str:
    filled = [line for line in lines if line.strip()]
    if len(filled) < _FEWEST_LINES:
        return ""
    for odd in ODD:
        count, times = Counter(line.count(odd) for line in filled).most_common(1)[0]
        if count and filled[0].count(odd) == count and times >= _MOST_LINES * len(filled):
            return odd
    return ""

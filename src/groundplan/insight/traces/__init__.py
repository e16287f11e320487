"""Where does this number come from? One function a family of numbers.

`explaining` is the way in: `asking` finds what the question is about and refuses what the viewer
may not see, `registry` knows which function answers, and that function computes the number anew
and names its parts. `listing` counts, sums and pages through the rows behind it; `tables` and
`cells` are the facts and the whitespace as SQL, cut down to what was asked.
"""

from .contracts import Answer, Explanation, Page, Rows
from .explaining import explain, measures

__all__ = ["Answer", "Explanation", "Page", "Rows", "explain", "measures"]

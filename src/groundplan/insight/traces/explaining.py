"""Explains a number: finds what it is about, asks its family, says over which snapshot."""

from groundplan.kernel.figures import Trace
from groundplan.people.contracts import Scope
from groundplan.snapshots.selectors import current

# Imported for their registrations.
from . import counts, facts, goals, needs, pipeline, ranges, revenue, tiers, trials, whitespace  # noqa: F401
from .asking import ask, unknown
from .contracts import Explanation, Page
from .registry import explainer_of, measures

__all__ = ["explain", "measures"]


def explain(viewer: Scope, trace: Trace, page: Page | None = None) -> Explanation:
    """Compute the number anew from the snapshot's facts and list the rows it came from.

    Raises NotFound for an unknown measure, for what the viewer may not see, and where nothing
    was published yet: they look alike. Rows at other people's accounts are only counted.
    """
    explainer = explainer_of(trace.measure)
    snapshot = current()
    if explainer is None or snapshot is None:
        raise unknown()
    question = ask(viewer, snapshot, trace, page or Page())
    answer = explainer(question)
    return Explanation(
        trace=trace,
        subject=question.subject,
        value=answer.value,
        formula=answer.formula,
        parts=answer.parts,
        rows=answer.rows,
        words=answer.words,
        snapshot=str(snapshot.uid),
        as_of=snapshot.as_of,
        taken_at=snapshot.taken_at,
    )

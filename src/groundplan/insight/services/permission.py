"""Who decides how everybody's results are computed."""

from groundplan.kernel.errors import NotAllowed
from groundplan.people.contracts import Scope


def may_set(viewer: Scope) -> None:
    """Raises NotAllowed for whoever may not decide how everybody's results are computed."""
    if not viewer.sees_all:
        raise NotAllowed("Only a leader or an administrator sets how results are computed.")

"""Has a worker analyse the facts as they are now."""

from uuid import UUID

from groundplan.insight.deeds import ANALYSE
from groundplan.kernel.errors import NotAllowed
from groundplan.organisation.jobs import job_enqueue
from groundplan.people.contracts import Scope


def analysis_request(*, viewer: Scope) -> UUID:
    """The uid of the job; of the one that waits already, where there is one. Raises NotAllowed.

    Imports and edits ask for theirs themselves: this is for what is left after one failed.
    """
    if not viewer.may_import:
        raise NotAllowed("Only whoever imports facts has them analysed.")
    return job_enqueue(kind=ANALYSE, actor=viewer.actor).uid

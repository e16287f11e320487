"""What people changed since the numbers that everybody sees were computed."""

from groundplan.insight.deeds import OF_MANY, changes_numbers
from groundplan.organisation.selectors import audit_since
from groundplan.snapshots.contracts import CurrentSnapshot

MOST_COUNTED = 500


def edits_pending(current: CurrentSnapshot | None) -> int:
    """How many edits the current numbers don't hold yet; counted up to MOST_COUNTED.

    Only a number, of everybody's edits: the analysis that takes them in is everybody's too.
    """
    if current is None:
        return 0
    actions = audit_since(current.taken_at)[:MOST_COUNTED]
    return sum(changes_numbers(one) and not one.endswith(OF_MANY) for one in actions)

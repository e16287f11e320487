"""What a new plan comes with: suggestions from facts, each with its evidence."""

from groundplan.people.contracts import Scope
from groundplan.plans.models import Plan


def plan_prefill(*, viewer: Scope, plan: Plan) -> int:
    """Add suggestions to a plan that was just begun; returns how many."""
    return 0

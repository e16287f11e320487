"""What the plans below a manager's come to, beside the manager's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from groundplan.plans.contracts import Objective, PlanHead

from .metrics import in_period, metric_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rolled:
    """The targets of one metric over its whole time: of the manager's plan, and of those below."""

    metric: str
    own: Decimal
    below: Decimal

    @property
    def gap(self) -> Decimal:
        """What the plans below leave open; negative where they promise more."""
        return self.own - self.below


def nearest(plans: Iterable[tuple[str, T]]) -> list[T]:
    """Of plans with the place of their owner (`/1/5/`), those that no other's owner stands above.

    A director's roll-up has the managers' plans and, where a manager has none, the sellers':
    adding both would count the same work twice.
    """
    found: list[tuple[str, T]] = []
    for path, plan in sorted(plans, key=lambda one: one[0]):
        if not any(path != above and path.startswith(above) for above, _plan in found):
            found.append((path, plan))
    return [plan for _path, plan in found]


def rolled(
    own: Sequence[tuple[PlanHead, Objective]], below: Sequence[tuple[PlanHead, Objective]]
) -> tuple[Rolled, ...]:
    """Targets by metric, in the order in which they are met. Metrics that don't add up, such as
    coverage, are left out, and so are suggestions."""
    mine, theirs = _sums(own), _sums(below)
    zero = Decimal(0)
    metrics = dict.fromkeys([*mine, *theirs])
    return tuple(Rolled(one, mine.get(one, zero), theirs.get(one, zero)) for one in metrics)


def _sums(objectives: Sequence[tuple[PlanHead, Objective]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for plan, objective in objectives:
        if objective.metric and not objective.is_suggested and metric_of(objective.metric).grows:
            known = found.get(objective.metric, Decimal(0))
            found[objective.metric] = known + in_period(objective, plan)
    return found

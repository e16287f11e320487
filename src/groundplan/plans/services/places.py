"""Where a part stands among its siblings."""

from groundplan.kernel.errors import InvalidInput
from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.rules.kinds import KINDS

from .rows import kind_of_row

GAP = 1024
"""Between neighbours, so that most moves renumber nothing."""


def parent_checked(row: PlanPart, parent: PlanPart | None) -> None:
    """Raises InvalidInput where a part of this kind can't hang below `parent`."""
    below = KINDS[kind_of_row(row)].below
    if (parent is None and below) or (parent is not None and parent.kind not in below):
        above = ", ".join(below)
        message = f"It belongs to one of: {above}." if below else "It belongs to no other part."
        raise InvalidInput(message, field="parent")


def place(plan: Plan, row: PlanPart, before_uid: str = "") -> int:
    """The position of `row` below its parent: last, or before the sibling named."""
    siblings = PlanPart.objects.filter(
        plan=plan, kind=row.kind, parent=row.parent, removed_at__isnull=True
    ).exclude(pk=row.pk)
    if not before_uid:
        last = siblings.order_by("-position").values_list("position", flat=True).first()
        return GAP if last is None else last + GAP
    ordered = list(siblings.order_by("position", "pk").only("pk", "uid", "position"))
    at = next((i for i, one in enumerate(ordered) if str(one.uid) == before_uid), None)
    if at is None:
        raise InvalidInput("Its new neighbour isn't there any more.", field="before")
    low = ordered[at - 1].position if at else ordered[0].position - 2 * GAP
    if ordered[at].position - low < 2:
        _spread(ordered)
        low = ordered[at].position - GAP
    return (low + ordered[at].position) // 2


def _spread(ordered: list[PlanPart]) -> None:
    for number, row in enumerate(ordered, 1):
        row.position = number * GAP
    PlanPart.objects.bulk_update(ordered, ["position"], batch_size=200)

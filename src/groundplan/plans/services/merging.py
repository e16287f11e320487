"""Two people edit one part: different fields merge, the same field is shown to the later of
them."""

from groundplan.plans.contracts import Clash, EditConflict
from groundplan.plans.models import PlanChange, PlanPart

from .rows import JsonMap, field_of


def merged(row: PlanPart, new: JsonMap, *, seen: int | None, override: bool) -> JsonMap:
    """What of `new` is to be saved over a row that may have changed since version `seen`.

    A field that the editor left as they saw it keeps what others wrote. Raises EditConflict where
    both changed one, differently, unless `override`.
    """
    if seen is None or seen >= row.version:
        return new
    since = changes_since(row, seen)
    clashes = []
    kept = dict(new)
    for field, yours in new.items():
        touched = [one for one in since if field in one.after]
        if not touched:
            continue
        base, theirs = touched[0].before.get(field), field_of(row, field)
        if yours == base:
            del kept[field]
        elif yours != theirs:
            last = touched[-1]
            clashes.append(Clash(field, base, theirs, yours, last.actor, last.at))
    if clashes and not override:
        raise EditConflict(tuple(clashes), row.version)
    return kept


def changes_since(row: PlanPart, seen: int) -> list[PlanChange]:
    """The changes that made the row's versions after `seen`, the earliest first: one each."""
    changes = PlanChange.objects.filter(plan_id=row.plan_id, part=row.uid).order_by("-number")
    return list(changes[: row.version - max(seen, 0)])[::-1]

"""Plans follow their accounts: two that become one, and two again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from groundplan.book.contracts import AccountRef
from groundplan.book.following import Pair
from groundplan.kernel.ids import uuid7
from groundplan.people.contracts import Scope
from groundplan.plans.models import Plan, PlanPart
from groundplan.plans.selectors.citing import cites, names_account, parts_naming

from .rows import JsonMap, rows_save
from .telling import owner, tell
from .writing import HEAD, Step, part_step, steps_write

PLANS, PARTS = "plan", "plan_part"
MERGED, DOUBLED = "plan.merged", "plan.doubled"
_NAMING = ("account", "account_name", "evidence")


class PlansFollow:
    """What plans do when accounts are merged: plans of the loser become the winner's, and parts
    that name or cite the loser name the winner. An owner who plans both for one period keeps both
    plans, is told, and the plan check says so until one of them is closed."""

    def counts(self, pair: Pair) -> dict[str, int]:
        plans = Plan.objects.filter(account=pair.loser.id).count()
        return {PLANS: plans, PARTS: len(parts_naming(pair.loser.uid))}

    def moved(self, *, viewer: Scope, pair: Pair) -> dict[str, Any]:
        plans = list(Plan.objects.select_for_update().filter(account=pair.loser.id).order_by("pk"))
        beside = _beside(plans, pair)
        parts = parts_naming(pair.loser.uid)
        kept = [_what_was(row, pair) for row in parts]
        for plan in plans:
            plan.account_id, plan.beside_id = pair.winner.id, beside.get(plan.pk)
            plan.save(update_fields=["account", "beside"])
        changed = [(row, _named_anew(row, pair)) for row in parts]
        _written(viewer, "merge", plans, (pair.loser, pair.winner), changed)
        _tell(viewer, [one for one in plans if one.pk not in beside], MERGED)
        _tell(viewer, [one for one in plans if one.pk in beside], DOUBLED)
        return {PLANS: [one.pk for one in plans], PARTS: kept}

    def going(self, pair: Pair, kept: Mapping[str, Any]) -> dict[str, int]:
        return {PLANS: len(_returning(pair, kept)), PARTS: len(_still_named(pair, kept))}

    def parted(self, *, viewer: Scope, pair: Pair, kept: Mapping[str, Any]) -> None:
        plans = _returning(pair, kept)
        for plan in plans:
            plan.account_id, plan.beside = pair.loser.id, None
            plan.save(update_fields=["account", "beside"])
        named = _still_named(pair, kept)
        changed = [(row, _named_as_before(row, was, pair)) for row, was in named]
        _written(viewer, "unmerge", plans, (pair.winner, pair.loser), changed)
        _tell(viewer, plans, MERGED)


def _beside(plans: Iterable[Plan], pair: Pair) -> dict[int, int]:
    """The live plan of the winner that each of these finds there, by its id."""
    rows = Plan.objects.filter(account=pair.winner.id, beside=None).exclude(state="closed")
    there = {(row.owner_id, row.period): row.pk for row in rows}
    found = {}
    for plan in plans:
        known = there.get((plan.owner_id, plan.period))
        if known is not None and plan.state != "closed":
            found[plan.pk] = known
    return found


def _what_was(row: PlanPart, pair: Pair) -> dict[str, Any]:
    """What a part says of the loser, to be said again."""
    loser = str(pair.loser.uid)
    cited = zip(row.values.get("evidence") or (), cites(row.values, loser), strict=True)
    return {
        "part": row.pk,
        "is_about": row.values.get("account") == loser,
        "name": row.values.get("account_name"),
        "evidence": [one.get("label") for one, is_it in cited if is_it],
    }


def _named_anew(row: PlanPart, pair: Pair) -> JsonMap:
    """The part's fields with the winner in the loser's place; returns them as they were."""
    loser, winner = str(pair.loser.uid), str(pair.winner.uid)
    before = _naming(row)
    if row.values.get("account") == loser:
        row.values["account"] = winner
        if "account_name" in row.values:
            row.values["account_name"] = pair.winner.name
    for one in row.values.get("evidence") or ():
        if one.get("kind") == "account" and one.get("key") == loser:
            one["key"] = winner
    return before


def _named_as_before(row: PlanPart, was: Mapping[str, Any], pair: Pair) -> JsonMap:
    """The part's fields with the loser again where it was and nobody put another since."""
    loser, winner = str(pair.loser.uid), str(pair.winner.uid)
    before = _naming(row)
    if was["is_about"] and row.values.get("account") == winner:
        row.values["account"] = loser
        if was["name"] and row.values.get("account_name") == pair.winner.name:
            row.values["account_name"] = was["name"]
    for one in row.values.get("evidence") or ():
        if one.get("kind") == "account" and one.get("key") == winner:
            one["key"] = loser if one.get("label") in was["evidence"] else winner
    return before


def _naming(row: PlanPart) -> JsonMap:
    return {name: deepcopy(row.values[name]) for name in _NAMING if name in row.values}


def _returning(pair: Pair, kept: Mapping[str, Any]) -> list[Plan]:
    """The plans that moved, and quarters and next years cut from them since."""
    there = Plan.objects.select_for_update().filter(account=pair.winner.id).order_by("pk")
    plans = list(there.filter(pk__in=kept[PLANS]))
    going = {plan.pk for plan in plans}
    for plan in there.exclude(pk__in=kept[PLANS]):
        if going.intersection((plan.parent_id, plan.previous_id)):
            going.add(plan.pk)
            plans.append(plan)
    return plans


def _still_named(pair: Pair, kept: Mapping[str, Any]) -> list[tuple[PlanPart, Mapping[str, Any]]]:
    winner = str(pair.winner.uid)
    known = {one["part"]: one for one in kept[PARTS]}
    rows = PlanPart.objects.filter(pk__in=list(known)).select_related("plan").order_by("pk")
    return [(row, known[row.pk]) for row in rows if names_account(row.values, winner)]


def _written(
    viewer: Scope,
    verb: str,
    plans: Sequence[Plan],
    accounts: tuple[AccountRef, AccountRef],
    parts: Iterable[tuple[PlanPart, JsonMap]],
) -> None:
    """Save what parts say now, and log it in each plan. Nobody edited: signatures stay."""
    was, now = ({"account": str(one.uid)} for one in accounts)
    steps: dict[int, list[Step]] = defaultdict(list)
    for plan in plans:
        steps[plan.pk].append(Step(verb, HEAD, plan.uid, plan.title, {**was}, {**now}))
    rows = []
    for row, before in parts:
        changed = {name: value for name, value in _naming(row).items() if before[name] != value}
        if changed:
            row.version += 1
            rows.append(row)
            old = {name: before[name] for name in changed}
            steps[row.plan_id].append(part_step(verb, row, old, changed, signed=True))
    if rows:
        rows_save(rows, {"values", "version"})
    for plan in Plan.objects.select_for_update().filter(pk__in=list(steps)).order_by("pk"):
        made = steps[plan.pk]
        group = uuid7() if len(made) > 1 else None
        steps_write(viewer=viewer, plan=plan, steps=made, group=group)


def _tell(viewer: Scope, plans: Iterable[Plan], code: str) -> None:
    for plan in plans:
        tell(viewer, plan, owner(plan), code)

"""What two accounts had before they became one: enough to tell them apart again."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import Max

from groundplan.book.contracts import AccountRef
from groundplan.book.following import Pair
from groundplan.book.models import (
    Account,
    AccountTeamMember,
    CompetitorPosition,
    Contact,
    Interaction,
    Lead,
    Opportunity,
    ProfileStatement,
)
from groundplan.book.rules import CUSTOM
from groundplan.database import bulk
from groundplan.sources.rules import as_json

Rows = type[models.Model]
MOVED: dict[str, Rows] = {
    "contact": Contact,
    "opportunity": Opportunity,
    "interaction": Interaction,
    "lead": Lead,
    "statement": ProfileStatement,
}
"""What an account has any number of."""
ONCE: dict[str, Rows] = {"position": CompetitorPosition, "team": AccountTeamMember}
"""What an account has once each: where both have one, the survivor's counts."""
ELSEWHERE = "elsewhere"
"""Under which is kept what other rooms moved, by the name of each."""
_ONE_OF: dict[str, tuple[str, ...]] = {
    "position": ("product_id", "by_hand"),
    "team": ("person_id",),
}


def pair_of(winner: Account, loser: Account) -> Pair:
    """The two as other rooms are told of them."""
    one, other = (AccountRef(row.pk, row.uid, row.name) for row in (winner, loser))
    return Pair(one, other)


def rows_of(kind: str) -> models.Manager[Any]:
    """Every row of a kind of MOVED or ONCE."""
    return {**MOVED, **ONCE}[kind]._default_manager  # noqa: SLF001


def what_was(winner: Account, loser: Account, gaps: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON, before anything moves: ids of the loser's rows that move, whole rows of those that
    make way, its divisions and parent, the winner's fields that `gaps` fills, and how far each
    table had got, so that what came later can be told."""
    moved = {kind: _ids(rows_of(kind).filter(account=loser)) for kind in MOVED}
    dropped = {}
    for kind, model in ONCE.items():
        away = _in_the_way(kind, winner, loser)
        moved[kind] = _ids(rows_of(kind).filter(account=loser).exclude(pk__in=away))
        if away:
            dropped[kind] = _whole(model, away)
    divisions = Account.objects.filter(parent=loser).exclude(pk=winner.pk)
    last = {kind: rows_of(kind).aggregate(last=Max("pk"))["last"] or 0 for kind in MOVED}
    return {
        "moved": moved,
        "dropped": dropped,
        "divisions": _ids(divisions),
        "parent": loser.parent_id,
        "filled": _filled(winner, gaps),
        "last": last,
    }


def _ids(rows: models.QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _in_the_way(kind: str, winner: Account, loser: Account) -> list[int]:
    """The loser's rows of which the winner has one too."""
    columns = _ONE_OF[kind]
    taken = set(rows_of(kind).filter(account=winner).values_list(*columns))
    mine = rows_of(kind).filter(account=loser).values_list("pk", *columns)
    return [pk for pk, *one in mine if tuple(one) in taken]


def _whole(model: Rows, ids: Sequence[int]) -> dict[str, Any]:
    """Rows as text: their columns, `id` first, and the values of each."""
    fields = model._meta.concrete_fields  # noqa: SLF001
    columns = [str(field.column) for field in fields if not field.primary_key]
    batches = bulk.rows_as_text(model, columns, among=ids)
    return {"columns": ["id", *columns], "rows": [list(row) for batch in batches for row in batch]}


def _filled(winner: Account, gaps: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The winner's fields before and after, custom attributes one by one."""
    filled = {
        field: {"from": as_json(getattr(winner, field)), "to": as_json(value)}
        for field, value in gaps.items()
        if field != "attributes"
    }
    for name, value in gaps.get("attributes", {}).items():
        if name not in winner.attributes:
            filled[f"{CUSTOM}{name}"] = {"from": None, "to": value}
    return filled

"""The rules that tiers are made from. What is changed counts from the next analysis on."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from groundplan.insight.models import AnalysisRun, Characteristic
from groundplan.kernel.errors import InvalidInput, NotAllowed, NotFound
from groundplan.measures.tiers import Characteristic as Rule
from groundplan.measures.tiers import check
from groundplan.organisation.services import audit_record
from groundplan.people.contracts import Scope
from groundplan.snapshots.selectors import current

FIELDS = ("name", "attribute", "operator", "value", "weight", "active", "position")


@transaction.atomic
def characteristic_create(
    *,
    viewer: Scope,
    name: str,
    attribute: str,
    operator: str,
    value: object = None,
    weight: float = 1.0,
) -> Characteristic:
    """Add a rule after the others. The default set, if it still counts, is kept as rules first."""
    may_set(viewer)
    default_set_keep()
    last = Characteristic.objects.aggregate(last=Max("position"))["last"]
    row = Characteristic(
        name=name.strip(),
        attribute=attribute,
        operator=operator,
        value=value,
        weight=weight,
        position=0 if last is None else last + 1,
    )
    _check(row)
    row.save()
    _record(viewer, "characteristic.create", row, {})
    return row


@transaction.atomic
def characteristic_update(*, viewer: Scope, uid: UUID, **changes: Any) -> Characteristic:
    """Change any of FIELDS of a rule. Raises NotFound, InvalidInput where it makes no sense."""
    may_set(viewer)
    row = _found(uid)
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise InvalidInput(f"A characteristic has no {', '.join(sorted(unknown))}.")
    changed = {}
    for field, value in changes.items():
        before = getattr(row, field)
        if before != value:
            changed[field] = {"from": before, "to": value}
            setattr(row, field, value)
    _check(row)
    row.save()
    if changed:
        _record(viewer, "characteristic.update", row, changed)
    return row


@transaction.atomic
def characteristic_delete(*, viewer: Scope, uid: UUID) -> None:
    """Remove a rule; without any the default set counts again."""
    may_set(viewer)
    row = _found(uid)
    _record(viewer, "characteristic.delete", row, {})
    row.delete()


def default_set_keep() -> int:
    """Turn the default set of the results shown into rules, so that it can be changed.

    Does nothing where there are rules already; returns how many were made.
    """
    shown = current()
    if shown is None or Characteristic.objects.exists():
        return 0
    run = AnalysisRun.objects.filter(uid=shown.results_uid).first()
    rules = run.parameters.get("characteristics", []) if run else []
    made = [Characteristic(position=place, **rule) for place, rule in enumerate(rules)]
    Characteristic.objects.bulk_create(made)
    return len(made)


def may_set(viewer: Scope) -> None:
    """Raises NotAllowed for whoever may not decide how everybody's results are computed."""
    if not viewer.sees_all:
        raise NotAllowed("Only a leader or an administrator sets how results are computed.")


def _check(row: Characteristic) -> None:
    if not row.name:
        raise InvalidInput("A characteristic needs a name.", field="name")
    check(Rule(row.name, row.attribute, row.operator, row.value, row.weight))


def _found(uid: UUID) -> Characteristic:
    row = Characteristic.objects.filter(uid=uid).first()
    if row is None:
        raise NotFound("There is no such characteristic.")
    return row


def _record(viewer: Scope, action: str, row: Characteristic, detail: dict[str, Any]) -> None:
    audit_record(
        viewer_actor=viewer.actor,
        action=action,
        kind="characteristic",
        key=str(row.uid),
        label=row.name,
        detail=detail,
    )

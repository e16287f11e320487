"""Rows of parts as the log sees them: named fields with values that JSON keeps."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date

from django.db.models import F

from groundplan.kernel import clock
from groundplan.plans.contracts import Kind
from groundplan.plans.models import PlanPart
from groundplan.plans.rules.kinds import COLUMNS, KINDS, Section, section_of
from groundplan.plans.rules.typing import Json

JsonMap = dict[str, Json]
_BULK = 200
_FLAGS = {"is_suggested", "removed_at"}
_PLACE = {"is_removed": "removed_at"}


_READ: dict[str, Callable[[PlanPart], Json]] = {
    "parent": lambda row: str(row.parent.uid) if row.parent else None,
    "owner": lambda row: row.owner_id,
    "due_on": lambda row: row.due_on.isoformat() if row.due_on else None,
    "status": lambda row: row.status or None,
    "is_removed": lambda row: row.removed_at is not None,
    "title": lambda row: row.title,
    "position": lambda row: row.position,
    "is_suggested": lambda row: row.is_suggested,
}


def field_of(row: PlanPart, name: str) -> Json:
    """A field of a part, or of its row, as the log has it; None where nothing is in it."""
    read = _READ.get(name)
    return read(row) if read else row.values.get(name)


def state_of(row: PlanPart) -> JsonMap:
    """Everything that a part says and where it hangs, without empty fields."""
    names = ["title", "parent", "position", "is_suggested"]
    names += [one.name for one in KINDS[kind_of_row(row)].fields]
    found = {name: field_of(row, name) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def put(row: PlanPart, values: Mapping[str, Json]) -> None:
    """Set fields on a row that isn't saved yet. `parent` is set by whoever has its row."""
    for name, value in values.items():
        if name == "owner":
            row.owner_id = value  # type: ignore[assignment]  # parsing gives ids
        elif name == "due_on":
            row.due_on = date.fromisoformat(str(value)) if value else None
        elif name == "status":
            row.status = str(value or "")
        elif name == "is_removed":
            row.removed_at = clock.now() if value else None
        elif name in ("title", "position", "is_suggested"):
            setattr(row, name, value)
        elif value is None:
            row.values.pop(name, None)
        elif name != "parent":
            row.values[name] = value


def columns_of(names: Iterable[str]) -> set[str]:
    """The columns in which these fields stand."""
    own = {*COLUMNS, "title", "parent", "position", "is_suggested"}
    found = {_PLACE.get(name, name if name in own else "values") for name in names}
    return found | {"version"}


def rows_save(rows: list[PlanPart], columns: Collection[str]) -> None:
    """Save what `put` changed, and the versions, of one row or of many."""
    if len(rows) == 1:
        rows[0].save(update_fields=sorted(columns))
        return
    alike = {name: {getattr(row, name) for row in rows} for name in set(columns) & _FLAGS}
    if rows and columns == alike.keys() | {"version"} and all(len(v) == 1 for v in alike.values()):
        # Far quicker than a case for each row.
        same = {name: values.pop() for name, values in alike.items()}
        chosen = PlanPart.objects.filter(pk__in=[row.pk for row in rows])
        chosen.update(version=F("version") + 1, **same)
    elif rows:
        PlanPart.objects.bulk_update(rows, sorted(columns), batch_size=_BULK)


def kind_of_row(row: PlanPart) -> Kind:
    kind: Kind = row.kind  # type: ignore[assignment]  # only kinds are written
    return kind


def section_of_row(row: PlanPart) -> Section:
    return section_of(kind_of_row(row), str(row.values.get("area", "")))

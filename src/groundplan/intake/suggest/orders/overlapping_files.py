"""Orders that stand line by line in two files of the same columns, such as a workbook's yearly
sheets that overlap by a few days: they count once, with the first of the files."""

from collections.abc import Collection, Mapping

from groundplan.intake.contracts import Join, TableMapping
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import ticked
from groundplan.intake.suggest.values.evidence import Evidence

_SAME = 0.95


def earlier_files_joined(
    each: Candidate,
    joins: Collection[Join],
    evidence: Evidence,
    chosen: Mapping[str, Candidate],
) -> list[tuple[Join, str]]:
    """For each earlier file that has the same orders: a join with it, to come after `joins`, and
    the expression by which those orders' lines are skipped here."""
    order = each.parts.get("order_id")
    if each.table != "purchases" or order is None:
        return []
    column = order.profile.column
    found: list[tuple[Join, str]] = []
    for other in _earlier(each, evidence, chosen):
        if _share_same(other, each.file, column, evidence) >= _SAME:
            join = Join(other, {column: column}, optional=True, first=True)
            place = len(joins) + len(found) + 1
            found.append((join, f"not empty({ticked(f'{other}#{place}:{column}')})"))
    return found


def _earlier(each: Candidate, evidence: Evidence, chosen: Mapping[str, Candidate]) -> list[str]:
    """The files before this one that tell orders in the very same columns."""
    files = list(evidence.files)
    return [
        other
        for other in files[: files.index(each.file)]
        if other in chosen and chosen[other].table == each.table
        if evidence.files[other].columns == evidence.files[each.file].columns
    ]


def _share_same(one: str, other: str, order: str, evidence: Evidence) -> float:
    """Of the orders that both files tell, the share whose lines are the same; 0 without any."""
    cells = ", ".join(map(quoted, evidence.files[one].columns))

    def orders(file: str) -> str:
        return (
            f"SELECT {quoted(order)} AS k, count(*) AS n, sum(hash({cells})) AS h"
            f" FROM {quoted(evidence.files[file].relation)} WHERE k IS NOT NULL GROUP BY 1"
        )

    row = evidence.connection.execute(
        f"SELECT avg(CAST(a.n = b.n AND a.h = b.h AS INTEGER)) FROM ({orders(one)}) a"
        f" JOIN ({orders(other)}) b USING (k)"
    ).fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0


def overlap_note(table: TableMapping) -> str:
    """What a person is told of orders that count once; '' where there are none."""
    told = [
        join.file
        for place, join in enumerate(table.joins, 1)
        if any(f"not empty(`{join.file}#{place}:{key}`)" in table.skip for key in join.on.values())
    ]
    if not told or table.table != "purchases":
        return ""
    return f"{table.file}: orders that {' and '.join(told)} tells with the same lines count once."

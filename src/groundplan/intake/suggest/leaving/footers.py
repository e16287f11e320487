"""Lines of a report below its rows: totals, counts, the name of who made it."""

from groundplan.engine.facts import TABLES
from groundplan.intake.contracts import ColumnRule
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.reading.group_rows import is_total_sql
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import ticked
from groundplan.intake.suggest.values.evidence import Evidence

_MOST_FOOTERS = 0.34


def footers(each: Candidate, rules: dict[str, ColumnRule], evidence: Evidence) -> list[str]:
    """Rows that have none of the columns a row needs, but something in another.

    A report's first column carries its footers and totals, so it is not asked.
    """
    profiles = evidence.profiles[each.file]
    required = [column.name for column in TABLES[each.table].required]
    asked = [
        rules[name].column
        for name in required
        if name in rules
        and rules[name].column in profiles
        and profiles[rules[name].column].position > 0
        and name != "amount"
    ]
    asked = list(dict.fromkeys(asked))
    if len(asked) < 1 or (len(asked) == 1 and TABLES[each.table].key):
        return []
    empty = " AND ".join(f"{quoted(column)} IS NULL" for column in asked)
    row = evidence.connection.execute(
        f"SELECT count(*) FILTER ({empty}), count(*)"
        f" FROM {quoted(evidence.files[each.file].relation)}"
    ).fetchone()
    none, rows = row or (0, 0)
    few = none <= max(12, _MOST_FOOTERS * rows) and (len(asked) > 1 or none <= max(2, 0.1 * rows))
    if not none or not (few or _of_groups(each.file, empty, evidence)):
        return []
    return [" and ".join(f"empty({ticked(column)})" for column in asked)]


def _of_groups(file: str, empty: str, evidence: Evidence) -> bool:
    """Do all the rows that lack what a row needs only begin or end a group of a report?"""
    first, *others = map(quoted, evidence.files[file].columns)
    alone = " AND ".join(f"{name} IS NULL" for name in others) or "false"
    row = evidence.connection.execute(
        f"SELECT count(*) FILTER ({empty} AND NOT (({alone}) OR {is_total_sql(first)})),"
        f" count(*) FILTER (NOT ({empty})) FROM {quoted(evidence.files[file].relation)}"
    ).fetchone()
    return bool(row and row[0] <= 1 and row[1])

"""Tables with a column for each month or quarter: every filled cell becomes a row of its own."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from groundplan.engine.sql import literal, quoted
from groundplan.intake.contracts import StagedFile

from .group_rows import is_total_sql
from .months import FEWEST, month_and_measure

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_TOTAL = re.compile(r"^(grand |sub)?totals?$|^20[0-4]\d totals?$|^(gesamt|summe|gesamtergebnis)$")
_DATE, _AMOUNT = "Date", "Amount"


@dataclass(frozen=True, slots=True)
class _Wide:
    """`others` are columns of no month and no total of months; `days` holds per month the column
    of each measure."""

    others: tuple[str, ...]
    measures: tuple[str, ...]
    days: dict[str, dict[str, str]]

    @property
    def columns(self) -> list[str]:
        return [column for of_day in self.days.values() for column in of_day.values()]


def unpivoted(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile:
    """The file with a column `Date` and one for each measure (`Amount` where none is named) in
    place of its months; itself without any.

    Lines stay what they are, so several rows, in the order of their months, share one. Empty cells,
    zeros and rows of totals are no rows. Months without a year are of the one year that the file's
    name or its titles tell.
    """
    wide = _wide(file)
    if wide is None or not _numbers(connection, file, wide.columns):
        return file
    kept = ", ".join(map(quoted, wide.others))
    told = " OR ".join(
        f"NOT regexp_full_match(coalesce({quoted(name)}, '-'), '[-–—]|[^0-9]*0*[.,]?0*[^0-9]*')"
        for name in wide.measures
    )
    relation = f"{file.relation}_months"
    connection.execute(
        f"CREATE TABLE {relation} AS SELECT _line, {kept}, {quoted(_DATE)},"
        f" {', '.join(map(quoted, wide.measures))} FROM ({_stacked(file, wide)})"
        f" WHERE NOT {is_total_sql(quoted(wide.others[0]))} AND ({told})"
        f" ORDER BY _line, {quoted(_DATE)}"
    )
    rows = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    columns = (*wide.others, _DATE, *wide.measures)
    return replace(file, relation=relation, columns=columns, rows=rows[0] if rows else 0)


def _stacked(file: StagedFile, wide: _Wide) -> str:
    """SQL of one SELECT for each month, put below each other."""
    kept = ", ".join(map(quoted, wide.others))
    parts = []
    for day, of_day in wide.days.items():
        cells = ", ".join(
            f"{quoted(of_day[name]) if name in of_day else 'NULL'} AS {quoted(name)}"
            for name in wide.measures
        )
        parts.append(
            f"SELECT _line, {kept}, {literal(day)} AS {quoted(_DATE)}, {cells} FROM {file.relation}"
        )
    return " UNION ALL ".join(parts)


def _wide(file: StagedFile) -> _Wide | None:
    """The file's months, where it has enough, each once for each thing that is measured."""
    year = _years_in((file.name, *file.above))
    told = {name: month_and_measure(name, year) for name in file.columns}
    named = {name: (day, _plain(measure)) for name, (day, measure) in told.items() if day}
    often = Counter(measure for _, measure in named.values())
    measures = [measure for measure, times in often.items() if times >= FEWEST]
    kept = {name: each for name, each in named.items() if each[1] in measures}
    others = tuple(n for n in file.columns if n not in named and not _TOTAL.search(n.lower()))
    taken = {name.lower() for name in others}
    if not kept or not others or len(set(kept.values())) < len(kept):
        return None
    if taken & {_DATE.lower(), *(measure.lower() or _AMOUNT.lower() for measure in measures)}:
        return None
    days: dict[str, dict[str, str]] = {}
    for name, (day, measure) in kept.items():
        days.setdefault(day, {})[measure or _AMOUNT] = name
    return _Wide(
        others, tuple(measure or _AMOUNT for measure in measures), dict(sorted(days.items()))
    )


def _plain(measure: str) -> str:
    """A measure without the number that makes headings unique: `Revenue 2` is `Revenue`."""
    return re.sub(r" \d+$", "", measure).strip()


def _years_in(titles: Sequence[str]) -> str:
    """The one year that a file's or sheet's name tells, or else its titles."""
    for told in (titles[:1], titles[1:]):
        found = {year for title in told for year in _YEAR.findall(title)}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _numbers(
    connection: duckdb.DuckDBPyConnection, file: StagedFile, columns: Sequence[str]
) -> bool:
    """Are nearly all filled cells of the columns numbers?"""
    listed = ", ".join(map(quoted, columns))
    row = connection.execute(
        "SELECT count(*), count(*) FILTER (regexp_matches(v, '\\d') AND"
        " length(regexp_replace(v, '[^[:alpha:]]', '', 'g')) <= 3) FROM"
        f" (UNPIVOT (SELECT {listed} FROM {file.relation}) ON {listed} INTO NAME c VALUE v)"
        " WHERE v NOT IN ('-', '–', '—')"
    ).fetchone()
    filled, numbers = row or (0, 0)
    return bool(filled and numbers > 0.95 * filled)

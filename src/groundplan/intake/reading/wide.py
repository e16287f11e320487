"""Tables with a column for each month or quarter: every filled cell becomes a row of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import combining, normalize

import duckdb

from groundplan.intake.contracts import StagedFile

from .lonely import is_total_sql
from .tables import literal, quoted

FEWEST = 3
_SPELT = """
january januar january janvier enero janeiro gennaio januari jaenner styczen
| february februar fevrier febrero fevereiro febbraio februari luty fbr
| march marz mars marzo marco maart mrt mrz maerz marec
| april avril abril aprile kwiecien
| may mai mayo maio maggio mei maj
| june juni juin junio junho giugno czerwiec
| july juli juillet julio julho luglio lipiec
| august aout agosto augustus augusti sierpien
| september septembre septiembre setembro settembre wrzesien
| october oktober octobre octubre outubro ottobre pazdziernik
| november novembre noviembre novembro listopad
| december dezember decembre diciembre dezembro dicembre desember grudzien
"""
_MONTHS = [group.split() for group in _SPELT.split("|")]
_NAMED = re.compile(r"^([^\W\d_]{3,10})\.?(?:[-/. ']*(20\d\d|\d\d))?$")
_NUMBERED = re.compile(r"^(20\d\d)[-/. ]?(0?[1-9]|1[0-2])([-/.](?:0?1)(?:[T ].*)?)?$")
_TURNED = re.compile(r"^(0?[1-9]|1[0-2])[-/. ](20\d\d)$")
_QUARTER = re.compile(r"^(?:(20\d\d)[-/. ]?)?[QTK]([1-4])(?:[-/. ]*(20\d\d|\d\d))?$", re.I)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")


def unpivoted(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> StagedFile:
    """The file with the columns `Date` and `Amount` in place of its months; itself without any.

    Lines stay what they are, so several rows share one. Empty cells, zeros and rows of totals are
    no rows. Months without a year are of the one year that the file's name tells.
    """
    told = _years_in(file.name)
    days = {name: day for name in file.columns if (day := month_of(name, told))}
    others = [name for name in file.columns if name not in days]
    if len(days) < FEWEST or len(days) != len(set(days.values())) or not others:
        return file
    if {"date", "amount"} & {name.lower() for name in others} or not _numbers(
        connection, file, list(days)
    ):
        return file
    kept = ", ".join(map(quoted, others))
    cases = " ".join(f"WHEN {literal(name)} THEN {literal(day)}" for name, day in days.items())
    relation = f"{file.relation}_months"
    connection.execute(
        f'CREATE TABLE {relation} AS SELECT _line, {kept}, CASE _month {cases} END AS "Date",'
        f' "Amount" FROM (UNPIVOT {file.relation} ON {", ".join(map(quoted, days))}'
        f' INTO NAME _month VALUE "Amount") WHERE NOT {is_total_sql(quoted(others[0]))}'
        " AND NOT regexp_full_match(\"Amount\", '[-–—]|[^0-9]*0*[.,]?0*[^0-9]*')"
        " ORDER BY _line"
    )
    rows = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    return replace(
        file, relation=relation, columns=(*others, "Date", "Amount"), rows=rows[0] if rows else 0
    )


def month_of(heading: str, year: str = "") -> str:
    """The first day (ISO) of the month or quarter that a heading names; '' where it names none.

    `year` is that of headings that tell none.
    """
    bare = normalize("NFKD", heading.strip().lower())
    text = "".join(letter for letter in bare if not combining(letter))
    if found := _NUMBERED.match(text):
        return _day(found[1], int(found[2]))
    if found := _TURNED.match(text):
        return _day(found[2], int(found[1]))
    if found := _QUARTER.match(text):
        return _day(found[1] or found[3] or year, 3 * int(found[2]) - 2)
    found = _NAMED.match(text)
    return _day(found[2] or year, _number(found[1])) if found else ""


def _number(name: str) -> int:
    """1 to 12 for a month's name or its beginning (`mar` and `march`, not `market`), else 0."""
    fitting = (
        number
        for number, spelt in enumerate(_MONTHS, 1)
        if any(month.startswith(name) for month in spelt)
    )
    return next(fitting, 0)


def _day(year: str, month: int) -> str:
    if not year or not month:
        return ""
    return f"{year if len(year) == 4 else '20' + year}-{month:02d}-01"


def _years_in(name: str) -> str:
    """The one year that a file's or sheet's name tells."""
    found = set(_YEAR.findall(name))
    return found.pop() if len(found) == 1 else ""


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

"""Dates as exports write them, read in SQL: the order of day and month from all values."""

from dataclasses import dataclass
from typing import Literal

import duckdb

from groundplan.engine.sql import literal, quoted

Order = Literal["day", "month"]

# The first three letters of months in the languages that exports come in, without accents.
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("jan", "ene", "gen"),
    ("feb", "fev", "fbr"),
    ("mar", "mrz", "mrt", "mae"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mei", "mag"),
    ("jun", "giu"),
    ("jul", "lug"),
    ("aug", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "dez", "dic"),
)
_TIME = r"([T ,]+\d{1,2}[:.]\d{2}.*| +-\d+)$"
_YEAR_FIRST = r"^(\d{4})(?:[-/.年]|\. )(\d{1,2})(?:[-/.月]|\. )(\d{1,2})[.日]?$"
_YEAR_LAST = r"^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})$"
_NAMED = r"^(\d{1,2})(?:st|nd|rd|th|\.)?[-/. ]*([^\d\s.,/-]{3,})[-/., ]*(\d{4}|\d{2})$"
_NAME_FIRST = r"^([^\d\s.,/-]{3,})\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d{2})$"
_SERIAL = r"^[2-7]\d{4}(\.\d+)?$"
ORDINAL_DAY = r"^(1[0-4]\d|20[0-4]\d)(00[1-9]|0[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])$"
"""The day of a year: 124032 (years since 1900) and 2024032 are 1 February 2024."""
MONTH_OF_YEAR = r"^(19|20)\d{2}[-/.]?0?(0[1-9]|1[0-2])$"
"""A period: 202403, 2024.03 and 2024.003 are March 2024."""
_MONTH_AND_YEAR = r"^(0{0,2}[1-9]|0?1[0-2])[-/.](19|20)\d{2}$"
NO_DAY = (
    r"^(0000\D00\D00|00\D00\D0000|(0001|1753)\D0?1\D0?1|0?1\D0?1\D(0001|1753)"
    r"|9999\D12\D31|(12\D31|31\D12)\D9999)(\D.*)?$"
)
"""How systems whose dates can't be empty write that there is none."""
LIKE_A_DATE = r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a column writes its dates. `iso`: all of them year-month-day, so no table is needed.

    `guessed` where day and month could be either way round in every value.
    """

    iso: bool
    order: Order = "month"
    guessed: bool = False
    format: str = ""


def date_style(
    connection: duckdb.DuckDBPyConnection, relation: str, column: str, hint: Order
) -> DateStyle:
    """Looks at every value of `column`; `hint` decides where the values don't."""
    x = quoted(column)
    plain = f"{x}[5] = '-' AND TRY_CAST(left({x}, 10) AS DATE) IS NOT NULL"
    found = connection.execute(
        f"SELECT count({x}) FILTER (NOT coalesce({plain}, FALSE)) FROM {relation}"
    ).fetchone()
    if not found or not found[0]:
        return DateStyle(iso=True)
    bare = f"regexp_replace({x}, '{_TIME}', '')"
    days, months, dots, either = connection.execute(
        f"SELECT coalesce(sum(n) FILTER (a > 12 AND b <= 12), 0),"
        f" coalesce(sum(n) FILTER (b > 12 AND a <= 12), 0),"
        f" count(*) FILTER (NOT contains(v, '/')), count(*) FROM"
        f" (SELECT v, n, TRY_CAST(regexp_extract(v, '{_YEAR_LAST}', 1) AS INTEGER) AS a,"
        f" TRY_CAST(regexp_extract(v, '{_YEAR_LAST}', 2) AS INTEGER) AS b FROM"
        f" (SELECT {bare} AS v, count(*) AS n FROM {relation} WHERE {x} IS NOT NULL GROUP BY v)"
        f" WHERE regexp_matches(v, '{_YEAR_LAST}'))"
    ).fetchone() or (0, 0, 0, 0)
    if days != months:
        return DateStyle(iso=False, order="day" if days > months else "month")
    # Only slashes are written both ways round; dots, dashes and blanks put the day first.
    order: Order = "day" if dots else hint
    return DateStyle(iso=False, order=order, guessed=bool(either) and not dots)


def iso_day_sql(text: str) -> str:
    """SQL of the DATE of a column that is year-month-day throughout."""
    return _sane(f"TRY_CAST(left({text}, 10) AS DATE)")


def days_sql(values: str, style: DateStyle) -> str:
    """SELECT of v and `day`, the DATE that it writes or NULL, over the SELECT `values` of v.

    Years from 1900 to 2199; ISO dates with or without time, day or month first, month names,
    yyyymmdd, Excel's day numbers, Unix times. In steps, each a column of the one before: nested
    into one expression the planner would take seconds.
    """
    if style.format:
        day = f"CAST(try_strptime(v, {literal(style.format)}) AS DATE)"
        return f"SELECT v, {_sane('day')} AS day FROM (SELECT v, {day} AS day FROM ({values}))"
    bare = f"SELECT v, regexp_replace(v, '{_TIME}', '') AS t FROM ({values})"
    order = "'d', 'm', 'y'" if style.order == "day" else "'m', 'd', 'y'"
    parts = (
        f"SELECT v, t, regexp_extract(t, '{_YEAR_FIRST}', ['y', 'm', 'd']) AS a,"
        f" regexp_extract(t, '{_YEAR_LAST}', [{order}]) AS b,"
        f" regexp_extract(t, '{_NAMED}', ['d', 'm', 'y']) AS c,"
        f" regexp_extract(t, '{_NAME_FIRST}', ['m', 'd', 'y']) AS e FROM ({bare})"
    )
    chosen = (
        "SELECT v, t, CASE WHEN a.y <> '' THEN a.y WHEN b.y <> '' THEN b.y WHEN c.y <> '' THEN c.y"
        " ELSE e.y END AS y, CASE WHEN a.y <> '' THEN a.m WHEN b.y <> '' THEN b.m WHEN c.y <> ''"
        " THEN c.m ELSE e.m END AS m, CASE WHEN a.y <> '' THEN a.d WHEN b.y <> '' THEN b.d"
        f" WHEN c.y <> '' THEN c.d ELSE e.d END AS d FROM ({parts})"
    )
    named = (
        "SELECT v, t, CASE WHEN length(y) <> 2 THEN y WHEN y < '70' THEN '20' || y"
        f" ELSE '19' || y END AS y, d, {_month('lower(strip_accents(m))')} AS m FROM ({chosen})"
    )
    days = f"SELECT v, {_other('t')} AS day FROM ({named})"
    return f"SELECT v, {_sane('day')} AS day FROM ({days})"


def _sane(day: str) -> str:
    return f"CASE WHEN year({day}) BETWEEN 1900 AND 2199 THEN {day} END"


def _month(name: str) -> str:
    """Digits as they are, else the number of the month whose name starts so."""
    whens = " ".join(
        f"WHEN left({name}, 3) IN ({', '.join(map(literal, names))}) THEN '{number}'"
        for number, names in enumerate(_MONTHS, 1)
    )
    french = f"WHEN {name} LIKE 'juin%' THEN '6' WHEN {name} LIKE 'juil%' THEN '7'"
    return f"CASE WHEN regexp_full_match(m, '\\d+') THEN m {french} {whens} END"


def _other(t: str) -> str:
    """Year, month and day put together; without a year the shapes that are one number."""
    cases = (
        (r"^\d{4}-\d{2}$", f"TRY_CAST({t} || '-01' AS DATE)"),
        (r"^(19|20|21)\d{6}$", f"CAST(try_strptime({t}, '%Y%m%d') AS DATE)"),
        (ORDINAL_DAY, _ordinal(t)),
        (MONTH_OF_YEAR, f"TRY_CAST(left({t}, 4) || '-' || right({t}, 2) || '-01' AS DATE)"),
        (_MONTH_AND_YEAR, _month_first(t)),
        (_SERIAL, f"DATE '1899-12-30' + CAST(floor(TRY_CAST({t} AS DOUBLE)) AS INTEGER)"),
        (r"^\d{13}$", f"CAST(make_timestamp(CAST({t} AS BIGINT) * 1000) AS DATE)"),
        (r"^\d{10}$", f"CAST(make_timestamp(CAST({t} AS BIGINT) * 1000000) AS DATE)"),
    )
    whens = " ".join(f"WHEN regexp_matches({t}, '{shape}') THEN {sql}" for shape, sql in cases)
    return f"CASE WHEN y <> '' THEN TRY_CAST(y || '-' || m || '-' || d AS DATE) {whens} END"


def _ordinal(t: str) -> str:
    year = f"TRY_CAST(left({t}, length({t}) - 3) AS INTEGER)"
    first = f"make_date(CASE WHEN {year} < 1000 THEN 1900 + {year} ELSE {year} END, 1, 1)"
    return f"{first} + TRY_CAST(right({t}, 3) AS INTEGER) - 1"


def _month_first(t: str) -> str:
    month = f"right('0' || regexp_extract({t}, '^0*(\\d+)', 1), 2)"
    return f"TRY_CAST(right({t}, 4) || '-' || {month} || '-01' AS DATE)"

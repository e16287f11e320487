"""Dates as exports write them, read in SQL: the order of day and month from all values."""

from dataclasses import dataclass
from typing import Literal

import duckdb

from groundplan.intake.reading.tables import literal, quoted

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
_TIME = r"[T ]+\d{1,2}[:.]\d{2}.*$"
_YEAR_FIRST = r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$"
_YEAR_LAST = r"^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})$"
_NAMED = r"^(\d{1,2})(?:st|nd|rd|th|\.)?[-/. ]*([^\d\s.,/-]{3,})[-/., ]*(\d{4}|\d{2})$"
_NAME_FIRST = r"^([^\d\s.,/-]{3,})\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d{2})$"
_SERIAL = r"^[2-7]\d{4}(\.\d+)?$"
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


def date_sql(text: str, style: DateStyle) -> str:
    """SQL of the DATE that the VARCHAR expression `text` writes; NULL for what is none.

    Years from 1900 to 2199; ISO dates with or without time, day or month first, month names,
    yyyymmdd, Excel's day numbers, Unix times.
    """
    if style.format:
        parsed = f"CAST(try_strptime({text}, {literal(style.format)}) AS DATE)"
    elif style.iso:
        parsed = f"TRY_CAST(left({text}, 10) AS DATE)"
    else:
        parsed = _any_date(f"regexp_replace({text}, '{_TIME}', '')", style.order)
    return f"CASE WHEN year({parsed}) BETWEEN 1900 AND 2199 THEN {parsed} END"


def _any_date(x: str, order: Order) -> str:
    day, month = (1, 2) if order == "day" else (2, 1)
    cases = (
        (_YEAR_FIRST, _day(_part(x, _YEAR_FIRST, 1), _part(x, _YEAR_FIRST, 2), x, _YEAR_FIRST, 3)),
        (_YEAR_LAST, _day(_year(x, _YEAR_LAST), _part(x, _YEAR_LAST, month), x, _YEAR_LAST, day)),
        (_NAMED, _day(_year(x, _NAMED), _month(x, _NAMED, 2), x, _NAMED, 1)),
        (_NAME_FIRST, _day(_year(x, _NAME_FIRST), _month(x, _NAME_FIRST, 1), x, _NAME_FIRST, 2)),
        (r"^\d{4}-\d{2}$", f"TRY_CAST({x} || '-01' AS DATE)"),
        (r"^(19|20|21)\d{6}$", f"CAST(try_strptime({x}, '%Y%m%d') AS DATE)"),
        (_SERIAL, f"DATE '1899-12-30' + CAST(TRY_CAST({x} AS DOUBLE) // 1 AS INTEGER)"),
        (r"^\d{13}$", f"CAST(make_timestamp(CAST({x} AS BIGINT) * 1000) AS DATE)"),
        (r"^\d{10}$", f"CAST(make_timestamp(CAST({x} AS BIGINT) * 1000000) AS DATE)"),
    )
    whens = " ".join(f"WHEN regexp_matches({x}, '{shape}') THEN {sql}" for shape, sql in cases)
    return f"(CASE {whens} END)"


def _part(x: str, shape: str, group: int) -> str:
    return f"regexp_extract({x}, '{shape}', {group})"


def _year(x: str, shape: str) -> str:
    """Two digits mean 1970 to 2069."""
    year = _part(x, shape, 3)
    return f"CASE WHEN length({year}) = 4 THEN {year} WHEN {year} < '70' THEN '20' || {year} ELSE '19' || {year} END"  # noqa: E501 - one expression


def _month(x: str, shape: str, group: int) -> str:
    name = f"lower(strip_accents({_part(x, shape, group)}))"
    whens = " ".join(
        f"WHEN left({name}, 3) IN ({', '.join(map(literal, names))}) THEN '{number}'"
        for number, names in enumerate(_MONTHS, 1)
    )
    return f"CASE WHEN {name} LIKE 'juin%' THEN '6' WHEN {name} LIKE 'juil%' THEN '7' {whens} END"


def _day(year: str, month: str, x: str, shape: str, group: int) -> str:
    return f"TRY_CAST(({year}) || '-' || ({month}) || '-' || {_part(x, shape, group)} AS DATE)"

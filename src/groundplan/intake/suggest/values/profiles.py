"""What the values of a staged column look like."""

from dataclasses import dataclass
from typing import Any

import duckdb

from groundplan.intake.contracts import StagedFile
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.numbers import Mark, number_sql, shows
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.headings.shared_prefixes import shared_prefix, without_lines
from groundplan.intake.validating.dates import MONTH_OF_YEAR, ORDINAL_DAY
from groundplan.intake.validating.words import currency_name_sql

_SAMPLE = 20_000
_NEARLY_ALL = 0.97
_SOME = 0.15
_FEWEST_BLANKS = 3
_FEWEST_MONTHS = 6
_MONTH = (
    "jan|ene|gen|feb|fev|fév|mar|mrz|mär|apr|avr|abr|may|mai|mei|mag|jun|jui|giu|jul|lug|aug|aoû"
)
_MONTHS = f"(?i:{_MONTH}|ago|sep|set|oct|okt|ott|out|nov|dec|déc|dez|dic)"
_DATE = (
    r"^\d{4}([-/.年]|\. )\d{1,2}([-/.月]|\. )\d{1,2}[.日]?([T ].*)?$"
    r"|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([T ,].*)?$"
    r"|^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$"
    r"|^\d{1,2}(st|nd|rd|th)?[- .]+[A-Za-zäéû]{3,9}\.?[- ,.]+\d{2,4}( .*)?$"
    rf"|^{_MONTHS}[a-zé]*\.?[- ]\d{{1,2}}(st|nd|rd|th)?[-, ]+(\d{{4}}|\d{{2}})([ ,].*)?$"
    r"|^(19|20)\d{2}([-/]|\.0)(0[1-9]|1[0-2])$|^0{0,2}(0?[1-9]|1[0-2])[./-](19|20)\d{2}$"
)
_TESTS = {
    "dates": f"regexp_matches(v, '{_DATE}')",
    "months": f"regexp_matches(v, '{MONTH_OF_YEAR}')",
    "ordinals": f"regexp_matches(v, '{ORDINAL_DAY}')",
    "emails": "regexp_matches(v, '^[^@ ]+@[^@ ]+\\.[^@ ]+$')",
    "codes": f"(regexp_matches(upper(v), '^[A-Z]{{3}}$') OR {currency_name_sql('v')} IS NOT NULL)",
    "flags": "lower(v) IN ('0','1','true','false','yes','no','y','n','t','f','ja','nein','x',"
    "'nej','nei','nee','oui','non','si','sí','sì','sim','não','nao','tak','nie','да','нет','evet','hayır','はい','いいえ','是','否')",
    "numbers": "x IS NOT NULL",
    "serials": "x BETWEEN 30000 AND 75000 AND length(split_part(v, '.', 1)) = 5",
    "wholes": "x IS NOT NULL AND x = floor(x)",
    "letters": "regexp_matches(v, '\\pL')",
    "blanks": "contains(v, ' ')",
    "percents": "ends_with(v, '%')",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A column of a file in shares (0 to 1) of its filled cells, over the first 20,000 rows.

    `filled` is a share of rows, `distinct` of filled cells; `length` is the mean in characters.
    `lowest` and `highest` are of the cells that are numbers, None without any. `heading` is the
    column's name without what all columns of the file begin with, `nothing` the one text that
    stands in a column of dates where there is none.
    """

    file: str
    column: str
    position: int
    rows: int
    filled: float
    distinct: float
    kinds: int
    length: float
    longest: int
    lowest: float | None
    highest: float | None
    shares: dict[str, float]
    mark: Mark
    heading: str
    nothing: str

    def share(self, test: str) -> float:
        return self.shares.get(test, 0.0)

    @property
    def empty(self) -> bool:
        return self.filled == 0

    @property
    def unique(self) -> bool:
        """Fit for a key: filled and hardly ever repeated."""
        return self.filled > 0.97 and self.distinct > 0.999

    @property
    def numeric(self) -> bool:
        return self.share("numbers") > 0.9


def profiles_of(connection: duckdb.DuckDBPyConnection, file: StagedFile) -> dict[str, Profile]:
    """The profile of each column of a file, by its name, in file order.

    All columns are looked at in one go: values become rows (column, value, how often), so that
    each test is compiled once a file and made once a distinct value.
    """
    listed = ", ".join(quoted(column) for column in file.columns)
    rows = f"SELECT {listed} FROM {quoted(file.relation)} LIMIT {_SAMPLE}"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE cells AS SELECT c, v, count(*) AS n FROM"
        f" (UNPIVOT ({rows}) ON {listed} INTO NAME c VALUE v) GROUP BY c, v"
    )
    found = {row[0]: row[1:] for row in connection.execute(_measured()).fetchall()}
    connection.execute("DROP TABLE cells")
    seen = min(file.rows, _SAMPLE)
    shared = len(shared_prefix(file.columns))
    return {
        column: _profile(
            file,
            (column, without_lines(column[shared:], file.columns)),
            at,
            seen,
            found.get(column),
        )
        for at, column in enumerate(file.columns)
    }


def _measured() -> str:
    """SQL: per column the filled cells, distinct values, lengths, extremes, mark, test counts."""
    tests = ", ".join(f"coalesce(sum(n) FILTER ({test}), 0)" for test in _TESTS.values())
    other = f"NOT {_TESTS['dates']}"
    return (
        f"WITH marks AS MATERIALIZED (SELECT c, coalesce(sum(n) FILTER ({shows(',', 'v')}), 0) >"
        f" coalesce(sum(n) FILTER ({shows('.', 'v')}), 0) AS comma FROM cells GROUP BY c),"
        f" read AS MATERIALIZED (SELECT c, v, n, comma, CASE WHEN comma THEN"
        f" {number_sql('v', ',')} ELSE {number_sql('v', '.')} END AS x FROM cells JOIN marks"
        f" USING (c)) SELECT c, sum(n), count(*), sum(n * length(v)) / sum(n), max(length(v)),"
        f" min(x), max(x), any_value(comma), count(*) FILTER ({other}),"
        f" coalesce(sum(n) FILTER ({other}), 0),"
        f" any_value(v) FILTER ({other}), {tests} FROM read GROUP BY c"
    )


def _profile(
    file: StagedFile,
    named: tuple[str, str],
    position: int,
    seen: int,
    row: tuple[Any, ...] | None,
) -> Profile:
    nothing: tuple[Any, ...] = (0, 0, 0.0, 0, None, None, False, 0, 0, "", *(0 for _ in _TESTS))
    filled, kinds, length, longest, lowest, highest, comma, strange, often, text, *counts = (
        row or nothing
    )
    cells = max(int(filled), 1)
    shares = {name: float(count) / cells for name, count in zip(_TESTS, counts, strict=True)}
    column, heading = named
    if _counts_days(shares["ordinals"], heading, lowest, highest):
        shares["dates"] = shares["ordinals"]
    if shares["months"] > _NEARLY_ALL and cells > kinds >= _FEWEST_MONTHS:
        shares["dates"] = shares["months"]
    lone = (
        strange == 1
        and often >= _FEWEST_BLANKS
        and shares["dates"] > _SOME
        and not any(map(str.isdigit, text))
    )
    if lone:
        shares["dates"] = 1.0
    return Profile(
        file.name, column, position, seen, int(filled) / max(seen, 1), kinds / cells, kinds,
        float(length), longest, lowest, highest, shares, "," if comma else ".",
        heading, text if lone else "",
    )  # fmt: skip


_DAYS = frozenset(("date", "dt", "julian", "datum", "day", "dat", "fecha", "data"))


def _counts_days(share: float, heading: str, lowest: float | None, highest: float | None) -> bool:
    """Are numbers such as 124032 the 32nd day of 2024? Keys that are numbered on end would have
    days above 366 as soon as they reach another year."""
    if share < _NEARLY_ALL or lowest is None or highest is None:
        return False
    years = int(highest) // 1000 - int(lowest) // 1000
    return years > 0 or bool(_DAYS & set(words(heading))) or heading.upper().endswith("DJ")

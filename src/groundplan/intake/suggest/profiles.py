"""What the values of a staged column look like."""

from dataclasses import dataclass

import duckdb

from groundplan.intake.contracts import StagedFile
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.numbers import Mark, decimal_mark, number_sql

_SAMPLE = 20_000
_DATE = (
    r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ].*)?$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([T ,].*)?$"
    r"|^(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$"
    r"|^\d{1,2}[- .]+[A-Za-zäéû]{3,9}\.?[- ,.]+\d{2,4}( .*)?$"
    r"|^[A-Za-z]{3,9}\.? \d{1,2},? \d{4}( .*)?$|^\d{4}-\d{2}$"
)
_TESTS = {
    "dates": f"regexp_matches(v, '{_DATE}')",
    "emails": "regexp_matches(v, '^[^@ ]+@[^@ ]+\\.[^@ ]+$')",
    "codes": "regexp_matches(v, '^[A-Z]{3}$')",
    "flags": "lower(v) IN ('0','1','true','false','yes','no','y','n','t','f','ja','nein','x')",
    "numbers": "n IS NOT NULL",
    "wholes": "n IS NOT NULL AND n = floor(n)",
    "letters": "regexp_matches(v, '\\pL')",
    "blanks": "contains(v, ' ')",
    "percents": "ends_with(v, '%')",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A column of a file in shares (0 to 1) of its filled cells, over the first 20,000 rows.

    `filled` is a share of rows, `distinct` of filled cells; `length` is the mean in characters.
    `lowest` and `highest` are of the cells that are numbers, None without any.
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
    """The profile of each column of a file, by its name, in file order."""
    return {
        column: _profile(connection, file, column, at) for at, column in enumerate(file.columns)
    }


def _profile(
    connection: duckdb.DuckDBPyConnection, file: StagedFile, column: str, position: int
) -> Profile:
    mark: Mark = decimal_mark(connection, file.relation, column) or "."
    tests = ", ".join(f"count(*) FILTER ({test})" for test in _TESTS.values())
    row = connection.execute(
        f"WITH cells AS MATERIALIZED (SELECT v, {number_sql('v', mark)} AS n FROM "
        f"(SELECT {quoted(column)} AS v FROM {quoted(file.relation)} LIMIT {_SAMPLE})) "
        f"SELECT count(*), count(v), count(DISTINCT v), avg(length(v)), max(length(v)), "
        f"min(n), max(n), {tests} FROM cells"
    ).fetchone()
    assert row is not None
    rows, filled, kinds, length, longest, lowest, highest, *counts = row
    cells = max(filled, 1)
    shares = {name: count / cells for name, count in zip(_TESTS, counts, strict=True)}
    return Profile(
        file.name, column, position, rows, filled / max(rows, 1), kinds / cells, kinds,
        length or 0.0, longest or 0, lowest, highest, shares, mark,
    )  # fmt: skip

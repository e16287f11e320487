"""Suggested mappings that are refused: the last look before rows are taken that nobody looked at.

Each sentence names the columns that make no sense together; it is the file itself that shows it.
"""

from collections.abc import Mapping

import duckdb

from groundplan.intake import contracts
from groundplan.intake.contracts import StagedFile, TableMapping
from groundplan.intake.mapping.cells import quoted, staged_file
from groundplan.intake.mapping.numbers import decimal_mark, number_sql
from groundplan.intake.suggest.documents.outcomes import outcome_of
from groundplan.intake.suggest.headings.languages import translated
from groundplan.intake.suggest.headings.naming import named, words
from groundplan.intake.suggest.matching.expressions import ticked
from groundplan.intake.suggest.values.firms import share_of_firms

_FACTS = frozenset(("purchases", "opportunities"))
_SAMPLE = 20_000
_FEWEST_ROWS = 40
_FEW_ACCOUNTS, _TIMES, _MOST_FIRMS = 8, 10, 0.3
_OTHERS = "supplier vendor manufacturer maker brand carrier shipper warehouse competitor parent"
_NOT_BUYERS = frozenset(_OTHERS.split())
_MOST_STATES = 15
_APART, _DENSE, _LONG = 0.98, 3, 8
_HARDLY_ANY = 0.1
_SURELY = 0.85


def nonsense(
    mapping: contracts.Mapping,
    files: Mapping[str, StagedFile],
    connection: duckdb.DuckDBPyConnection,
) -> list[str]:
    """A sentence for each column that can't be what it was taken for; none where all may be."""
    found: list[str] = []
    for table in mapping.tables:
        file = staged_file(files, table.file)
        own = all(rule.column == name for name, rule in table.columns.items())
        if table.table not in _FACTS or own or file.rows < _FEWEST_ROWS:
            continue
        look = _Look(table, file, connection)
        found += [look.few_accounts(), look.numbered_amounts(), look.mixed_currencies()]
        if all(stage.outcome == "open" for stage in mapping.stages.values()):
            found.append(look.undecided())
    return [each for each in dict.fromkeys(found) if each]


class _Look:
    """One file of facts, its first rows."""

    def __init__(
        self, table: TableMapping, file: StagedFile, connection: duckdb.DuckDBPyConnection
    ) -> None:
        self.table, self.file, self.connection = table, file, connection

    def few_accounts(self) -> str:
        """All is said to be sold to a handful, though another column names many companies."""
        account = self._column("account_id")
        few = self._kinds(account) if account else 0
        if not 0 < few <= _FEW_ACCOUNTS:
            return ""
        for column in self._unused():
            own = words(column)
            many = 0 if _NOT_BUYERS & {*own, *translated(own)} else self._kinds(column)
            if _TIMES * few <= many and share_of_firms(self._values(column)) > _MOST_FIRMS:
                return (
                    f"{self.file.name}: {account} would tell {few} accounts, though {column} names"
                    f" {many:,} companies: say which of the two is account_id."
                )
        return ""

    def numbered_amounts(self) -> str:
        """Amounts are added up; numbers that run on end, or all of one great length, are names."""
        amount = self._column("amount")
        if not amount:
            return ""
        cell = quoted(amount)
        mark = self.table.decimal or decimal_mark(self.connection, self.file.relation, amount)
        row = self.connection.execute(
            f"SELECT count(x), count(DISTINCT x), bool_and(x = floor(x)), max(x) - min(x),"
            f" min(length(v)), max(length(v)), avg(CAST(x <> 0 AS INTEGER))"
            f" FROM (SELECT {cell} AS v, {number_sql(cell, mark or '.')} AS x FROM"
            f" {quoted(self.file.relation)} LIMIT {_SAMPLE}) WHERE x IS NOT NULL"
        ).fetchone()
        count, kinds, whole, spread, shortest, longest, told = row or (0, 0, False, 0, 0, 0, 1)
        if count < _FEWEST_ROWS:
            return ""
        if told < _HARDLY_ANY:
            return (
                f"{self.file.name}: {amount} is 0 on {1 - told:.0%} of the rows: say which column"
                " is amount."
            )
        dense = float(spread) < _DENSE * count or shortest == longest >= _LONG
        if whole and dense and kinds > _APART * count:
            return (
                f"{self.file.name}: {amount} numbers things rather than telling what they brought:"
                " say which column is amount."
            )
        return ""

    def mixed_currencies(self) -> str:
        """Amounts would be added up though a column tells that they are in several currencies."""
        if "currency" in self.table.columns or "amount" not in self.table.columns:
            return ""
        for column in self._unused():
            told = named(self.table.table, column).get("currency", 0.0)
            values = self._values(column) if told >= _SURELY else []
            if 2 <= len(values) <= _MOST_STATES:
                return (
                    f"{self.file.name}: {column} tells several currencies by names that are not"
                    f" known ({', '.join(sorted(values)[:3])}): say currency by their codes."
                )
        return ""

    def undecided(self) -> str:
        """No deal would be won or lost, though another column says which were."""
        if self.table.table != "opportunities":
            return ""
        for column in self._unused():
            if not 2 <= self._kinds(column) <= _MOST_STATES:
                continue
            if {"won", "lost"} <= {outcome_of(value).outcome for value in self._values(column)}:
                stage = self._column("stage") or "the stage"
                return (
                    f"{self.file.name}: by {stage} all deals would be open, though {column} tells"
                    " won ones from lost: say which column is stage."
                )
        return ""

    def _column(self, name: str) -> str:
        rule = self.table.columns.get(name)
        return rule.column if rule and rule.column in self.file.columns else ""

    def _unused(self) -> list[str]:
        rules = self.table.columns.values()
        plain = {rule.column for rule in rules}
        told = " ".join((*self.table.skip, *(rule.compute for rule in rules)))
        return [
            name for name in self.file.columns if name not in plain and ticked(name) not in told
        ]

    def _kinds(self, column: str) -> int:
        row = self.connection.execute(
            f"SELECT count(DISTINCT v) FROM (SELECT {quoted(column)} AS v FROM"
            f" {quoted(self.file.relation)} LIMIT {_SAMPLE})"
        ).fetchone()
        return int(row[0]) if row else 0

    def _values(self, column: str) -> list[str]:
        rows = self.connection.execute(
            f"SELECT DISTINCT v FROM (SELECT {quoted(column)} AS v FROM"
            f" {quoted(self.file.relation)} LIMIT {_SAMPLE}) WHERE v IS NOT NULL LIMIT 200"
        ).fetchall()
        return [value for (value,) in rows]

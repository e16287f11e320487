"""Customers that are written as `Company, Person` beside the company itself in the same column,
where no list of contacts tells: what was sold was sold to the company."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from groundplan.intake.contracts import ColumnRule, Join, TableMapping
from groundplan.intake.mapping.cells import literal, quoted
from groundplan.intake.suggest.headings.naming import meanings
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among_told, ticked
from groundplan.intake.suggest.matching.people import share_of_people
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.firms import share_of_firms

_FACTS = frozenset(("purchases", "opportunities"))
_MARKS = (", ", " / ", " - ", " – ")
_ADDRESSES = frozenset(("address", "invoice", "billing", "delivery", "shipping"))
_FEWEST, _COMPANIES, _MOST_LEFT = 5, 3, 20
_PEOPLE, _SOME_PEOPLE, _APART = 0.4, 0.15, 0.8
_SPELT, _OFTEN, _SEVERAL = 0.8, 0.1, 3
_SHORT = 2


def counted_for_companies(
    mapped: Sequence[tuple[Candidate, TableMapping]], evidence: Evidence
) -> Iterator[tuple[Candidate, TableMapping]]:
    """The tables of orders and deals, and the accounts made from them, with the company in place
    of its people."""
    rules = {}
    for _, table in mapped:
        rule = table.columns.get("account_id")
        if table.table in _FACTS and rule and rule.column in evidence.profiles[table.file]:
            rules[table.file, rule.column] = _told(table.file, rule.column, evidence)
    for each, table in mapped:
        rule = table.columns.get("account_id")
        told = rules.get((table.file, rule.column)) if rule else None
        if rule is None or told is None or table.table not in _FACTS | {"accounts"}:
            yield each, table
            continue
        mark, left = told
        yield each, _with_companies(table, rule, mark, left)


def companies_note(table: TableMapping) -> str:
    """What is told of it."""
    for join in table.joins:
        for key, column in join.on.items():
            if table.table in _FACTS and join.file == table.file and key.startswith("substring("):
                return (
                    f"{table.file}: where {column} names a person behind a company that is a"
                    " customer itself (`Company, Person`), the company counts."
                )
    return ""


def _with_companies(
    table: TableMapping, rule: ColumnRule, mark: str, left: Sequence[str]
) -> TableMapping:
    own = ticked(rule.column)
    last = f"split({own}, {mark!r}, -1)"
    before = f"substring({own}, 1, length({own}) - length({last}) - {len(mark)})"
    company = ticked(f"{table.file}#{len(table.joins) + 1}:{rule.column}")
    compute = f"coalesce({company}, {own})"
    if left:
        compute = f"if({among_told(last, left)}, {own}, {compute})"
    key = ColumnRule(compute=compute)
    columns = {name: key if one == rule else one for name, one in table.columns.items()}
    join = Join(table.file, {before: rule.column}, optional=True, first=True)
    return replace(table, columns=columns, joins=(*table.joins, join))


def _told(file: str, column: str, evidence: Evidence) -> tuple[str, tuple[str, ...]] | None:
    """The mark between companies and their people, and what stands behind it that is nobody: legal
    forms, places. None where the column has no such people."""
    profile = evidence.profiles[file][column]
    if profile.unique or profile.share("letters") < _SPELT:
        return None
    for mark in _MARKS:
        pairs = _pairs(file, column, mark, evidence)
        if len(pairs) >= _FEWEST and len({company for company, _ in pairs}) >= _COMPANIES:
            behind = Counter(person for _, person in pairs)
            left = tuple(sorted(one for one in behind if _is_nobody(one, behind, len(pairs))))
            if _are_people(behind) and len(left) <= _MOST_LEFT:
                return mark, left
    return None


def _pairs(file: str, column: str, mark: str, evidence: Evidence) -> list[tuple[str, str]]:
    """Customers whose name goes on behind that of another, with what it goes on with."""
    own, at = quoted(column), literal(mark)
    return evidence.connection.execute(
        f"WITH told AS (SELECT DISTINCT {own} AS v FROM {quoted(evidence.files[file].relation)}"
        f" WHERE {own} IS NOT NULL), cut AS (SELECT v, split_part(v, {at}, -1) AS behind FROM told"
        f" WHERE contains(v, {at})), pairs AS (SELECT left(v, length(v) - length(behind) -"
        f" {len(mark)}) AS company, behind FROM cut) SELECT company, behind FROM pairs"
        f" WHERE company IN (SELECT v FROM told) AND behind <> '' ORDER BY 1, 2"
    ).fetchall()


def _are_people(behind: Counter[str]) -> bool:
    """Many of them have given names that are known; or some have, and hardly any stands behind
    several companies, as places and legal forms do."""
    share, apart = share_of_people(behind), len(behind) / behind.total()
    return share >= _PEOPLE or (share >= _SOME_PEOPLE and apart >= _APART)


def _is_nobody(one: str, behind: Counter[str], pairs: int) -> bool:
    """A legal form or a place: a person stands behind few companies; an address of the company's
    is the company's."""
    if share_of_people((one,)) or _ADDRESSES & meanings(one):
        return False
    count, words = behind[one], len(one.split())
    if words <= _SHORT and share_of_firms((one,)):
        return True
    alone = words == 1 and count > 1
    return alone or any(map(str.isdigit, one)) or count >= max(_SEVERAL, _OFTEN * pairs)

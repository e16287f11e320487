"""Credit notes that a file writes without a minus: what they say is taken off."""

from collections.abc import Iterable, Sequence

from groundplan.intake.contracts import ColumnRule
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.numbers import number_sql
from groundplan.intake.suggest.documents.kinds import (
    credits_among,
    is_credit,
    takes_a_credit_back,
)
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.headings.shared_prefixes import subject_of
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among, column_of, ticked
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_ORDERS = frozenset(("order", "orders"))
_SISTERS = 0.8
_SELDOM, _MOSTLY = 0.2, 0.5
_EVERY = "every row"

Signs = tuple[int, int]
"""How many of some amounts are below 0, and how many there are."""


def taken_off(
    each: Candidate, rule: ColumnRule, cells: Sequence[Profile], evidence: Evidence
) -> ColumnRule:
    """The rule of an amount, with the credits among the rows taken off that have no minus yet;
    `cells` are the columns whose product has the amount's sign."""
    amount = rule.compute or f"number({ticked(rule.column)})"
    mixed = any((cell.lowest or 0) < 0 for cell in cells)
    if is_of_credits(each.file, evidence):
        minus = _share(_signs(each, cells, evidence).values()) if mixed else 0
        return rule if minus > _SELDOM else ColumnRule(compute=f"0 - ({amount})")
    kind = each.find("kind")
    values = evidence.values(kind[0].profile.file, kind[0].profile.column) if kind else []
    back = credits_among(values)
    if not back or len(back) == len(values):
        return rule
    if mixed:
        back = _without_minus(back, _signs(each, cells, evidence, by_kind=True))
    test = among(column_of(each, "kind"), back)
    return ColumnRule(compute=f"if({test}, 0 - ({amount}), {amount})") if back else rule


def _without_minus(back: Sequence[str], signs: dict[str, Signs]) -> list[str]:
    """The kinds of credits with hardly a negative line, in a file that has some: cancelled invoices
    may stand there with a minus and credit notes without. Where sales are minus, as ledgers book
    them, credits are rightly not; neither is what takes a credit back."""
    if _share(told for kind, told in signs.items() if kind not in back) > _MOSTLY:
        return []
    return [
        kind
        for kind in back
        if kind in signs and _share([signs[kind]]) <= _SELDOM and not takes_a_credit_back(kind)
    ]


def _share(signs: Iterable[Signs]) -> float:
    told = list(signs)
    return sum(minus for minus, _ in told) / max(sum(rows for _, rows in told), 1)


def _signs(
    each: Candidate, cells: Sequence[Profile], evidence: Evidence, *, by_kind: bool = False
) -> dict[str, Signs]:
    """How many amounts are below 0, and of how many, for each kind of document or for the file."""
    amount = " * ".join(number_sql(f"l.{quoted(one.column)}", one.mark) for one in cells)
    told, source = f"'{_EVERY}'", f"{quoted(evidence.files[each.file].relation)} l"
    kind = each.find("kind") if by_kind else None
    if kind is not None:
        match, partner = kind
        told = f"{'h' if partner else 'l'}.{quoted(match.profile.column)}"
        if partner is not None:
            on = " AND ".join(f"l.{quoted(a)} = h.{quoted(b)}" for a, b in partner.on.items())
            source += f" JOIN {quoted(evidence.files[partner.file].relation)} h ON {on}"
    rows = evidence.connection.execute(
        f"SELECT kind, count(*) FILTER (amount < 0), count(*) FROM (SELECT {told} AS kind,"
        f" {amount} AS amount FROM {source}) WHERE amount <> 0 AND kind IS NOT NULL GROUP BY kind"
    ).fetchall()
    return {kind: (minus, count) for kind, minus, count in rows}


def is_of_credits(file: str, evidence: Evidence) -> bool:
    """Does a file's name say that its documents are credit notes? One that tells of orders as well
    (`OrderReturn`) does so only beside a file of the same columns: that of the orders."""
    subject = subject_of(file)
    if not is_credit(subject) or not _ORDERS & set(words(subject)):
        return is_credit(subject)
    own = set(evidence.files[file].columns)
    others = [set(each.columns) for name, each in evidence.files.items() if name != file]
    return any(len(own & other) > _SISTERS * len(own) for other in others)

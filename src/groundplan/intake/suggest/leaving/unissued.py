"""Invoices of a state in which nothing is owed, though nothing was paid: they aren't sent yet."""

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.numbers import number_sql
from groundplan.intake.suggest.documents.states import may_be_unissued
from groundplan.intake.suggest.headings.naming import meanings
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among, column_of
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_GIVEN = """
paid payment payments received bezahlt gezahlt paye payee regle encaisse pagado cobrado pago pagato
betaald betalt betald
"""
_OWED = """
due balance outstanding owed offen restbetrag saldo solde restant pendiente adeudado residuo
openstaand skyldig utestaende
"""
_PAID, _DUE = frozenset(_GIVEN.split()), frozenset(_OWED.split())
_MOSTLY = 0.8
_NO_SUM = frozenset(("date", "day", "days", "on", "at", "method", "status", "terms", "id"))


def unissued(each: Candidate, evidence: Evidence) -> list[str]:
    """What is left out of documents that wait for something which is not their payment."""
    found = each.find("status") if each.table == "purchases" else None
    if found is None:
        return []
    state = found[0].profile
    paid, due = (_sum_of(state.file, told, evidence) for told in (_PAID, _DUE))
    waiting = [
        value for value in evidence.values(state.file, state.column) if may_be_unissued(value)
    ]
    if paid is None or due is None or not waiting:
        return []
    gone = [value for value in waiting if _counts_nothing(state, value, paid, due, evidence)]
    return [among(column_of(each, "status"), gone)] if gone else []


def _sum_of(file: str, told: frozenset[str], evidence: Evidence) -> Profile | None:
    """The one column of sums that is called so."""
    found = [
        profile
        for profile in evidence.profiles[file].values()
        if profile.numeric and told & meanings(profile.heading)
        if not _NO_SUM & meanings(profile.heading)
    ]
    return found[0] if len(found) == 1 else None


def _counts_nothing(
    state: Profile, value: str, paid: Profile, due: Profile, evidence: Evidence
) -> bool:
    """Is nothing paid and nothing due on documents of a state, while most others have either?"""
    cells = [number_sql(quoted(one.column), one.mark) for one in (paid, due)]
    some = " OR ".join(f"coalesce({cell}, 0) <> 0" for cell in cells)
    row = evidence.connection.execute(
        f"SELECT bool_or({some}) FILTER (v = ?), avg(CAST({some} AS INTEGER)) FILTER (v <> ?)"
        f" FROM (SELECT *, {quoted(state.column)} AS v FROM"
        f" {quoted(evidence.files[state.file].relation)})",
        [value, value],
    ).fetchone()
    own, others = row or (True, None)
    return not own and others is not None and others > _MOSTLY

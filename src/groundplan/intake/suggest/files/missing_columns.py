"""Why a file feeds no table: the columns it lacks, and which of its own they might be."""

from collections.abc import Collection, Sequence

from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.values.agreement import kind_of
from groundplan.intake.suggest.values.profiles import Profile

_MOST = 4
_WORTH_TELLING = 0.3


def why_no_table(every: Sequence[Candidate], profiles: Collection[Profile]) -> str:
    """For the nearest table the missing columns, each with the file's columns that might be it."""
    nearest = max(every, key=lambda each: (_is_facts(each), each.score))
    if not nearest.missing or nearest.score <= _WORTH_TELLING:
        return "its columns are those of no table"
    taken = {match.profile.column for match in nearest.parts.values()}
    left = [profile for profile in profiles if profile.column not in taken and not profile.empty]
    told = [f"{name} ({_might_be(nearest.table, name, left)})" for name in nearest.missing]
    return f"nearest to {nearest.table}, but lacks {', '.join(told)}"


def _is_facts(each: Candidate) -> bool:
    return each.table in ("purchases", "opportunities") and each.score > _WORTH_TELLING


def _might_be(table: str, part: str, left: Sequence[Profile]) -> str:
    test = {"date": "dates", "decimal": "numbers"}.get(kind_of(table, part), "letters")
    fitting = [profile.column for profile in left if profile.share(test) > 0.5]
    if not fitting:
        return "no column left has such values"
    return "may be " + " or ".join(fitting[:_MOST])

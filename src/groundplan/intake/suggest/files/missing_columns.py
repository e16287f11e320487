"""Why a file feeds no table: the columns it lacks, and which of its own they might be."""

from collections.abc import Collection, Sequence

from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.values.agreement import kind_of
from groundplan.intake.suggest.values.profiles import Profile

_MOST = 4
_WORTH_TELLING = 0.3
_SURE, _SEVERAL, _FEW = 0.8, 3, 30


def why_no_table(every: Sequence[Candidate], profiles: Collection[Profile]) -> str:
    """For the nearest table the missing columns, each with the file's columns that might be it."""
    nearest = max(every, key=lambda each: (_is_facts(each), each.score))
    if not nearest.missing or not (nearest.score > _WORTH_TELLING or _is_facts(nearest)):
        return "its columns are those of no table"
    taken = {match.profile.column for match in nearest.parts.values()}
    left = [profile for profile in profiles if profile.column not in taken and not profile.empty]
    told = [f"{name} ({_might_be(nearest.table, name, left)})" for name in nearest.missing]
    return f"nearest to {nearest.table}, but lacks {', '.join(told)}"


def _is_facts(each: Candidate) -> bool:
    """Orders and deals, at least those that lack one thing of several that are surely told."""
    sure = sum(match.score >= _SURE for match in each.parts.values())
    told = len(each.missing) == 1 and sure >= _SEVERAL
    return each.table in ("purchases", "opportunities") and (each.score > _WORTH_TELLING or told)


def _might_be(table: str, part: str, left: Sequence[Profile]) -> str:
    test = {"date": "dates", "decimal": "numbers"}.get(kind_of(table, part), "letters")
    fitting = [profile.column for profile in left if profile.share(test) > 0.5]
    if part == "account_id" and not any(_may_buy(profile) for profile in left):
        return "no column tells who buys: name one, or put all on one account by a mapping's value"
    if not fitting:
        return "no column left has such values"
    return "may be " + " or ".join(fitting[:_MOST])


def _may_buy(profile: Profile) -> bool:
    """Customers are many: what has a few texts, such as a region, names none."""
    return profile.share("letters") > 0.5 and profile.kinds > min(_FEW, 0.1 * profile.rows)

"""Files that tell a deal in several rows, one for each of its products, contacts or the like: what
the deal is worth stands on each of them and counts once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.fitting import THRESHOLD, Match
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_OF_ALL_ROWS = 0.98
_SURELY = 0.8
_APART = 0.999
_FEWEST_ROWS, _FEWEST, _KINDS = 12, 5, 5
_TOLD = ("name", "account_id", "account.name", "opened_on", "close_on", "closed_on", "owner",
         "status", "stage")  # fmt: skip
"""What all rows of a deal share, those that tell deals apart first."""


def one_row_a_deal(each: Candidate, evidence: Evidence) -> Candidate:
    """The candidate with what tells its deals apart and what each is worth, where several rows are
    one deal's; else itself."""
    parts = each.parts
    if each.table != "opportunities" or "opportunity_id" in parts or each.partners:
        return each
    shared = [parts[part].profile.column for part in _TOLD if part in parts]
    if len(shared) < 3 or evidence.apart(each.file, shared) > _APART:
        return each
    for key in _keys(each, shared, evidence):
        amount = _amount_of_deal(each, key, evidence)
        if amount is None and ("amount" in parts or not {"opened_on", "close_on"} & set(parts)):
            continue
        more = {"amount": amount} if amount else {}
        if len(key) > 1:
            return replace(each, parts=parts | more, repeats=True, key=key)
        deal = evidence.profiles[each.file][key[0]]
        more["opportunity_id"] = Match(deal, _SURELY, "its rows are one deal's")
        return replace(each, parts=parts | more, repeats=True)
    return each


def _keys(each: Candidate, shared: Sequence[str], evidence: Evidence) -> Iterator[tuple[str, ...]]:
    """The columns that tell deals apart: one that names them, whose rows share all that a deal
    has; or the fewest that do so together, one of them the deal's name."""
    profiles = evidence.profiles[each.file].values()
    named_so = [p for p in profiles if p.filled > _OF_ALL_ROWS and p.rows >= _FEWEST_ROWS]
    for profile in sorted(named_so, key=lambda one: -_names_deals(one)):
        if _names_deals(profile) < _SURELY:
            break
        if all(_tells(each.file, (profile.column,), one, evidence) for one in shared):
            yield (profile.column,)
    if "name" not in each.parts:
        return
    most, key = evidence.apart(each.file, shared), list(shared[:1])
    for column in shared[1:]:
        if evidence.apart(each.file, key) >= _APART * most:
            break
        if evidence.apart(each.file, [*key, column]) > evidence.apart(each.file, key):
            key.append(column)
    if len(key) > 1:
        yield tuple(key)


def _names_deals(profile: Profile) -> float:
    """An id before a name: names may be given twice."""
    told = named("opportunities", profile.heading)
    return max(told.get("opportunity_id", 0.0), 0.9 * told.get("name", 0.0))


def _tells(file: str, key: Sequence[str], column: str, evidence: Evidence) -> bool:
    """Do rows share a column's value wherever they share the key, as several do?"""
    several, same = (0, 1.0) if column in key else evidence.shared(file, key, column)
    return column in key or (several >= _FEWEST and same > _OF_ALL_ROWS)


def _amount_of_deal(each: Candidate, key: Sequence[str], evidence: Evidence) -> Match | None:
    """The amount that all rows of a deal repeat, though deals differ."""
    found = [
        (named(each.table, profile.heading).get("amount", 0.0), profile)
        for profile in evidence.profiles[each.file].values()
        if profile.numeric and (len(key) == 1 or profile.kinds > _KINDS)
    ]
    told = [
        (sure, profile)
        for sure, profile in found
        if sure >= THRESHOLD and _tells(each.file, key, profile.column, evidence)
    ]
    sure, profile = max(told, key=lambda one: one[0], default=(0.0, None))
    return Match(profile, sure, "all rows of a deal have the same") if profile else None

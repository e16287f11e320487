"""Sales that name no customer, only the place that was sold to: stores, dealers, clinics.

Only asked where nothing else may be the buyer: otherwise a shop is where somebody bought.
"""

from collections.abc import Iterable

from groundplan.intake.suggest.matching.buyers import said
from groundplan.intake.suggest.matching.fitting import Match, Parts
from groundplan.intake.suggest.values.profiles import Profile

_PLACES = """
store shop outlet retailer dealer distributor reseller wholesaler pharmacy hospital clinic practice
school restaurant hotel bar facility merchant member subscriber licensee franchisee tenant
establishment
"""
_PLACE = frozenset(_PLACES.split())
_KEY = frozenset(("id", "key", "code", "no", "nr", "number"))
_BESIDE = frozenset(("name", "title", "the", "of"))
_FEWEST = 3
_FILLED = 0.9
_SURE = 0.64


def outlet(profiles: Iterable[Profile], parts: Parts) -> Parts:
    """The key and the name of the places that sales go to; empty where no heading tells them, or
    those of several kinds of places."""
    if {"account_id", "account.name"} & set(parts):
        return {}
    taken = {match.profile.column for match in parts.values()}
    told = [
        (place, profile)
        for profile in profiles
        if profile.column not in taken and profile.kinds >= _FEWEST and profile.filled > _FILLED
        for place in _PLACE & said(profile)
        if said(profile) <= _KEY | _BESIDE | {place} and profile.share("dates") < _FILLED
    ]
    if len({place for place, _ in told}) != 1:
        return {}
    keys = [profile for _, profile in told if _KEY & said(profile)]
    names = [
        profile for _, profile in told if profile not in keys and profile.share("letters") > _FILLED
    ]
    found = (("account_id", keys), ("account.name", names))
    return {
        part: Match(columns[0], _SURE, "no other column tells who bought")
        for part, columns in found
        if columns
    }

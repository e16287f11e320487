"""Columns worth keeping as custom attributes: short, comparable, about the thing itself."""

from groundplan.intake.contracts import TableMapping
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.values.profiles import Profile

_OF_THE_SYSTEM = """
id key created modified by system modstamp modstamp viewed referenced photo latitude longitude
geocode address street phone fax mobile email mail salutation birthdate birthday assistant jigsaw
clean image picture url link notes comment comments description token password zip postal postcode
deleted modify checksum master record extension line1 line2 first last firstname lastname surname
contact vorname nachname person
"""
_NOT_KEPT = frozenset(_OF_THE_SYSTEM.split())
_MOST = 40


def attributes_of(mapping: TableMapping, profiles: dict[str, Profile]) -> tuple[str, ...]:
    """The headings to keep, in file order; none that identifies a person."""
    used = {rule.column for rule in mapping.columns.values()}
    kept = [
        profile.column
        for profile in profiles.values()
        if profile.column not in used and _worth_keeping(profile)
    ]
    return tuple(kept[:_MOST])


def _worth_keeping(profile: Profile) -> bool:
    if profile.empty or profile.longest > 200 or _NOT_KEPT & set(words(profile.heading)):
        return False
    if profile.share("emails") > 0.2:
        return False
    free_text = profile.distinct > 0.9 and profile.kinds > 20 and not profile.numeric
    return not free_text

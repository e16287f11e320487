"""Lists of customers or articles that orders refer to by name, whatever the lists are called."""

from collections.abc import Collection

from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

NAMES = {"account_id": "account.name", "product_id": "product.name"}
"""The part that holds a name where a reference holds no id."""
_FEWEST = 5
_NEARLY_ALL = 0.9
_LETTERS = 0.9
_LONGEST_NAME = 80


def listed_by_name(named: Profile, chosen: Collection[str], evidence: Evidence) -> Profile | None:
    """The column that tells apart the rows of a file that feeds nothing, and among whose texts are
    nearly all that `named` holds."""
    if named.kinds < _FEWEST or named.share("letters") < _LETTERS or named.share("emails") > 0:
        return None
    found = (
        profile
        for file, profiles in evidence.profiles.items()
        if file not in chosen and file != named.file
        for profile in profiles.values()
        if profile.unique
        and profile.share("letters") > _LETTERS
        and profile.length < _LONGEST_NAME
        and profile.share("emails") == 0
        and evidence.among(named, profile) > _NEARLY_ALL
    )
    return next(found, None)

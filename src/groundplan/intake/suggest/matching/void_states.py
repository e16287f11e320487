"""The column that says which documents count for nothing, whatever it is called."""

from groundplan.intake.suggest.documents.states import is_void
from groundplan.intake.suggest.matching.fitting import Extra
from groundplan.intake.suggest.values.evidence import Evidence

_SURELY = 1.01
"""Above any heading: a `State` of orders some of which are cancelled is no region."""


def void_states(file: str, evidence: Evidence) -> Extra:
    """A short list of which one value says that an order counts for nothing."""
    for profile in evidence.profiles[file].values():
        short = 2 <= profile.kinds <= 15 and profile.share("letters") > 0.9
        if short and any(map(is_void, evidence.values(file, profile.column))):
            return {("status", profile.column): (_SURELY, "some of its values are of no effect")}
    return {}

"""Which deeds change what numbers are computed from, so that an analysis has to follow."""

ANALYSE = "analyse"
"""The kind of the job that publishes the facts and analyses them."""
RANGES = "ranges"
"""The kind of the job that foretells ranges of revenue, after each analysis."""
QUARTERS = "quarters"
"""The kind of the job that foretells ranges of quarters, after those of the year."""
BACKTEST = "backtest"
"""The kind of the job that tests whitespace on the history, when somebody asks."""

FACTS_AND_RULES = (
    "account.",
    "characteristic.",
    "contact.",
    "import.undone",
    "insight.",
    "opportunity.",
    "organisation.update",
    "person.",
    "position.",
    "rate.",
    "stage.",
)
READ_AS_THEY_ARE = ("account.tier", "account.team")
"""Tiers set by hand and account teams count when they are read, without an analysis."""
OF_MANY = ".bulk"
"""Ends the entry of a deed on many things, each of which has an entry of its own besides."""


def changes_numbers(action: str) -> bool:
    """Whether the numbers have to be computed again after `action`, a code of the audit log."""
    return action.startswith(FACTS_AND_RULES) and not action.startswith(READ_AS_THEY_ARE)

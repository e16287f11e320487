"""Files that call every column what we call it: those are taken at their word."""

from collections.abc import Iterable

from groundplan.engine.facts import TABLES
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.fitting import Match
from groundplan.intake.suggest.values.profiles import Profile


def canonical(file: str, profiles: Iterable[Profile]) -> Candidate | None:
    """`file` as the table whose required columns it has, where it has no column but that table's.

    Values aren't looked at: somebody who writes our names means them, and a value that is wrong
    is a reject that can be mended. Of several tables the one that requires most is meant.
    """
    by_name = {profile.column: profile for profile in profiles}
    fitting = [
        table
        for table in TABLES.values()
        if {column.name for column in table.required} <= set(by_name)
        and set(by_name) <= {column.name for column in table.columns}
    ]
    if not fitting:
        return None
    table = max(fitting, key=lambda each: len(each.required))
    parts = {
        name: Match(profile, 1.0, "its heading is our name for it")
        for name, profile in by_name.items()
        if not profile.empty or table.column(name).required
    }
    return Candidate(table.name, file, parts, 1.0, ())

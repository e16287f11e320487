"""When deals began and when they closed, where headings don't say: what ends comes last."""

from collections.abc import Iterable

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.headings.languages import translated
from groundplan.intake.suggest.headings.naming import meanings, named, words
from groundplan.intake.suggest.matching.fitting import Extra, Match, Parts
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile
from groundplan.intake.validating.dates import date_style, days_sql

_ELSEWHERE = """
modified modify updated update modstamp synced activity contacted contact login viewed birth
birthday changed change import imported exported call meeting email reminder stage next renewal
"""
_NOT_OF_THE_DEAL = frozenset(_ELSEWHERE.split())
_HOPED = frozenset(("expected", "planned", "estimated", "est", "forecast", "anticipated", "target"))
_OFTEN = 0.4
_FEWEST_DAYS = 3
_ROWS = 5_000
_DATED, _CALLED, _FULLER = 0.95, 0.8, 1.15


def days_of_deals(file: str, evidence: Evidence, sure: float) -> Extra:
    """The latest of a deal's days as its close, the earliest as its begin; one alone is its close.

    Days that are about something else, or on which a row was last touched, are left aside.
    """
    found = [p for p in evidence.profiles[file].values() if _may_be_the_deals(p)]
    middle = {p.column: day for p in found if (day := _middle(p, evidence)) is not None}
    if not middle:
        return {}
    last, first = max(middle, key=lambda one: middle[one]), min(middle, key=lambda one: middle[one])
    extra: Extra = {("close_on", last): (sure, "of the deal's days it is the last")}
    if first != last:
        extra[("opened_on", first)] = (sure, "of the deal's days it is the first")
    return extra


def expected_and_actual_close(profiles: Iterable[Profile], parts: Parts) -> None:
    """Of two columns whose headings both mean the closing date, the one that calls it expected, or
    else the one that more rows fill, says when deals are to close, the other when they did."""
    now = parts.get("close_on")
    if now is None or "closed_on" in parts:
        return
    taken = {match.profile.column for match in parts.values()}
    others = [
        p
        for p in profiles
        if p.column not in taken and p.share("dates") > _DATED
        if named("opportunities", p.heading).get("close_on", 0.0) >= _CALLED
    ]
    other = max(others, key=lambda one: one.filled, default=None)
    if other is None:
        return
    hoped, real = sorted((now.profile, other), key=lambda one: (not _is_hoped(one), -one.filled))
    called = _is_hoped(hoped) and not _is_hoped(real) and real.filled < _DATED
    if not called and hoped.filled < _FULLER * real.filled:
        return
    parts["close_on"] = Match(hoped, now.score, f"it is hoped for, {real.column} is not")
    parts["closed_on"] = Match(real, now.score, f"{hoped.column} is hoped for")


def _is_hoped(profile: Profile) -> bool:
    """Does the heading call the day expected?"""
    return bool(_HOPED & meanings(profile.heading))


def _may_be_the_deals(profile: Profile) -> bool:
    told = words(profile.heading)
    of_the_deal = not _NOT_OF_THE_DEAL & {*told, *translated(told)}
    dated = profile.share("dates") > 0.95 and profile.kinds >= _FEWEST_DAYS
    return dated and profile.filled > _OFTEN and of_the_deal


def _middle(profile: Profile, evidence: Evidence) -> float | None:
    """The mean day (since 1970) of a column's first values."""
    row = evidence.connection.execute(
        f"SELECT avg(epoch(day)) / 86400 FROM ({days_told(profile, evidence, _ROWS)})"
    ).fetchone()
    return float(row[0]) if row and row[0] is not None else None


def days_told(profile: Profile, evidence: Evidence, most: int = 0) -> str:
    """SELECT of `v` and the `day` that it means: each value of a column once, or its first ones as
    often as they stand there."""
    column, relation = quoted(profile.column), evidence.files[profile.file].relation
    style = date_style(evidence.connection, relation, profile.column, "month")
    once, limit = ("", f" LIMIT {most}") if most else ("DISTINCT ", "")
    values = f"SELECT {once}{column} AS v FROM {quoted(relation)} WHERE {column} IS NOT NULL{limit}"
    return days_sql(values, style)

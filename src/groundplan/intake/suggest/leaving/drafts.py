"""Documents that have no number yet: drafts, which systems number apart or not at all."""

from groundplan.intake.mapping.cells import literal, quoted
from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among, in_partner, ticked
from groundplan.intake.suggest.matching.fitting import THRESHOLD
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_DRAFTS = """
draft entwurf vorläufig provisorisch provisional provisoire brouillon borrador bozza rascunho kladde
utkast szkic luonnos черновик
"""
_ALONE = "|".join(_DRAFTS.split())
_MARK = rf"^(\((prov|{_ALONE})|({_ALONE})|/$)"
_LETTERS = {word[0] for word in _DRAFTS.split()}
_FIRST = ", ".join(map(literal, sorted({"(", "/"} | _LETTERS | set(map(str.upper, _LETTERS)))))
_HALF = 0.5


def drafts(each: Candidate, evidence: Evidence) -> list[str]:
    """Orders of which a number begins with a word for drafts (`(PROV12)`, `Draft 7`) or is a mere
    stroke, where most are not like that: what is a draft is not sold."""
    found = each.find("order_id") if each.table == "purchases" else None
    if found is None:
        return []
    match, partner = found
    return [
        test
        for profile in evidence.profiles[match.profile.file].values()
        if profile is match.profile or _is_number(profile)
        if (marks := _marks(profile, evidence))
        for test in _tests(in_partner(profile.column, partner), marks)
    ]


def _is_number(profile: Profile) -> bool:
    """Is it called an order's number?"""
    return named("purchases", profile.heading).get("order_id", 0.0) >= THRESHOLD


def _marks(profile: Profile, evidence: Evidence) -> list[str]:
    if profile.empty or max(profile.share("numbers"), profile.share("dates")) == 1:
        return []
    cell, relation = quoted(profile.column), quoted(evidence.files[profile.file].relation)
    # Looking at the first letter leaves out nearly all numbers in a fraction of the time.
    rows = evidence.connection.execute(
        f"SELECT regexp_extract(lower({cell}), {literal(_MARK)}) AS mark, count(*) FROM {relation}"
        f" WHERE {cell}[1] IN ({_FIRST}) GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    told = {mark: count for mark, count in rows if mark}
    most = _HALF * profile.filled * evidence.files[profile.file].rows
    return list(told) if sum(told.values()) <= most else []


def _tests(name: str, marks: list[str]) -> list[str]:
    return [
        among(name, [mark]) if mark == "/" else f"starts_with({ticked(name)}, {mark!r})"
        for mark in marks
    ]

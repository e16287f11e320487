"""References by the key that their list has, once it is known which of a list's codes that is."""

from collections.abc import Mapping
from dataclasses import replace

from groundplan.intake.suggest.candidates import Candidate
from groundplan.intake.suggest.evidence import Evidence
from groundplan.intake.suggest.fitting import Match
from groundplan.intake.suggest.referents import REFERENCES, Referent

_HALF = 0.5
_KEYED_ALIKE = 1.6


def keyed(each: Candidate, targets: Mapping[str, Referent], evidence: Evidence) -> Candidate:
    """The candidate with columns that hold its lists' keys in place of those that hold another
    code of theirs: lines may tell an article's number and its id."""
    parts = dict(each.parts)
    for part, _, table in REFERENCES.get(each.table, ()):
        target, now = targets.get(table), each.parts.get(part)
        if target is None or now is None or target.file in ("", each.file):
            continue
        column = now.profile.column
        if any(
            name and evidence.within(each.file, column, target.relation, name) >= _HALF
            for name in (target.key, target.name)
        ):
            continue
        better = _by_key(each, target, evidence)
        parts |= {part: better} if better else {}
    return replace(each, parts=parts)


def _by_key(each: Candidate, target: Referent, evidence: Evidence) -> Match | None:
    for profile in evidence.profiles[each.file].values():
        link = None if profile.empty else evidence.link(profile, target.file)
        if link and link[0] == target.key and link[1] >= _KEYED_ALIKE:
            return Match(profile, 1.0, f"it holds keys of {target.file}")
    return None

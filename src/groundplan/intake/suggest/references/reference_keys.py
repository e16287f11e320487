"""References by the key of the list they point at: lines may hold both an article's number and
its id, and only one of them is what the list is keyed by."""

from collections.abc import Mapping
from dataclasses import replace

from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.fitting import Match
from groundplan.intake.suggest.references.referents import REFERENCES, Referent
from groundplan.intake.suggest.values.evidence import Evidence

_HALF, _MOSTLY = 0.5, 0.9
_KEYED_ALIKE = 1.6


def by_list_keys(each: Candidate, targets: Mapping[str, Referent], evidence: Evidence) -> Candidate:
    """The candidate with columns that hold its lists' keys in place of those that hold another
    code of theirs: lines may tell an article's number and its id. Where none holds keys, that of
    the lists' names tells what is meant."""
    parts = dict(each.parts)
    for part, spelt, table in REFERENCES.get(each.table, ()):
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
        if better:
            parts[part] = better
        elif spelt in parts and _names(parts[spelt], target, evidence):
            del parts[part]
    return replace(each, parts=parts)


def _names(told: Match, target: Referent, evidence: Evidence) -> bool:
    if not target.name:
        return False
    file, column = told.profile.file, told.profile.column
    return evidence.within(file, column, target.relation, target.name) >= _MOSTLY


def _by_key(each: Candidate, target: Referent, evidence: Evidence) -> Match | None:
    for profile in evidence.profiles[each.file].values():
        link = None if profile.empty else evidence.link(profile, target.file)
        if link and link[0] == target.key and link[1] >= _KEYED_ALIKE:
            return Match(profile, 1.0, f"it holds keys of {target.file}")
    return None

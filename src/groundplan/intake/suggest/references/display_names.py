"""Which column names the things or people of a list, where several of its columns might or none
says so."""

from collections.abc import Iterable

from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.fitting import THRESHOLD, Extra
from groundplan.intake.suggest.matching.people import share_of_people
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_NAMES = {"accounts": "account.name", "products": "product.name"}
_SURELY = 1.05
_SPELT = 0.9
_DISTINCT = 0.5
_MOSTLY, _MORE = 0.9, 0.05
_PEOPLE = 0.4


def names_in(each: Candidate, evidence: Evidence) -> Extra:
    """Of several columns of names the one whose names orders and deals write; of a list of who
    sells that tells no name the one that has people's."""
    if each.table == "users":
        return _of_people(each, evidence)
    if each.table not in _NAMES:
        return {}
    own = [
        profile
        for profile in _texts(each.file, evidence)
        if named(each.table, profile.heading).get("name", 0.0) >= THRESHOLD
    ]
    for told in _told_elsewhere(each, evidence) if len(own) > 1 else ():
        relation = evidence.files[each.file].relation
        within = [evidence.within(told.file, told.column, relation, one.column) for one in own]
        (first, at), (second, _) = sorted(
            ((share, -at) for at, share in enumerate(within)), reverse=True
        )[:2]
        if first > _MOSTLY and first > second + _MORE:
            why = f"{told.file}:{told.column} calls them so"
            return {("name", own[-at].column): (_SURELY, why)}
    return {}


def _texts(file: str, evidence: Evidence) -> list[Profile]:
    return [
        profile
        for profile in evidence.profiles[file].values()
        if profile.share("letters") > _SPELT and profile.distinct > _DISTINCT
        if profile.share("emails") == 0 and profile.share("dates") < _DISTINCT
    ]


def _told_elsewhere(each: Candidate, evidence: Evidence) -> Iterable[Profile]:
    """The columns of other files that name such things."""
    for file in evidence.files:
        for profile in evidence.profiles[file].values() if file != each.file else ():
            told = named("purchases", profile.heading).get(_NAMES[each.table], 0.0)
            if told >= _MOSTLY and profile.share("letters") > _SPELT:
                yield profile


def _of_people(each: Candidate, evidence: Evidence) -> Extra:
    if {"name", "first_name", "last_name"} & set(each.parts):
        return {}
    for profile in _texts(each.file, evidence):
        values = evidence.values(profile.file, profile.column)
        if share_of_people(values) > _PEOPLE and profile.share("blanks") > _DISTINCT:
            return {("name", profile.column): (_SURELY, "its values are people's names")}
    return {}

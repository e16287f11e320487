"""Orders and invoices that a state, a flag or a date declares void."""

from groundplan.intake.suggest.documents.kinds import credits_among, offers_among
from groundplan.intake.suggest.documents.states import (
    GOOD,
    NO,
    STRUCK,
    is_given_back,
    without_effect,
)
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among, column_of, ticked
from groundplan.intake.suggest.matching.joined_files import Partner
from groundplan.intake.suggest.orders.credit_notes import is_of_credits
from groundplan.intake.suggest.references.lookups import name_column
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_MOST_STATES = 12
_REJECTION = frozenset(("rejection", "absage", "ablehnung", "refus", "rechazo", "absagegrund"))
_REASON = frozenset(("reason", "grund", "motif", "motivo", "absagegrund"))
_ALL_OF_IT, _LETTERS = "C", frozenset("ABC")
_SELDOM = 0.5
_BESIDE = frozenset(["is", "was", "flag", "at", "on", "date", "time", "order", "invoice"])


def cancelled(each: Candidate, evidence: Evidence) -> list[str]:
    found = each.find("status") if each.table == "purchases" else None
    if found is None:
        return []
    values = evidence.values(found[0].profile.file, found[0].profile.column)
    named = named_states(found[0].profile, evidence)
    void = without_effect([named.get(value, value) for value in values])
    gone = [value for value in values if named.get(value, value) in void]
    if _tells_credits(each, evidence):
        gone = [value for value in gone if not is_given_back(named.get(value, value))]
    offered = offers_among([named.get(value, value) for value in values])
    gone += [] if gone == values else [v for v in values if named.get(v, v) in offered]
    return [among(column_of(each, "status"), gone)] if gone else []


def _tells_credits(each: Candidate, evidence: Evidence) -> bool:
    """Are some rows credit notes, or all of them? Those take back what was sold: a state that says
    that it was given back leaves out nothing then, for the sale would be taken back twice."""
    if is_of_credits(each.file, evidence):
        return True
    kind = each.find("kind")
    values = evidence.values(kind[0].profile.file, kind[0].profile.column) if kind else []
    taken_back = credits_among(values)
    return 0 < len(taken_back) < len(values)


def named_states(profile: Profile, evidence: Evidence) -> dict[str, str]:
    """What a list in another file calls the states that a column holds the numbers of."""
    for other in evidence.files if profile.numeric and profile.kinds <= _MOST_STATES else ():
        link = evidence.link(profile, other) if other != profile.file else None
        name = name_column(evidence, other, link[0]) if link else None
        if link and name:
            return evidence.pairs(other, link[0], name)
    return {}


def struck_out(each: Candidate, evidence: Evidence) -> list[str]:
    """Rows that a column of their own or of their order says to be void: by a flag, or by the day
    it happened."""
    if each.table != "purchases":
        return []
    names = [(one, _own(each, one)) for one in evidence.profiles[each.file].values()]
    for at, partner in enumerate(each.partners, 1):
        if partner.file != each.file and not _is_of_pairs(each, partner, evidence):
            names += [
                (one, f"{partner.file}#{at}:{one.column}")
                for one in evidence.profiles[partner.file].values()
            ]
    return [test for one, name in names if (test := _void_test(one, name, evidence))]


def _is_of_pairs(each: Candidate, partner: Partner, evidence: Evidence) -> bool:
    """Is it a list of pairs, one of whose columns names the rows, rather than one they refer to?"""
    own = evidence.profiles[each.file].get(next(iter(partner.on)))
    return partner.optional and (own is None or own.unique)


def _own(each: Candidate, profile: Profile) -> str:
    return f"{each.file}#1:{profile.column}" if each.has_first else profile.column


def _void_test(profile: Profile, name: str, evidence: Evidence) -> str:
    own = {word for word in words(profile.heading) if word not in _BESIDE}
    if not own or profile.empty:
        return ""
    if _REJECTION & own and profile.kinds <= _MOST_STATES:
        return _rejected(profile, name, evidence)
    flagged = profile.share("flags") > 0.9 and profile.kinds > 1
    values = evidence.values(profile.file, profile.column) if flagged else []
    no = [value for value in values if value.lower() in NO]
    if own <= STRUCK and profile.share("dates") > 0.9:
        return f"not empty({ticked(name)})"
    if own <= STRUCK and flagged and no and profile.share("flags") < 1:
        return f"not (empty({ticked(name)}) or {among(name, no)})"
    if own <= STRUCK and profile.share("flags") > 0.9:
        return ticked(name)
    return among(name, no) if own <= GOOD and no and len(values) == 2 else ""


def _rejected(profile: Profile, name: str, evidence: Evidence) -> str:
    """What was refused to be sold: a status of letters says C of what is refused as a whole; a
    reason is told only where something is."""
    values = evidence.values(profile.file, profile.column)
    if set(values) <= _LETTERS and "A" in values:
        return among(name, [_ALL_OF_IT]) if _ALL_OF_IT in values else ""
    reason = bool(_REASON & set(words(profile.heading)))
    return f"not empty({ticked(name)})" if reason and profile.filled < _SELDOM else ""

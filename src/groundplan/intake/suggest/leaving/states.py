"""Orders and invoices that a state, a flag or a day says to be void."""

from groundplan.intake.suggest.candidates import Candidate
from groundplan.intake.suggest.documents.kinds import is_offer
from groundplan.intake.suggest.documents.states import GOOD, NO, STRUCK, is_void
from groundplan.intake.suggest.evidence import Evidence
from groundplan.intake.suggest.looking import name_column
from groundplan.intake.suggest.naming import words
from groundplan.intake.suggest.profiles import Profile
from groundplan.intake.suggest.spelling import among, column_of, ticked

_MOST_STATES = 12
_BESIDE = frozenset(["is", "was", "flag", "at", "on", "date", "time", "order", "invoice"])


def cancelled(each: Candidate, evidence: Evidence) -> list[str]:
    found = each.find("status") if each.table == "purchases" else None
    if found is None:
        return []
    values = evidence.values(found[0].profile.file, found[0].profile.column)
    named = named_states(found[0].profile, evidence)
    gone = [value for value in values if is_void(named.get(value, value))]
    gone += [] if gone == values else [v for v in values if is_offer(named.get(v, v))]
    return [among(column_of(each, "status"), gone)] if gone else []


def named_states(profile: Profile, evidence: Evidence) -> dict[str, str]:
    """What a list in another file calls the states that a column holds the numbers of."""
    for other in evidence.files if profile.numeric and profile.kinds <= _MOST_STATES else ():
        link = evidence.link(profile, other) if other != profile.file else None
        name = name_column(evidence, other, link[0]) if link else None
        if link and name:
            return evidence.pairs(other, link[0], name)
    return {}


def struck(each: Candidate, evidence: Evidence) -> list[str]:
    """Rows that a column of their own or of their order says to be void: by a flag, or by the day
    it happened."""
    if each.table != "purchases":
        return []
    names = [(one, _own(each, one)) for one in evidence.profiles[each.file].values()]
    for at, partner in enumerate(each.partners, 1):
        if partner.file != each.file and not partner.optional:
            names += [
                (one, f"{partner.file}#{at}:{one.column}")
                for one in evidence.profiles[partner.file].values()
            ]
    return [test for one, name in names if (test := _void_test(one, name, evidence))]


def _own(each: Candidate, profile: Profile) -> str:
    return f"{each.file}#1:{profile.column}" if each.has_first else profile.column


def _void_test(profile: Profile, name: str, evidence: Evidence) -> str:
    own = {word for word in words(profile.heading) if word not in _BESIDE}
    if not own or profile.empty:
        return ""
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

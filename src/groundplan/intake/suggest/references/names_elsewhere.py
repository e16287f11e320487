"""Accounts and sellers without a name of their own: theirs stands in the list of shops or people
that they refer to (StoreID, PersonID)."""

from groundplan.intake.contracts import ColumnRule, Join
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import concat, ticked
from groundplan.intake.suggest.matching.fitting import matched
from groundplan.intake.suggest.values.evidence import Evidence

_KEYS = {"accounts": "account_id", "users": "login"}
_NAMES = frozenset(("name", "first_name", "last_name"))
_OTHERS = frozenset(("territory", "region", "country", "category", "group", "type", "currency"))


def named_elsewhere(
    each: Candidate, evidence: Evidence, taken: frozenset[str]
) -> tuple[ColumnRule, list[Join]] | None:
    """The rule of the name and the joins that it needs; companies before people."""
    if each.table not in _KEYS or {"name", "last_name"} & set(each.parts):
        return None
    found: list[tuple[bool, str, Join]] = []
    for profile in evidence.profiles[each.file].values():
        if profile.empty or _OTHERS & set(words(profile.heading)):
            continue
        for other in evidence.files:
            link = evidence.link(profile, other) if other not in taken else None
            text = _name_in(other, evidence) if link else ""
            if link and text:
                join = Join(other, {profile.column: link[0]}, optional=True)
                found.append(("concat(" in text, text, join))
                break
    if not found:
        return None
    found.sort(key=lambda one: one[0])
    key = ticked(each.parts[_KEYS[each.table]].profile.column)
    rule = ColumnRule(compute=f"coalesce({', '.join([text for _, text, _ in found] + [key])})")
    return rule, [join for *_, join in found]


def _name_in(file: str, evidence: Evidence) -> str:
    parts = matched("accounts", evidence.profiles[file].values(), only=_NAMES)
    if "name" in parts:
        return ticked(f"{file}:{parts['name'].profile.column}")
    if "last_name" not in parts:
        return ""
    told = [parts[part] for part in ("first_name", "last_name") if part in parts]
    return concat([f"{file}:{one.profile.column}" for one in told], " ")

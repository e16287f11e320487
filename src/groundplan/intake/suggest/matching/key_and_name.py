"""Columns whose headings all mean one part: a key and its name (`Item` and `Item Name`), all the
companies of a deal and the first among them."""

from collections.abc import Iterable

from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.matching.buyers import said
from groundplan.intake.suggest.matching.fitting import THRESHOLD, Match, Parts
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_MOSTLY_CODES = 0.8
_SURE = 0.9
_DECIDED = 0.98
_KEY = frozenset(("id", "key", "nr", "no", "number", "code"))


def are_codes(profile: Profile, evidence: Evidence) -> bool:
    """Are a column's values codes? Those of names and addresses come and go with a customer too."""
    values = evidence.values(profile.file, profile.column)
    told = [v for v in values if " " not in v and (v.upper() == v or any(map(str.isdigit, v)))]
    return bool(_KEY & said(profile)) or len(told) > _MOSTLY_CODES * len(values)


def key_beside_name(profiles: Iterable[Profile], evidence: Evidence, parts: Parts) -> None:
    """Where codes were taken for a product's names, but a column of real names stands beside them,
    the codes are its keys."""
    name = parts.get("product.name")
    if name is None or "product_id" in parts or not are_codes(name.profile, evidence):
        return
    taken = {match.profile.column for match in parts.values()}
    for other in profiles:
        sure = named("purchases", other.heading).get("product.name", 0.0)
        if other.column in taken or sure < _SURE or are_codes(other, evidence):
            continue
        if evidence.decides(other.file, name.profile.column, other.column) > _DECIDED:
            parts["product_id"] = name
            parts["product.name"] = Match(other, sure, f"the name of {name.profile.column}")
            return


def one_before_several(
    table: str, profiles: Iterable[Profile], evidence: Evidence, parts: Parts
) -> None:
    """Of columns that list all the companies of a deal, and those that tell the one it is with
    (`primary`), the latter: each of its cells stands in the list beside it."""
    for part in ("account_id", "account.name") if table == "opportunities" else ():
        now = parts.get(part)
        if now is None or not evidence.separator(now.profile):
            continue
        taken = {match.profile.column for match in parts.values()}
        for other in profiles:
            sure = named(table, other.heading).get(part, 0.0)
            if other.column in taken or sure < THRESHOLD or other.filled < now.profile.filled:
                continue
            fewer = 1 < other.kinds < now.profile.kinds and not evidence.separator(other)
            if fewer and evidence.holds(other.file, now.profile.column, other.column) > _DECIDED:
                parts[part] = Match(other, sure, f"the one of {now.profile.column} that is meant")
                break

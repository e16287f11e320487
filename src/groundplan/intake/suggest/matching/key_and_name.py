"""A key and its name under headings that both mean one part: `Item` and `Item Name`."""

from collections.abc import Iterable

from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.matching.buyers import said
from groundplan.intake.suggest.matching.fitting import Match, Parts
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

"""Files of deals' lines: each row names a product, an amount and the opportunity it belongs to.

An opportunity has one product, its lines have several; so the lines of won ones are purchases.
"""

from groundplan.intake.contracts import ColumnRule, Join
from groundplan.intake.suggest.documents.outcomes import outcome_of
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.headings.shared_prefixes import subject_of
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import column_of, ticked
from groundplan.intake.suggest.matching.fitting import Match, matched
from groundplan.intake.suggest.matching.joined_files import Partner
from groundplan.intake.suggest.orders.dependencies import line_sums
from groundplan.intake.suggest.values.evidence import Evidence

LINE_PARTS = frozenset(
    ("product_id", "product.name", "product.category", "quantity", "unit_price", "amount",
     "discount", "currency")
)  # fmt: skip
_HOW_FAR = frozenset(("stage", "probability"))
_SURELY = 0.9
_DEALS = frozenset(("opportunity", "deal", "opportunityproduct", "dealproduct"))


def deal_lines(chosen: dict[str, Candidate], evidence: Evidence) -> dict[str, Candidate]:
    """The files of `chosen`, or of none yet, that are lines of its one file of opportunities."""
    deals = _deals(chosen, evidence)
    orders = [each.file for each in chosen.values() if each.table == "purchases"]
    if len(deals) != 1 or not all(_tells_of_deals(file, evidence) for file in orders):
        return {}
    partner_parts = deal_parts(deals[0])
    if partner_parts is None:
        return {}
    key = deals[0].parts["opportunity_id"].profile.column
    found = {}
    for file in evidence.files:
        on = None if file == deals[0].file else _linked(file, deals[0].file, key, evidence)
        sums = line_sums(file, evidence) if on else None
        parts = matched("purchases", evidence.profiles[file].values(), sums, only=LINE_PARTS)
        product = {"product_id", "product.name"} & set(parts)
        if on and product and ("amount" in parts or {"unit_price", "quantity"} <= set(parts)):
            partner = Partner(deals[0].file, {on: key}, partner_parts)
            profiles = evidence.profiles[file]
            parts["order_id"] = Match(profiles[on], 1.0, "it names the deal")
            name = matched("products", profiles.values(), only=frozenset(("name",))).get("name")
            if name is not None and "product.name" not in parts:
                parts["product.name"] = name
            found[file] = Candidate("purchases", file, parts, 0.9, (), (partner,))
    return found


def _deals(chosen: dict[str, Candidate], evidence: Evidence) -> list[Candidate]:
    """The files of opportunities but those whose rows are lines of another's."""
    every = [each for each in chosen.values() if each.table == "opportunities"]
    keys = {each.file: each.parts.get("opportunity_id") for each in every}
    return [
        each
        for each in every
        if not any(
            key and other != each.file and _linked(each.file, other, key.profile.column, evidence)
            for other, key in keys.items()
        )
    ]


def _tells_of_deals(file: str, evidence: Evidence) -> bool:
    """Do columns say how far a sale is, or the file's name that its lines are deals'?"""
    profiles = [profile for profile in evidence.profiles[file].values() if not profile.empty]
    told = matched("opportunities", profiles, only=_HOW_FAR)
    how_far = sum(match.score >= _SURELY for match in told.values())
    return how_far == len(_HOW_FAR) or bool(_DEALS & set(words(subject_of(file))))


def _linked(file: str, deals: str, key: str, evidence: Evidence) -> str | None:
    """The column that holds deals' ids, several lines for one of them."""
    for profile in evidence.profiles[file].values():
        if not profile.empty and not profile.unique:
            link = evidence.link(profile, deals)
            if link and link[0] == key:
                return profile.column
    return None


def deal_parts(deals: Candidate) -> dict[str, Match] | None:
    """What a line has from its deal: who bought, when, and whether it was won."""
    parts = {
        part: deals.parts[part]
        for part in ("account_id", "account.name", "stage", "status", "is_won", "currency")
        if part in deals.parts
    }
    day = deals.parts.get("closed_on") or deals.parts.get("close_on")
    told = {"stage", "is_won"} & set(parts)
    if not (deals.key or "opportunity_id" in deals.parts) or day is None or not told:
        return None
    if not {"account_id", "account.name"} & set(parts):
        return None
    parts.pop("status", None)
    return parts | {"date": day}


def product_of(lines: Candidate, deals: str) -> tuple[ColumnRule, Join]:
    """A deal's product is its first line's: the rule, and the join (to be the first) it needs."""
    partner = next(one for one in lines.partners if one.file == deals)
    ((own, key),) = partner.on.items()
    product = lines.parts.get("product_id") or lines.parts["product.name"]
    rule = ColumnRule(column=f"{lines.file}#1:{product.profile.column}")
    return rule, Join(lines.file, {key: own}, optional=True, first=True)


def won_of(each: Candidate, evidence: Evidence) -> str | None:
    """The expression of whether a line's deal was won; None where it has no deal."""
    if each.table != "purchases":
        return None
    flag, stage = each.find("is_won"), each.find("stage")
    if flag:
        return ticked(column_of(each, "is_won"))
    if not stage:
        return None
    values = evidence.values(stage[0].profile.file, stage[0].profile.column)
    won = [value for value in values if outcome_of(value).outcome == "won"]
    listed = ", ".join(repr(value) for value in won) or "''"
    return f"{ticked(column_of(each, 'stage'))} in ({listed})"

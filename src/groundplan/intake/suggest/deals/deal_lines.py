"""Files of deals' lines: each row names a product, an amount and the opportunity it belongs to.

An opportunity has one product, its lines have several; so the lines of won ones are purchases.
"""

from collections.abc import Sequence

from groundplan.intake.contracts import ColumnRule, Join
from groundplan.intake.suggest.documents.outcomes import outcome_of
from groundplan.intake.suggest.headings.naming import named, words
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
_SURELY, _CALLED, _APART = 0.9, 0.8, 0.999
_NEARLY_ALL, _FEW = 0.98, 3
_DEALS = frozenset(("opportunity", "deal", "opportunityproduct", "dealproduct"))


def deal_lines(chosen: dict[str, Candidate], evidence: Evidence) -> dict[str, Candidate]:
    """The files of `chosen`, or of none yet, that are lines of its one file of opportunities."""
    deals = _deals(chosen, evidence)
    orders = [each for each in chosen.values() if each.table == "purchases"]
    if len(deals) != 1 or not all(_is_of(deals[0], each, evidence) for each in orders):
        return {}
    partner_parts = deal_parts(deals[0], evidence)
    if partner_parts is None:
        return {}
    found = {}
    for file in evidence.files:
        on = None if file == deals[0].file else _linked(file, deals[0], evidence)
        sums = line_sums(file, evidence) if on else None
        parts = matched("purchases", evidence.profiles[file].values(), sums, only=LINE_PARTS)
        product = {"product_id", "product.name"} & set(parts)
        if on and product and ("amount" in parts or {"unit_price", "quantity"} <= set(parts)):
            partner = Partner(deals[0].file, on, partner_parts)
            profiles = evidence.profiles[file]
            parts["order_id"] = Match(profiles[next(iter(on))], 1.0, "it names the deal")
            name = matched("products", profiles.values(), only=frozenset(("name",))).get("name")
            if name is not None and "product.name" not in parts:
                parts["product.name"] = name
            key = tuple(on) if len(on) > 1 else ()
            found[file] = Candidate("purchases", file, parts, 0.9, (), (partner,), key=key)
    return found


def _deals(chosen: dict[str, Candidate], evidence: Evidence) -> list[Candidate]:
    """The files of opportunities but those whose rows are lines of another's."""
    every = [each for each in chosen.values() if each.table == "opportunities"]
    return [
        each
        for each in every
        if not any(other is not each and _by_id(each.file, other, evidence) for other in every)
    ]


def sold_otherwise(chosen: dict[str, Candidate], evidence: Evidence) -> dict[str, str]:
    """The files of deals' lines where others are of orders, with one that tells what was sold; or
    with nothing where nothing tells which of the deals were won."""
    deals = {file for file, each in chosen.items() if each.table == "opportunities"}
    sales = [each for each in chosen.values() if each.table == "purchases"]
    lines = [each.file for each in sales if any(one.file in deals for one in each.partners)]
    orders = [one.file for one in sales if one.file not in lines]
    orders = [file for file in orders if not _tells_of_deals(file, evidence)]
    if orders:
        return dict.fromkeys(lines, orders[0])
    return {file: "" for file in lines if not {"stage", "is_won"} & _told(chosen[file])}


def _told(lines: Candidate) -> set[str]:
    return {part for partner in lines.partners for part in partner.parts}


def _is_of(deals: Candidate, lines: Candidate, evidence: Evidence) -> bool:
    joined = any(partner.file == deals.file for partner in lines.partners)
    return joined or _tells_of_deals(lines.file, evidence)


def _tells_of_deals(file: str, evidence: Evidence) -> bool:
    """Do columns say how far a sale is, or the file's name that its lines are deals'?"""
    profiles = [profile for profile in evidence.profiles[file].values() if not profile.empty]
    told = matched("opportunities", profiles, only=_HOW_FAR)
    how_far = sum(match.score >= _SURELY for match in told.values())
    return how_far == len(_HOW_FAR) or bool(_DEALS & set(words(subject_of(file))))


def _linked(file: str, deals: Candidate, evidence: Evidence) -> dict[str, str] | None:
    """The columns that tell which deal a line belongs to, each with that of the deals."""
    return _by_id(file, deals, evidence) or _by_name(file, deals, evidence)


def _by_id(file: str, deals: Candidate, evidence: Evidence) -> dict[str, str] | None:
    """The column that holds deals' ids, several lines for one of them."""
    key = deals.parts.get("opportunity_id")
    for profile in evidence.profiles[file].values() if key else ():
        if not profile.empty and not profile.unique:
            link = evidence.link(profile, deals.file)
            if key and link and link[0] == key.profile.column:
                return {profile.column: link[0]}
    return None


def _by_name(file: str, deals: Candidate, evidence: Evidence) -> dict[str, str] | None:
    """The column that is called the deal and holds deals' names; where several deals are called
    alike, together with that of the accounts."""
    name = deals.parts.get("name")
    told = name and _holding(file, name, ("name", "opportunity_id"), evidence)
    if not name or not told:
        return None
    if name.profile.unique:
        return {told: name.profile.column}
    account = deals.parts.get("account_id") or deals.parts.get("account.name")
    whose = account and _holding(file, account, ("account_id", "account.name"), evidence)
    if not account or not whose:
        return None
    columns = (name.profile.column, account.profile.column)
    apart = evidence.apart(deals.file, columns) > _APART
    return dict(zip((told, whose), columns, strict=True)) if apart else None


def _holding(file: str, of: Match, parts: Sequence[str], evidence: Evidence) -> str | None:
    """The column of texts, called one of `parts` or nothing else, whose values another file's
    column has."""
    relation = evidence.files[of.profile.file].relation
    for profile in evidence.profiles[file].values():
        said = named("opportunities", profile.heading)
        called = max(said.get(part, 0.0) for part in parts)
        other = max((sure for part, sure in said.items() if part not in parts), default=0.0)
        if profile.unique or profile.share("letters") <= _SURELY or called < other:
            continue
        share = evidence.within(file, profile.column, relation, of.profile.column)
        if share > (_SURELY if called >= _CALLED else _NEARLY_ALL) and profile.kinds > _FEW:
            return profile.column
    return None


def deal_parts(deals: Candidate, evidence: Evidence) -> dict[str, Match] | None:
    """What a line has from its deal: who bought, when, and whether it was won, which its state may
    tell where its step doesn't."""
    parts = {
        part: deals.parts[part]
        for part in ("account_id", "account.name", "stage", "is_won", "currency")
        if part in deals.parts
    }
    state = deals.parts.get("status")
    if state and _tells_won(state, evidence) and not _tells_won(parts.get("stage"), evidence):
        parts["stage"] = state
    day = deals.parts.get("closed_on") or deals.parts.get("close_on")
    told = {"stage", "is_won"} & set(parts)
    if day is None or not told or not {"account_id", "account.name"} & set(parts):
        return None
    return parts | {"date": day}


def _tells_won(step: Match | None, evidence: Evidence) -> bool:
    values = evidence.values(step.profile.file, step.profile.column) if step else []
    return any(outcome_of(value).outcome == "won" for value in values)


def product_of(lines: Candidate, deals: str) -> tuple[ColumnRule, Join]:
    """A deal's product is its first line's: the rule, and the join (to be the first) it needs."""
    partner = next(one for one in lines.partners if one.file == deals)
    product = lines.parts.get("product_id") or lines.parts["product.name"]
    on = {key: own for own, key in partner.on.items()}
    rule = ColumnRule(column=f"{lines.file}#1:{product.profile.column}")
    return rule, Join(lines.file, on, optional=True, first=True)


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

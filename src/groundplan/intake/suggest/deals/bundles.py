"""Deals with several products in one file: a row for each product of a deal, or a cell that lists
them. An opportunity has one product; what the won ones brought becomes purchases of each."""

from collections.abc import Iterator
from dataclasses import replace

from groundplan.intake.contracts import ColumnRule, TableMapping
from groundplan.intake.suggest.deals.deal_lines import LINE_PARTS, deal_parts
from groundplan.intake.suggest.headings.naming import named
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import ticked
from groundplan.intake.suggest.matching.fitting import THRESHOLD, Match, matched
from groundplan.intake.suggest.references.shared_rules import split_of
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_OF_ALL_LINES = 0.98
_SURELY = 0.8
_SELDOM = 0.5
_FEWEST = 12


def one_row_a_deal(each: Candidate, evidence: Evidence) -> Candidate:
    """The candidate with a deal's own id and amount, where a deal's rows are its products."""
    if each.table != "opportunities" or "opportunity_id" in each.parts or each.partners:
        return each
    product = each.parts.get("product_id") or each.parts.get("product.name")
    deal = _repeated_key(each, product, evidence) if product else None
    if deal is None:
        return each
    parts = each.parts | {"opportunity_id": Match(deal, _SURELY, "its rows are one deal's")}
    amount = _amount_of_deal(each, deal, evidence)
    if amount is None:
        return each
    return replace(each, parts=parts | {"amount": amount}, repeats=True)


def _repeated_key(each: Candidate, product: Match, evidence: Evidence) -> Profile | None:
    """The column that names deals: all of a deal's rows share what a deal has, but no product."""
    shared = [
        each.parts[part].profile.column
        for part in ("account_id", "account.name", "stage", "close_on", "owner")
        if part in each.parts
    ]
    profiles = evidence.profiles[each.file].values()
    keys = [p for p in profiles if not p.unique and p.filled > _OF_ALL_LINES and p.rows >= _FEWEST]
    for profile in sorted(keys, key=lambda one: -_names_deals(one)):
        one_product = evidence.decides(each.file, profile.column, product.profile.column)
        if _names_deals(profile) < _SURELY or one_product > _SELDOM:
            continue
        if all(_tells(each.file, profile.column, one, evidence) for one in shared):
            return profile
    return None


def _names_deals(profile: Profile) -> float:
    """An id before a name: names may be given twice."""
    told = named("opportunities", profile.heading)
    return max(told.get("opportunity_id", 0.0), 0.9 * told.get("name", 0.0))


def _tells(file: str, key: str, column: str, evidence: Evidence) -> bool:
    return evidence.decides(file, key, column) > _OF_ALL_LINES


def _amount_of_deal(each: Candidate, deal: Profile, evidence: Evidence) -> Match | None:
    """The amount that all rows of a deal repeat."""
    found = [
        (named(each.table, profile.heading).get("amount", 0.0), profile)
        for profile in evidence.profiles[each.file].values()
        if profile.numeric and _tells(each.file, deal.column, profile.column, evidence)
    ]
    sure, profile = max(found, key=lambda one: one[0], default=(0.0, None))
    if profile is None or sure < THRESHOLD:
        return None
    return Match(profile, sure, "all rows of a deal have the same")


def lines_of(each: Candidate, evidence: Evidence) -> Candidate | None:
    """A file of deals, a row a product, as the lines of its deals."""
    of_the_deal = deal_parts(each) if each.repeats else None
    if of_the_deal is None:
        return None
    deal = each.parts["opportunity_id"]
    profiles = [
        profile
        for profile in evidence.profiles[each.file].values()
        if profile.column != each.parts["amount"].profile.column
    ]
    parts = matched("purchases", profiles, only=LINE_PARTS)
    for part in ("product_id", "product.name"):
        if part in each.parts:
            parts[part] = each.parts[part]
    if not ("amount" in parts or {"unit_price", "quantity"} <= set(parts)):
        return None
    return Candidate("purchases", each.file, {**of_the_deal, **parts, "order_id": deal}, 0.9, ())


def won_lists(each: Candidate, evidence: Evidence) -> Candidate | None:
    """A file of deals, some of whose cells list several products, as what its won deals brought."""
    of_the_deal = deal_parts(each) if each.table == "opportunities" else None
    product = each.parts.get("product_id") or each.parts.get("product.name")
    amount = each.parts.get("actual_amount") or each.parts.get("amount")
    if not (of_the_deal and product and amount and evidence.separator(product.profile)):
        return None
    parts = {"product.name": product, "amount": amount, "order_id": each.parts["opportunity_id"]}
    return Candidate("purchases", each.file, {**of_the_deal, **parts}, 0.9, ())


def shares(each: Candidate, table: TableMapping, evidence: Evidence) -> Iterator[TableMapping]:
    """Purchases, those of several products in a cell as one of each with an equal share.

    The files don't tell what each product was worth; shares at least sum to what they tell.
    """
    product = each.find("product_id") or each.find("product.name")
    mark, amount = "", table.columns.get("amount")
    if each.table == "purchases" and product and not product[1]:
        mark = evidence.separator(product[0].profile)
    if product is None or not mark or amount is None or amount.value is not None:
        yield table
        return
    column = product[0].profile.column
    told = ticked(column)
    listed = f"1 + length({told}) - length(replace({told}, {mark!r}, ''))"
    worth = amount.compute or f"number({ticked(amount.column)})"
    for at in range(1, evidence.most_parts(product[0].profile, mark) + 1):
        one = split_of(column, mark, at)
        columns = {name: rule for name, rule in table.columns.items() if name != "quantity"}
        columns["product_id"] = ColumnRule(compute=one)
        columns["amount"] = ColumnRule(
            compute=f"if(empty({told}), {worth}, ({worth}) / ({listed}))"
        )
        skip = table.skip if at == 1 else (*table.skip, f"empty({one})")
        yield replace(table, columns=columns, skip=skip)

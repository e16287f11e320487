"""Deals with several products in one file, in rows (see `repeated_deals`) or in cells that list
them. An opportunity has one product; what the won ones brought becomes purchases of each."""

from collections.abc import Iterator
from dataclasses import replace

from groundplan.intake.contracts import ColumnRule, TableMapping
from groundplan.intake.suggest.deals.deal_lines import LINE_PARTS, deal_parts
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import ticked
from groundplan.intake.suggest.matching.fitting import matched
from groundplan.intake.suggest.references.shared_rules import split_of
from groundplan.intake.suggest.values.evidence import Evidence


def lines_of(each: Candidate, evidence: Evidence) -> Candidate | None:
    """A file of deals, a row a product, as the lines of its deals."""
    of_the_deal = deal_parts(each, evidence) if each.repeats else None
    if of_the_deal is None:
        return None
    amount = each.parts.get("amount")
    profiles = [
        profile
        for profile in evidence.profiles[each.file].values()
        if amount is None or profile is not amount.profile
    ]
    parts = matched("purchases", profiles, only=LINE_PARTS)
    for part in ("product_id", "product.name"):
        if part in each.parts:
            parts[part] = each.parts[part]
    if not ("amount" in parts or {"unit_price", "quantity"} <= set(parts)):
        return None
    deal = each.parts.get("opportunity_id")
    parts |= {"order_id": deal} if deal else {}
    return Candidate("purchases", each.file, {**of_the_deal, **parts}, 0.9, (), key=each.key)


def won_lists(each: Candidate, evidence: Evidence) -> Candidate | None:
    """A file of deals, some of whose cells list several products, as what its won deals brought."""
    once = each.table == "opportunities" and "opportunity_id" in each.parts and not each.repeats
    of_the_deal = deal_parts(each, evidence) if once else None
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

"""Won deals that no lines tell of, among others that have some: what they brought is no less sold.

Once a file's lines are taken as purchases, nothing else says that a deal without any was bought.
"""

from dataclasses import replace

from groundplan.intake.contracts import ColumnRule, Join, TableMapping
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.deals.deal_lines import deal_parts
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import ticked
from groundplan.intake.suggest.values.evidence import Evidence


def won_alone(deals: Candidate, lines: Candidate | None, evidence: Evidence) -> Candidate | None:
    """The file of deals as purchases of those without lines; None where all have some."""
    amount = deals.parts.get("actual_amount") or deals.parts.get("amount")
    own = deal_parts(deals, evidence) if lines and not deals.partners else None
    if own is None or lines is None or amount is None or not _lack_lines(deals, lines, evidence):
        return None
    parts = own | {"amount": amount}
    for part in ("product_id", "product.name"):
        if part in deals.parts:
            parts[part] = deals.parts[part]
    key = deals.parts.get("opportunity_id")
    parts |= {"order_id": key} if key else {}
    return Candidate("purchases", deals.file, parts, 0.9, (), key=deals.key)


def without_lines(table: TableMapping, deals: Candidate, lines: Candidate) -> TableMapping:
    """The purchases of such deals: joined to the lines, those that find some are left out."""
    on = _keys(deals, lines)
    place = len(table.joins) + 1
    found = ticked(f"{lines.file}#{place}:{next(iter(on.values()))}")
    join = Join(lines.file, on, optional=True, first=True)
    return replace(table, joins=(*table.joins, join), skip=(*table.skip, f"not empty({found})"))


def or_whole(table: TableMapping, deals: Candidate) -> TableMapping:
    """Lines in the deals' own rows: one that names no product is the deal, with all its amount."""
    product, whole = table.columns.get("product_id"), deals.parts.get("amount")
    own = product is not None and product.column and product.column == _product(deals)
    line = table.columns["amount"]
    if not own or product is None or whole is None or line.value is not None:
        return table
    amount = line.compute or f"number({ticked(line.column)})"
    every = f"number({ticked(whole.profile.column)})"
    rule = ColumnRule(compute=f"if(empty({ticked(product.column)}), {every}, {amount})")
    return replace(table, columns=table.columns | {"amount": rule})


def _product(deals: Candidate) -> str:
    """The column of products where some deals have none; '' where all have some."""
    match = deals.parts.get("product_id") or deals.parts.get("product.name")
    return match.profile.column if match and match.profile.filled < 1 else ""


def _keys(deals: Candidate, lines: Candidate) -> dict[str, str]:
    partner = next(one for one in lines.partners if one.file == deals.file)
    return {key: own for own, key in partner.on.items()}


def _lack_lines(deals: Candidate, lines: Candidate, evidence: Evidence) -> bool:
    on = _keys(deals, lines)
    keys, own = (", ".join(map(quoted, names)) for names in (on, on.values()))
    row = evidence.connection.execute(
        f"SELECT 1 FROM {quoted(evidence.files[deals.file].relation)} WHERE ({keys}) NOT IN"
        f" (SELECT ({own}) FROM {quoted(evidence.files[lines.file].relation)}"
        f" WHERE {quoted(next(iter(on.values())))} IS NOT NULL) LIMIT 1"
    ).fetchone()
    return row is not None

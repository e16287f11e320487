"""What a characteristic can ask of one account, from the snapshot alone."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from .asking import Question
from .listing import fetch, one, parquet, shards
from .whitespace import whitespace_sum

NUMBER = Decimal | float | int


def is_number(value: object) -> bool:
    return isinstance(value, NUMBER) and not isinstance(value, bool)


def facts_of(question: Question) -> dict[str, Any]:
    """The facts by the name of their attribute."""
    folder, as_of = question.current.folder, question.current.as_of
    account = question.account_id
    names = (
        "industry, region, country, segment, employees, annual_revenue, is_customer, contacts,"
        " last_interaction_on, attributes"
    )
    found = fetch(
        f"SELECT {names} FROM {parquet(folder, 'accounts')} WHERE account_id = $account",
        {"account": account},
    )
    row = found[0] if found else (None,) * 10
    facts: dict[str, Any] = dict(zip(names.split(", "), row, strict=True))
    facts["attributes"] = json.loads(facts["attributes"] or "{}")
    facts["days_since_interaction"] = _days(facts["last_interaction_on"], as_of)
    facts |= _bought(question, account, as_of)
    facts["open_opportunities"], facts["open_pipeline"] = one(
        f"SELECT count(*), coalesce(sum(amount), 0) FROM {parquet(folder, 'opportunities')}"
        " WHERE outcome = 'open' AND account_id = $account",
        {"account": account},
    )
    facts["whitespace"] = whitespace_sum(question)
    return facts


def _bought(question: Question, account: int, as_of: date) -> dict[str, Any]:
    current = question.current
    cells = fetch(
        "SELECT footprint.product_id, category, is_core, amount_12m, amount_prior_12m,"
        " recognised_on"
        f" FROM {shards(current, current.folder / 'footprint', [account])} AS footprint"
        f" LEFT JOIN {parquet(current.folder, 'products')} AS product"
        " ON product.product_id = footprint.product_id WHERE account_id = $account",
        {"account": account},
    )
    year, before = sum(cell[3] for cell in cells), sum(cell[4] for cell in cells)
    owned = [cell for cell in cells if cell[0] is not None]
    return {
        "revenue_12m": year,
        "revenue_prior_12m": before,
        "growth": round(float(year - before) / float(before), 6) if before > 0 else None,
        "owned_products": len(owned),
        "core_products": sum(1 for cell in owned if cell[2]),
        "days_since_purchase": _days(
            max((cell[5] for cell in cells if cell[5]), default=None), as_of
        ),
        "owns_product": {str(cell[0]) for cell in owned},
        "owns_category": {cell[1] for cell in owned if cell[1]},
    }


def _days(day: date | None, as_of: date) -> int | None:
    return None if day is None else (as_of - day).days

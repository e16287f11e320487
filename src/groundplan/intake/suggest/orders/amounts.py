"""Which columns make the amount of an order line."""

from itertools import product

from groundplan.intake.contracts import ColumnRule
from groundplan.intake.mapping.cells import quoted
from groundplan.intake.mapping.numbers import number_sql
from groundplan.intake.suggest.documents.kinds import is_credit
from groundplan.intake.suggest.headings.languages import translated
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.headings.shared_prefixes import subject_of
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import ticked
from groundplan.intake.suggest.matching.fitting import Match
from groundplan.intake.suggest.orders.credit_notes import taken_off
from groundplan.intake.suggest.orders.order_totals import repeats
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_REDUCED = frozenset(("net", "discounted", "final", "sold", "effective"))
_ORDERLY = frozenset(("order", "invoice", "total", "subtotal", "gesamt", "grand"))
_TAX, _FREIGHT = frozenset(("tax",)), frozenset(("shipping", "freight", "postage", "handling"))
_ALIKE, _FEWEST = 0.15, 8
_BOOKED = 0.6
_MOSTLY, _SOME = 0.95, 0.05


def amount_rule(each: Candidate, evidence: Evidence) -> ColumnRule:
    """The amount of a line; that of a credit note is taken off where its file writes no minus."""
    rule = _gross_rule(each, evidence)
    total = each.parts.get("amount") or each.parts.get("unit_price")
    if total is None or rule.value is not None:
        return rule
    if rule.column and _is_booked(each, total.profile, evidence):
        return ColumnRule(compute=f"0 - number({ticked(rule.column)})")
    return taken_off(each, rule, _signs(each, rule), evidence)


def _signs(each: Candidate, rule: ColumnRule) -> list[Profile]:
    """The columns whose product has the sign of what a rule makes of them."""
    told = [each.parts[part] for part in ("amount", "unit_price") if part in each.parts]
    own = [match.profile for match in told if match.profile.column == rule.column]
    made = [each.parts[part] for part in ("unit_price", "quantity") if part in each.parts]
    return own[:1] or [match.profile for match in made]


def _is_booked(each: Candidate, amount: Profile, evidence: Evidence) -> bool:
    """Are sales minus, as a ledger books what it owes? Most amounts are, though what was sold is
    counted without a minus, and some, which were given back, are not."""
    quantity = each.parts.get("quantity")
    mixed = (amount.lowest or 0) < 0 < (amount.highest or 0)
    if quantity is None or not mixed or is_credit(subject_of(each.file)):
        return False
    q = number_sql(quoted(quantity.profile.column), quantity.profile.mark)
    a = number_sql(quoted(amount.column), amount.mark)
    row = evidence.connection.execute(
        f"SELECT avg(CAST(a < 0 AS INTEGER)), avg(CAST(q > 0 AS INTEGER)) FILTER (a < 0) FROM"
        f" (SELECT {q} AS q, {a} AS a FROM {quoted(evidence.files[amount.file].relation)}"
        f" LIMIT 20000) WHERE a <> 0"
    ).fetchone()
    minus, counted = row or (None, None)
    return minus is not None and minus > _BOOKED and counted is not None and counted > _MOSTLY


def _gross_rule(each: Candidate, evidence: Evidence) -> ColumnRule:
    """A line's own total where there is one; else price, times quantity, less the discount.

    A total that doesn't agree with price times quantity and is called the order's is the order's:
    it would count once a line. So is one that all lines of an order repeat.
    """
    total, price = each.parts.get("amount"), each.parts.get("unit_price")
    quantity, discount = each.parts.get("quantity"), each.parts.get("discount")
    if price is None:
        return ColumnRule(column=total.profile.column) if total else _listed(each)
    taxed = total is not None and _is_taxed(total, price, quantity, evidence)
    if total is not None and not taxed and not _is_orders(each, total, price, evidence):
        return ColumnRule(column=total.profile.column)
    if quantity is None or _is_lines(each, price.profile, quantity.profile, evidence):
        return ColumnRule(column=price.profile.column)
    gross = f"{ticked(price.profile.column)} * {ticked(quantity.profile.column)}"
    if is_net_price(price.profile.heading):
        return ColumnRule(compute=gross)
    return ColumnRule(compute=_discounted(gross, discount))


def _listed(each: Candidate) -> ColumnRule:
    """The price of the list of products times quantity, where lines tell no price; else 0."""
    listed, quantity = each.find("unit_price"), each.parts.get("quantity")
    if quantity is None or listed is None or listed[1] is None:
        return ColumnRule(value="0")
    told = ticked(f"{listed[1].file}:{listed[0].profile.column}")
    return ColumnRule(compute=f"{told} * {ticked(quantity.profile.column)}")


def is_net_price(heading: str) -> bool:
    """Does the heading say that the discount is taken off the price of a unit?"""
    own = words(heading)
    told = {*own, *translated(own)}
    return "price" in told and bool(_REDUCED & told)


def _discounted(gross: str, discount: Match | None) -> str:
    if discount is None:
        return gross
    profile = discount.profile
    less = f"coalesce(number({ticked(profile.column)}), 0)"
    if max(profile.highest or 0, -(profile.lowest or 0)) <= 1 or profile.share("percents") > 0.5:
        return f"{gross} * (1 - {less})"
    if _in_percent(profile):
        return f"{gross} * (1 - {less} / 100)"
    if -(profile.lowest or 0) > (profile.highest or 0):
        return f"{gross} + {less}"
    return f"{gross} - {less}"


def _in_percent(profile: Profile) -> bool:
    told = {"percent", "pct", "prozent", "rate", "rabatt", "remise", "korting", "sconto"}
    return (profile.highest or 0) <= 100 and bool(told & set(words(profile.heading)))


def _is_taxed(total: Match, price: Match, quantity: Match | None, evidence: Evidence) -> bool:
    """Is a line's total price times quantity and the tax, the freight or both, that other columns
    tell?"""
    file = total.profile.file
    taxes, freights = (_told(file, meant, evidence) for meant in (_TAX, _FREIGHT))
    beside = [(one,) for one in (*taxes, *freights)]
    for more in (*beside, *product(taxes, freights)) if quantity else ():
        cells = (total.profile, price.profile, quantity.profile) if quantity else ()
        t, p, q = (number_sql(quoted(one.column), one.mark) for one in cells)
        x = " + ".join(f"coalesce({number_sql(quoted(o.column), o.mark)}, 0)" for o in more)
        row = evidence.connection.execute(
            f"SELECT avg(CAST(abs(t - g - x) <= 0.02 + 0.001 * abs(t) AS INTEGER)),"
            f" avg(CAST(x <> 0 AS INTEGER)) FROM (SELECT {t} AS t, {p} * {q} AS g, {x} AS x"
            f" FROM {quoted(evidence.files[file].relation)} LIMIT 20000)"
        ).fetchone()
        if row and row[0] is not None and row[0] > _MOSTLY and row[1] > _SOME:
            return True
    return False


def _told(file: str, meant: frozenset[str], evidence: Evidence) -> list[Profile]:
    """The columns of amounts beside a line's own, by what they are called."""
    return [
        profile
        for profile in evidence.profiles[file].values()
        if profile.numeric and meant & set(words(profile.heading)) and (profile.highest or 0) > 0
    ]


def _is_orders(each: Candidate, total: Match, price: Match, evidence: Evidence) -> bool:
    quantity, order = each.parts.get("quantity"), each.parts.get("order_id")
    if quantity is None:
        return False
    if order is not None and repeats(total.profile, order.profile, evidence):
        return True
    called = bool(_ORDERLY & set(words(total.profile.heading)))
    if total.profile.filled < 0.6 * price.profile.filled:
        return True
    return called and _agree(total.profile, price.profile, quantity.profile, evidence) < 0.8


def _is_lines(each: Candidate, price: Profile, quantity: Profile, evidence: Evidence) -> bool:
    """Is a price that of the whole line? That of a unit stays while the quantity of a product
    changes, that of a line grows with it."""
    product = each.parts.get("product_id") or each.parts.get("product.name")
    if product is None:
        return False
    p, q = (number_sql(quoted(one.column), one.mark) for one in (price, quantity))
    row = evidence.connection.execute(
        f"WITH told AS (SELECT {quoted(product.profile.column)} AS ware, {p} AS p, {q} AS q"
        f" FROM {quoted(evidence.files[each.file].relation)} LIMIT 20000), wares AS (SELECT ware,"
        f" median(p) AS whole, median(p / q) AS part FROM told WHERE q > 0 GROUP BY ware"
        f" HAVING count(*) > 2 AND count(DISTINCT q) > 1) SELECT count(*),"
        f" avg(CAST(abs(p - whole) <= {_ALIKE} * abs(whole) AS INTEGER)),"
        f" avg(CAST(abs(p / q - part) <= {_ALIKE} * abs(part) AS INTEGER))"
        f" FROM told JOIN wares USING (ware) WHERE q > 0"
    ).fetchone()
    rows, units, lines = row or (0, None, None)
    return rows >= _FEWEST and lines is not None and lines > 0.5 and lines > units + 0.25


def _agree(total: Profile, price: Profile, quantity: Profile, evidence: Evidence) -> float:
    """The share of rows whose total is price times quantity or up to 60 % off it."""
    relation = quoted(evidence.files[total.file].relation)
    t, p, q = (number_sql(quoted(each.column), each.mark) for each in (total, price, quantity))
    row = evidence.connection.execute(
        f"SELECT avg(CASE WHEN t BETWEEN least(g, 0.4 * g) - 0.02 AND greatest(g, 0.4 * g) + 0.02"
        f" THEN 1 ELSE 0 END) FROM (SELECT {t} AS t, {p} * {q} AS g FROM {relation} LIMIT 20000)"
        " WHERE t IS NOT NULL AND g IS NOT NULL"
    ).fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0

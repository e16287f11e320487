"""Documents that are no sales: offers, payments, purchases and stock counts in a stock ledger."""

from groundplan.intake.suggest.documents.kinds import beside_sales
from groundplan.intake.suggest.headings.languages import translated
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among, column_of, ticked
from groundplan.intake.suggest.values.evidence import Evidence

_STOCK = """
purchase purchases einkauf achat achats compra compras inkoop acquisto acquisti transfer transfers
umlagerung transfert consumption verbrauch output istmeldung adjmt adjustment adjustments
"""
_OF_STOCK = frozenset(_STOCK.split())
_MOST_KINDS = 15


def not_yet_sold(each: Candidate, evidence: Evidence) -> list[str]:
    """Offers, orders, deliveries and payments that stand beside the invoices they lead to: they
    would count twice, or though nobody bought."""
    found = each.find("kind") if each.table == "purchases" else None
    if found is None:
        return []
    values = evidence.values(found[0].profile.file, found[0].profile.column)
    gone = beside_sales(values)
    return [among(column_of(each, "kind"), gone)] if gone else []


def not_sold(each: Candidate, evidence: Evidence) -> list[str]:
    """What a ledger of stock says of purchases, transfers and counts beside its sales."""
    for profile in evidence.profiles[each.file].values() if each.table == "purchases" else ():
        if not (2 <= profile.kinds <= _MOST_KINDS and profile.share("letters") > 0.9):
            continue
        values = evidence.values(each.file, profile.column)
        sales = [value for value in values if _sale(value)]
        if sales and any(_OF_STOCK & set(words(value)) for value in values if value not in sales):
            return [f"not ({ticked(profile.column)} in ({', '.join(map(repr, sales))}))"]
    return []


def _sale(value: str) -> bool:
    return translated(words(value)) in (("sale",), ("sales",))

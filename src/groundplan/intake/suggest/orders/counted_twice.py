"""Sales that two files tell in different forms: an order's lines and its invoice's, or its lines
and its total. Only one of the two may be taken."""

from collections.abc import Iterator, Mapping

from groundplan.intake.suggest.documents.kinds import is_credit, is_invoiced
from groundplan.intake.suggest.headings.naming import squeezed
from groundplan.intake.suggest.headings.shared_prefixes import subject_of
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_MOSTLY = 0.9
_HALF = 0.5
_PRODUCT = frozenset(("product_id", "product.name"))


def sales_told_elsewhere(chosen: Mapping[str, Candidate], evidence: Evidence) -> dict[str, str]:
    """Files of purchases whose sales stand in another one too, with that one: totals of orders
    whose lines are there, and orders that were invoiced. Credits repeat no sale, so they stay."""
    sales = [
        each
        for each in chosen.values()
        if each.table == "purchases" and "order_id" in each.parts
        if not is_credit(subject_of(each.file))
    ]
    found: dict[str, str] = {}
    for each in sales:
        for other in sales:
            if other is each or other.file in found or each.file in found:
                continue
            if _sums_up(each, other, evidence) or _leads_to(each, other, evidence):
                found[each.file] = other.file
    return found


def _sums_up(each: Candidate, other: Candidate, evidence: Evidence) -> bool:
    """Are its rows sums of orders of which the other has the lines?"""
    if _PRODUCT & set(each.parts) or not _PRODUCT & set(other.parts):
        return False
    order = other.parts["order_id"].profile
    return any(
        not one.empty
        and squeezed(one.heading) == squeezed(order.heading)
        and evidence.among(one, order) > _MOSTLY
        for one in evidence.profiles[each.file].values()
    )


def _leads_to(each: Candidate, other: Candidate, evidence: Evidence) -> bool:
    """Do the other's documents name most of its orders, as invoices do?"""
    if not (_PRODUCT & set(each.parts) and _PRODUCT & set(other.parts)):
        return False
    if is_invoiced(subject_of(each.file)) and not is_invoiced(subject_of(other.file)):
        return False
    own = each.parts["order_id"].profile
    return any(
        evidence.among(named, own) > _MOSTLY and evidence.among(own, named) > _HALF
        for named in _columns(other, evidence)
        if squeezed(named.heading) == squeezed(own.heading)
        if named is not other.parts["order_id"].profile
    )


def _columns(each: Candidate, evidence: Evidence) -> Iterator[Profile]:
    """Those of its file and of the files that its rows are joined to."""
    for file in (each.file, *(partner.file for partner in each.partners)):
        yield from (one for one in evidence.profiles[file].values() if not one.empty)

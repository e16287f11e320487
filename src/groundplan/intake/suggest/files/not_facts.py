"""Files that look like facts but list something we don't keep: suppliers, stores, stock."""

from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.headings.shared_prefixes import subject_of
from groundplan.intake.suggest.values.evidence import Evidence

_OTHERS = """
supplier vendor shipper carrier warehouse region territory category categorie store campaign
subcategory subcategorie
pricebook lieferant fournisseur proveedor leverancier fornitore manufacturer brand department
currency country location plant lagerort employeeterritorie shipment payment refund ticket case
inventory stock dictionary
"""
_FOREIGN = frozenset(_OTHERS.split())
_KEYS = frozenset(("id", "no", "nr", "number", "code", "key"))


def why_not_facts(file: str, evidence: Evidence) -> str:
    """What a file is a list of, where that is nothing we keep; '' where it may be facts.

    Told by its own key: a first column such as SupplierID that no row repeats.
    """
    stem = words(subject_of(file))
    # A file that comes alone is what there is to import, whatever it is called.
    if len(evidence.files) > 1 and stem and stem[-1].rstrip("s") in _FOREIGN and len(stem) <= 2:
        return f"it is a list of {' '.join(stem)}, which are no facts here"
    first = next(iter(evidence.profiles[file].values()))
    told = words(first.heading)
    if first.unique and len(told) == 2 and told[0].rstrip("s") in _FOREIGN and told[1] in _KEYS:
        return f"it is a list told apart by {first.column}, which are no facts here"
    return ""

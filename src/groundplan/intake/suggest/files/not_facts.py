"""Files that look like facts but list something we don't keep: suppliers, stores, stock."""

from itertools import pairwise

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
_AGAINST = """
gegenkonto contraaccount offsetaccount offsettingaccount balaccount balancingaccount contracuenta
contrapartida contrepartie comptecontrepartie tegenrekening contropartita motkonto modkonto
vastatili kontokorespondujace
"""
_CONTRA = frozenset(_AGAINST.split())
_BOTH = "debit", "credit"
_SIDES = (
    {"s", "h"}, {"d", "c"}, {"d", "k"}, {"dr", "cr"}, {"soll", "haben"}, {"d", "h"}, {"d", "a"},
    {"debit", "credit"}, {"debe", "haber"}, {"debet", "credit"}, {"dare", "avere"},
)  # fmt: skip
_MOSTLY = 0.98
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


def journals(evidence: Evidence) -> dict[str, str]:
    """Why journals of bookings aren't taken, by file: their lines tell nothing of other lists
    either."""
    why = (
        "it is a journal of bookings, in which sales stand with their tax beside payments and"
        " costs: export the lines of invoices, or say in a mapping which bookings are sales"
    )
    return {file: why for file in evidence.files if _is_journal(file, evidence)}


def _is_journal(file: str, evidence: Evidence) -> bool:
    """Has each row an account, its contra account and a mark for debit or credit?"""
    profiles = evidence.profiles[file].values()
    contra = any(_CONTRA & _starts(profile.heading) and not profile.empty for profile in profiles)
    return contra and any(
        profile.kinds == len(_BOTH) and profile.filled > _MOSTLY
        and {value.lower() for value in evidence.values(file, profile.column, 3)} in _SIDES
        for profile in profiles
    )  # fmt: skip


def _starts(heading: str) -> set[str]:
    """The words of a heading, two that follow each other also as one."""
    own = words(heading)
    return {*own, *("".join(pair) for pair in pairwise(own))}

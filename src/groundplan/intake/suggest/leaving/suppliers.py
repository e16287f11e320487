"""Lists of business partners: the suppliers among the customers are no accounts."""

from groundplan.intake.mapping.cells import quoted
from groundplan.intake.suggest.headings.naming import words
from groundplan.intake.suggest.matching.candidates import Candidate
from groundplan.intake.suggest.matching.expressions import among
from groundplan.intake.suggest.values.evidence import Evidence
from groundplan.intake.suggest.values.profiles import Profile

_SUPPLIERS = """
supplier suppliers vendor vendors lieferant lieferanten kreditor kreditoren fournisseur fournisseurs
proveedor proveedores leverancier leveranciers fornitore fornitori creditor crediteur fornecedor
dostawca leverantor leverandor toimittaja поставщик
"""
_CUSTOMERS = "customer customers client kunde kunden debitor cliente klant client both asiakas"
_SUPPLIER, _CUSTOMER = frozenset(_SUPPLIERS.split()), frozenset(_CUSTOMERS.split())
_TYPES = frozenset(("type", "kind", "role", "typ", "art", "group", "category", "relationship"))
_CODED = ((frozenset("CSL"), "C", "S"), (frozenset("DK"), "D", "K"), (frozenset("CV"), "C", "V"))
_MOST_KINDS = 12


def suppliers(each: Candidate, evidence: Evidence) -> list[str]:
    """What is left out where a column tells partners that sell to us, and no order names one."""
    key = each.find("account_id")
    if each.table != "accounts" or key is None or key[1]:
        return []
    for profile in evidence.profiles[each.file].values():
        if not (2 <= profile.kinds <= _MOST_KINDS and _TYPES & set(words(profile.heading))):
            continue
        values = evidence.values(each.file, profile.column)
        gone = [value for value in values if _sells(value)] or _by_code(values)
        if (
            gone
            and len(gone) < len(values)
            and not _any_buys(profile, key[0].profile, gone, evidence)
        ):
            return [among(profile.column, gone)]
    return []


def _sells(value: str) -> bool:
    told = set(words(value))
    return bool(_SUPPLIER & told) and not _CUSTOMER & told


def _by_code(values: list[str]) -> list[str]:
    told = {value.upper() for value in values}
    for codes, customer, supplier in _CODED:
        if told <= codes and {customer, supplier} <= told:
            return [value for value in values if value.upper() == supplier]
    return []


def _any_buys(kind: Profile, key: Profile, gone: list[str], evidence: Evidence) -> bool:
    """Does a column of another file name both such partners and others?"""
    listed = ", ".join("?" for _ in gone)
    own = quoted(evidence.files[key.file].relation)
    for profile in (p for file in evidence.profiles.values() for p in file.values()):
        link = evidence.link(profile, key.file) if profile.file != key.file else None
        if profile.empty or not link or link[0] != key.column:
            continue
        row = evidence.connection.execute(
            f"SELECT count(*) FILTER (k.{quoted(kind.column)} IN ({listed})), count(*)"
            f" FROM {quoted(evidence.files[profile.file].relation)} f"
            f" JOIN {own} k ON f.{quoted(profile.column)} = k.{quoted(key.column)}",
            gone,
        ).fetchone()
        if row and 0 < row[0] < row[1]:
            return True
    return False

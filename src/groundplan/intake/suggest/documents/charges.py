"""What an invoice lists beside goods and services: freight and tax."""

from groundplan.intake.suggest.headings.languages import translated
from groundplan.intake.suggest.headings.naming import words

_FREIGHTS = """
shipping freight postage carriage delivery porto portokosten versand versandkosten fracht
frachtkosten lieferkosten versandkostenpauschale port livraison verzendkosten verzending envio
gastos spedizione trasporto frakt fraktkostnad frete wysylka ups fedex usps dhl gls tnt dpd
"""
_TAXES = "avatax salestax vat mwst tva btw moms taxes tax umsatzsteuer gst"
_BESIDE = """
charge charges fee fees cost costs kosten frais de du et the for of and to by rate flat standard
express economy priority ground overnight next day two second air saver first class parcel paket
paquet package international domestic worldwide national home dotcom handling packing packaging
surcharge zuschlag pauschale free insured tracked signed special percent no sales state county city
local excl incl net domicile speed uk us eu usa mail royal
"""
_FREIGHT = frozenset(_FREIGHTS.split())
_TAX = frozenset(_TAXES.split())
_LITTLE = frozenset(_BESIDE.split()) | _FREIGHT | _TAX
_MOST_WORDS = 5
PATTERN = "|".join(sorted(_FREIGHT | _TAX))
"""What the lower-case name of such a line has in it; `is_charge` tells whether it is one."""


def is_charge(product: str) -> bool:
    """Is what a line names freight or tax alone? `UPS Ground` is, `Shipping boxes` are sold."""
    own = words(product)
    if not 0 < len(own) <= _MOST_WORDS:
        return False
    said = {word for word in (*own, *translated(own)) if word in own or word in _LITTLE}
    told = {word for word in own if not word.isdigit()}
    beside = told - _LITTLE - {word for word in told if set(translated((word,))) <= _LITTLE}
    return bool(said & (_FREIGHT | _TAX)) and not beside

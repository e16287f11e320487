"""Documents of a sale that are not what was sold: offers, orders beside invoices, payments."""

from collections.abc import Sequence

from groundplan.intake.suggest.languages import translated
from groundplan.intake.suggest.naming import squeezed, words

_OFFERS = """
quotation quotationsent quote estimate angebot devis offerte presupuesto cotizacion preventivo
orcamento offert tilbud oferta proforma proformainvoice proformarechnung salesquote
kostenvoranschlag salesestimate facturaproforma offer wycena nabidka arajanlat tarjous
"""
_PAYMENTS = """
payment payments customerpayment zahlung paiement reglement pago betaling pagamento platnosc
paymentreceived zahlungseingang deposit bankdeposit billpayment receivepayment
"""
_ORDERS = """
salesorder order auftrag kundenauftrag auftragsbestatigung commande bondecommande pedido
pedidodeventa verkooporder ordine ordinecliente lieferschein deliverynote bondelivraison albaran
pakbon itemfulfillment delivery ddt
"""
_INVOICES = """
invoice salesinvoice customerinvoice rechnung facture facturedevente factura facturadeventa factuur
verkoopfactuur fattura faktura ausgangsrechnung taxinvoice
"""
_OFFER = frozenset(map(squeezed, _OFFERS.split()))
_PAYMENT = frozenset(map(squeezed, _PAYMENTS.split()))
_ORDER = frozenset(map(squeezed, _ORDERS.split()))
_INVOICE = frozenset(map(squeezed, _INVOICES.split()))


def is_offer(state: str) -> bool:
    """Does a state say that an order is only offered yet?"""
    return squeezed(state) in _OFFER


def beside_sales(kinds: Sequence[str]) -> list[str]:
    """The kinds of documents, among those of a file, that are no sales of their own: offers and
    payments wherever there are others, orders and deliveries only beside invoices."""
    invoices = [kind for kind in kinds if _is(kind, _INVOICE)]
    gone = [kind for kind in kinds if _is(kind, _OFFER | _PAYMENT)]
    if invoices:
        gone += [kind for kind in kinds if _is(kind, _ORDER)]
    return gone if len(gone) < len(kinds) else []


def _is(kind: str, meant: frozenset[str]) -> bool:
    return squeezed(kind) in meant or "".join(translated(words(kind))) in meant

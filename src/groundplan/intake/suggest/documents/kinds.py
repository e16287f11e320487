"""Kinds of documents: which are sales, which take a sale back, which are neither."""

import re
from collections.abc import Sequence

from groundplan.intake.suggest.documents.outcomes import outcome_of
from groundplan.intake.suggest.headings.languages import translated
from groundplan.intake.suggest.headings.naming import squeezed, words

_OFFERS = """
quotation quotationsent quote estimate angebot devis offerte presupuesto cotizacion preventivo
orcamento offert tilbud oferta proforma proformainvoice proformarechnung salesquote
kostenvoranschlag salesestimate facturaproforma offer wycena nabidka arajanlat tarjous
offerta cotacao
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
_CREDITS = """
creditmemo creditnote crmemo credit sc cr crn cn sr ccm gutschrift rechnungskorrektur storno avoir
notadecredito notadicredito notacredito creditnota refund return returns salescredit
salescreditnote customercreditnote accreccredit acreccredit outrefund customerrefund h haben
abono rectificativa salesreturn retoure g2 re2 orin rin1
"""
_CONFIRMED = """
confirmed approved bestatigt genehmigt freigegeben confirme confirmee valide validee signe signee
confirmado confirmada aprobado aprobada firmado confermato confermata approvato firmato bevestigd
goedgekeurd aprovado bekraftad godkand bekreftet godkjent bekraeftet godkendt
potwierdzona zatwierdzona vahvistettu hyvaksytty potvrzena schvalena delivered geliefert livre
billed verrechnet factured facture facturado fatturato gefactureerd won order auftrag commande
"""
_OFFER = frozenset(map(squeezed, _OFFERS.split()))
_PAYMENT = frozenset(map(squeezed, _PAYMENTS.split()))
_ORDER = frozenset(map(squeezed, _ORDERS.split()))
_INVOICE = frozenset(map(squeezed, _INVOICES.split()))
_CREDIT = frozenset(_CREDITS.split())
_LONG = 6

_CODED = (
    {"invoice": "si", "credit": "sc", "other": "sr sa pi pc pp pa jc jd bp br bt cp cr vp vr"},
    {"invoice": "re rg ar", "credit": "gu gs rk", "offer": "an ag", "order": "ab au ls lf be"},
    {"invoice": "fa fac fc", "credit": "av avo", "offer": "de dev", "order": "bc bl cde pl"},
    {"invoice": "in inv si iv", "credit": "cm crm scn", "offer": "qu qt quo sq es est pf",
     "order": "so ord dn do"},
    {"invoice": "fv fve ft", "credit": "ab nc abo", "offer": "pr pre of", "order": "pe ped al alb"},
    {"invoice": "or ta zor so cs bv dr", "credit": "re cr g2", "offer": "qt ag in af",
     "other": "fd sd kl kn"},
    {"invoice": "f1 f2 l2 bv s2", "credit": "g2 re s1", "offer": "f5 f8", "other": "iv"},
    {"invoice": "i", "credit": "c", "offer": "q", "order": "o"},
)  # fmt: skip
"""The codes that systems of one language write for kinds, as Belegart RE, GU, AN in German; first
those of Sage's audit trail, where SR is a receipt; then SAP's of orders and of billing; last the
first letters of English words."""
_ORDERED = frozenset(_CONFIRMED.split())
_UNDOING = re.compile("storno|cancel|annul|anul|revers|void")
_SR = frozenset(("si", "sr"))
"""Alone they are sales and their returns."""
_LONGEST_CODE = 3
_NO_SALES = frozenset(("offer", "other"))


def offers_among(states: Sequence[str]) -> list[str]:
    """The states that say, by a word or by a code beside that of invoices, that an order is only
    offered yet."""
    told = _told_by_codes(states)
    return [state for state in states if told.get(state) == "offer" or _is_offered(state)]


def _is_offered(state: str) -> bool:
    """`Quotation sent` and `Devis expiré` are offers still, `Quote accepted` is an order."""
    own = words(state)
    if squeezed(state) in _OFFER:
        return True
    within = any({word, word.rstrip("s")} & _OFFER for word in own)
    return within and outcome_of(state).outcome != "won" and not _ORDERED & set(own)


def is_invoiced(subject: str) -> bool:
    """Does a file's name tell of invoices?"""
    own = words(subject)
    return any(squeezed(word) in _INVOICE or word.rstrip("s") in _INVOICE for word in own) or (
        "invoice" in translated(own)
    )


def is_credit(kind: str) -> bool:
    """`Product Credit Note` as well as `CR`: long words may stand among others."""
    told = squeezed(kind)
    longer = {word for word in words(kind) if len(word) >= _LONG - 1}
    within = any(len(word) >= _LONG and word in told for word in _CREDIT)
    return told in _CREDIT or within or bool(longer & _CREDIT)


def takes_a_credit_back(kind: str) -> bool:
    """`Storno Gutschrift` and `Credit note cancellation`; `Stornorechnung` is itself a credit."""
    rest = _UNDOING.sub(" ", kind.lower())
    return rest != kind.lower() and is_credit(rest)


def credits_among(kinds: Sequence[str]) -> list[str]:
    """The kinds, among those of a file, that take back what was sold."""
    told = _told_by_codes(kinds)
    return [kind for kind in kinds if told.get(kind) == "credit" or (not told and is_credit(kind))]


def beside_sales(kinds: Sequence[str]) -> list[str]:
    """The kinds of documents, among those of a file, that are no sales of their own: offers where
    there are others, payments beside what they pay (one may pay an order by `PAYMENT` or `CASH`),
    orders and deliveries only beside invoices."""
    told = _told_by_codes(kinds)
    invoices = [kind for kind in kinds if told.get(kind) == "invoice" or _is(kind, _INVOICE)]
    gone = [kind for kind in kinds if told.get(kind) in _NO_SALES or _is(kind, _OFFER)]
    if told or any(_is(kind, _INVOICE | _ORDER) or is_credit(kind) for kind in kinds):
        gone += [kind for kind in kinds if _is(kind, _PAYMENT)]
    if invoices:
        gone += [kind for kind in kinds if told.get(kind) == "order" or _is(kind, _ORDER)]
    return gone if len(gone) < len(kinds) else []


def _told_by_codes(kinds: Sequence[str]) -> dict[str, str]:
    """What short codes mean in the language that knows all of a file's; empty where none does.

    An invoice must be among them: two letters alone say little; beside single letters an offer
    too: `I` and `O` are also in and out.
    """
    if len(kinds) < 2 or {kind.lower() for kind in kinds} == _SR:
        return {}
    if any(len(kind) > _LONGEST_CODE for kind in kinds):
        return {}
    for language in _CODED:
        meant = {code: kind for kind, codes in language.items() for code in codes.split()}
        told = {kind: meant[kind.lower()] for kind in kinds if kind.lower() in meant}
        needed = {"invoice", "offer"} if max(map(len, kinds)) == 1 else {"invoice"}
        if len(told) == len(kinds) and needed <= set(told.values()):
            return told
    return {}


def _is(kind: str, meant: frozenset[str]) -> bool:
    return squeezed(kind) in meant or "".join(translated(words(kind))) in meant

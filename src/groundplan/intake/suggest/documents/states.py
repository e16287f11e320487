"""States of orders and invoices: which of them mean that a document counts for nothing."""

from collections.abc import Collection

from groundplan.intake.suggest.headings.naming import squeezed, words

_VOID = """
cancelled canceled void voided storniert annule annulee cancelado cancelada geannuleerd annullato
deleted draft trash failed entwurf storno storniert concept brouillon borrador bozza
rascunho utkast kladde makulerad makulert annullerad annullert annulleret anulowana anulowany
anulowano szkic kopia anulada anulado annullata stornoitu luonnos отменен отменён черновик
キャンセル 取消 已取消 canceledbycustomer cancelledbycustomer erreurdepaiement zahlungsfehler
paymenterror
"""
_BACK = "refunded rembourse remboursee erstattet reembolsado rimborsato terugbetaald"
_GIVEN_BACK = frozenset(_BACK.split())
CANCELLED = frozenset(map(squeezed, _VOID.split())) | _GIVEN_BACK
_FAILED = """
declined paymentdeclined paymentrejected chargeback chargedback abandoned aborted abgebrochen
zahlungabgelehnt paiementrefuse pagorechazado
"""
_UNDONE = frozenset(map(squeezed, _FAILED.split()))
"""What a shop's orders end in whose payment or checkout failed; offers and leads do as well."""
_UNFINISHED = frozenset(("incomplete", "unvollstandig", "incompleta", "incompleto"))
_PENDING = """
pending ausstehend enattente pendiente pendente inattesa inafwachting vantande afventer avventer
"""
_WAITING = frozenset(_PENDING.split())
_UNDER_WAY = frozenset(("awaiting", "pending", "processing", "unfulfilled"))
STRUCK = CANCELLED - {"refunded", "trash", "draft", "concept", "kopia"}
"""What a column of flags or days is called that tells which rows are void."""
GOOD = frozenset(("valid", "posted", "gebucht", "проведен", "проведён", "comptabilise"))
"""And one that tells which are not."""
NO = frozenset(("0", "n", "no", "false", "f", "nein", "non", "nee", "nej", "nei", "não", "nie",
                "нет"))  # fmt: skip


def is_void(status: str) -> bool:
    """Does the status, or what it says behind a colon, tell that a document counts for nothing?"""
    return squeezed(status) in CANCELLED or squeezed(status.rpartition(":")[2]) in CANCELLED


def may_be_unissued(status: str) -> bool:
    """Does a document wait: for its payment, or for being sent at all?"""
    return squeezed(status) in _WAITING


def is_given_back(status: str) -> bool:
    """Does the status tell that what was paid was given back?"""
    return squeezed(status.rpartition(":")[2]) in _GIVEN_BACK


def without_effect(states: Collection[str]) -> frozenset[str]:
    """Those of a file's states of orders that say that an order counts for nothing.

    One that is `Incomplete` was never placed where others are said to be under way; elsewhere a
    part of it may be delivered.
    """
    under_way = any(_UNDER_WAY & set(words(state)) for state in states)
    gone = _UNDONE | _UNFINISHED if under_way else _UNDONE
    return frozenset(state for state in states if is_void(state) or squeezed(state) in gone)

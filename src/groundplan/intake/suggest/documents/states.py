"""States of orders and invoices: which say that a document counts for nothing."""

from groundplan.intake.suggest.naming import squeezed

_VOID = """
cancelled canceled void voided storniert annule annulee cancelado cancelada geannuleerd annullato
deleted draft trash failed refunded entwurf storno storniert concept brouillon borrador bozza
rascunho utkast kladde makulerad makulert annullerad annullert annulleret anulowana anulowany
anulowano szkic kopia anulada anulado annullata stornoitu luonnos отменен отменён черновик
キャンセル 取消 已取消 canceledbycustomer cancelledbycustomer rembourse remboursee erstattet
reembolsado rimborsato terugbetaald erreurdepaiement zahlungsfehler paymenterror
"""
CANCELLED = frozenset(map(squeezed, _VOID.split()))
STRUCK = CANCELLED - {"refunded", "trash", "draft", "concept", "kopia"}
"""What a column of flags or days is called that tells which rows are void."""
GOOD = frozenset(("valid", "posted", "gebucht", "проведен", "проведён", "comptabilise"))
"""And one that tells which are not."""
NO = frozenset(("0", "n", "no", "false", "f", "nein", "non", "nee", "nej", "nei", "não", "nie",
                "нет"))  # fmt: skip


def is_void(status: str) -> bool:
    """Does the status, or what it says behind a colon, tell that a document counts for nothing?"""
    return squeezed(status) in CANCELLED or squeezed(status.rpartition(":")[2]) in CANCELLED

"""What an account's page says of what spoke for an opportunity, of confidence and of outcomes."""

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groundplan.book.contracts import Grounds


def grounds_words(grounds: Grounds | None) -> str:
    """What spoke for a cell when somebody made it an opportunity; empty where nobody did."""
    if grounds is None:
        return ""
    day = date_format(grounds.cited.on) if grounds.cited.on else ""
    if not grounds.accounts:
        return str(_("Chosen as of %(day)s, when no look-alike had bought it.")) % {"day": day}
    because = ""
    if grounds.because:
        because = str(_("It owns %(products)s. ")) % {"products": ", ".join(grounds.because)}
    told = _(
        "Chosen as of %(day)s: %(owners)s of %(accounts)s look-alikes (%(segment)s) owned it; "
        "%(adopted)s of %(exposed)s that didn't had bought it within 12 months."
    )
    return because + str(told) % {
        "day": day,
        "segment": grounds.segment,
        "accounts": grounds.accounts,
        "owners": grounds.owners,
        "exposed": grounds.exposed,
        "adopted": grounds.adopted,
    }


CONFIDENCES: dict[str, Promise] = {"low": _("low"), "medium": _("medium"), "high": _("high")}
OUTCOMES: dict[str, Promise] = {"open": _("Open"), "won": _("Won"), "lost": _("Lost")}

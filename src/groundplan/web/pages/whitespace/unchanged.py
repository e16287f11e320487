"""Whether the grid is as it was when a browser asked for it last, known without making it."""

from hashlib import sha256

from django.utils.translation import get_language

from groundplan import __version__
from groundplan.organisation.selectors import audit_mark, today
from groundplan.web.requests import SignedInRequest

from .asking import asked, current_or_404


def cells_mark(request: SignedInRequest) -> str:
    """The entity tag of the cells that `request` asks for: everything they are made of.

    Numbers are of an immutable run of results. What people and imports do to accounts, cells,
    products and persons is in the audit log; tiers set by hand end on a day.
    """
    current = current_or_404()
    shown = (current.uid, current.results_uid, audit_mark(), today())
    reader = (request.viewer.reach, get_language(), __version__)
    told = repr((*shown, *reader, asked(request.GET)))
    return f'"{sha256(told.encode()).hexdigest()[:32]}"'

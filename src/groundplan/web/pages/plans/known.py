"""Pages that a piece of evidence leads to."""

from urllib.parse import quote

from groundplan.kernel.evidence import Evidence
from groundplan.kernel.ids import uid_in
from groundplan.web.addresses import account_address


def address_of(evidence: Evidence) -> str:
    """Empty where there is no page of it."""
    if evidence.kind in ("account", "statement", "profile"):
        found = uid_in(evidence.key)
        return account_address(found) if found and evidence.kind == "account" else ""
    if evidence.kind == "number":
        return f"/numbers/?{quote(evidence.key, safe='=&')}"
    return ""

"""What the address of the grid asks for."""

from dataclasses import fields
from typing import get_args
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, QueryDict

from groundplan.insight.grid import By, Choice, Roll
from groundplan.snapshots.contracts import CurrentSnapshot
from groundplan.snapshots.selectors import current

TEXTS = ("tier", "industry", "region", "segment", "category", "q")


def asked(query: QueryDict) -> Choice:
    """Read the address. Tolerant: addresses are kept, sent around and edited by hand."""
    by: By = "category" if query.get("by") == get_args(By)[1] else "product"
    roll: Roll = "parent" if query.get("roll") == get_args(Roll)[1] else "account"
    tier, industry, region, segment, category, text = (
        query.get(name, "").strip()[:200] for name in TEXTS
    )
    return Choice(
        by=by,
        roll=roll,
        owner=_uid(query.get("owner", "")),
        tier=tier,
        industry=industry,
        region=region,
        segment=segment,
        category=category,
        text=text,
        after=query.get("after", "")[:200],
    )


def current_or_404() -> CurrentSnapshot:
    """What everybody sees; Http404 before the first analysis."""
    snapshot = current()
    if snapshot is None:
        raise Http404
    return snapshot


def address_query(choice: Choice, **replaced: str) -> str:
    """The query of an address that asks for `choice`, some of it replaced."""
    plain = {field.name: getattr(choice, field.name) for field in fields(choice)}
    plain = {name: value for name, value in plain.items() if isinstance(value, str)}
    plain["q"] = plain.pop("text")
    defaults = {"by": "product", "roll": "account"}
    told = {**plain, **replaced}
    return urlencode(
        {name: value for name, value in told.items() if value and defaults.get(name) != value}
    )


def _uid(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""

"""Grounds of an opportunity and marks of a cell as they are written down, and read again."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from groundplan.kernel.evidence import Evidence
from groundplan.sources.contracts import Json
from groundplan.sources.rules import as_json

from .contracts import CellMark, Grounds, Mark

_COUNTS = ("accounts", "owners", "exposed", "adopted")


def grounds_written(grounds: Grounds) -> dict[str, Any]:
    """As the opportunity's column keeps them."""
    cited = grounds.cited
    return {
        "amount": as_json(grounds.amount),
        "probability": as_json(grounds.probability),
        "segment": grounds.segment,
        **{name: getattr(grounds, name) for name in _COUNTS},
        "because": list(grounds.because),
        "cited": [cited.kind, cited.key, cited.label, as_json(cited.on)],
    }


def grounds_read(written: dict[str, Any] | None) -> Grounds | None:
    """What `grounds_written` wrote; None where nobody chose the opportunity."""
    if not written:
        return None
    kind, key, label, on = written["cited"]
    return Grounds(
        amount=_decimal(written["amount"]),
        probability=_decimal(written["probability"]),
        segment=written["segment"],
        **{name: written[name] for name in _COUNTS},
        because=tuple(written["because"]),
        cited=Evidence(kind, key, label, _day(on)),
    )


def mark_written(found: CellMark | None) -> dict[str, Json] | None:
    """As the audit log keeps a mark; None for none."""
    if found is None:
        return None
    mark = found.mark
    return {
        "position": mark.position,
        "competitor": mark.competitor,
        "reason": mark.reason,
        "renewal_on": as_json(mark.renewal_on),
        "author": found.author,
        "marked_at": found.marked_at.isoformat() if found.marked_at else None,
    }


def mark_read(written: dict[str, Any] | None) -> CellMark | None:
    """What `mark_written` wrote."""
    if written is None:
        return None
    mark = Mark(
        written["position"], written["reason"], written["competitor"], _day(written["renewal_on"])
    )
    at = written["marked_at"]
    return CellMark(mark, written["author"], datetime.fromisoformat(at) if at else None)


def _decimal(text: Any) -> Decimal | None:
    return None if text is None else Decimal(str(text))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""A set of rules that nobody has kept, as a text that an address can carry."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from groundplan.insight.contracts import CharacteristicRow
from groundplan.kernel.errors import NotFound
from groundplan.measures.tiers import Limits

MOST_BYTES = 200_000
"""Sixty rules with some hundred values each."""


def trial_written(rows: Sequence[CharacteristicRow], limits: Limits) -> str:
    """Rules and limits as text; `trial_read` is the way back."""
    rules = [
        (row.name, row.attribute, row.operator, row.value, row.weight) for row in rows if row.active
    ]
    told = json.dumps([rules, asdict(limits)], separators=(",", ":"))
    return urlsafe_b64encode(zlib.compress(told.encode(), 9)).decode().rstrip("=")


def trial_read(text: str) -> tuple[tuple[CharacteristicRow, ...], Limits]:
    """Raises NotFound for what wasn't written so."""
    try:
        packed = zlib.decompressobj()
        told = packed.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)), MOST_BYTES)
        rules, limits = json.loads(told)
        rows = tuple(_row(rule, place) for place, rule in enumerate(rules))
        return rows, Limits(**{name: _limit(name, value) for name, value in limits.items()})
    except (ValueError, TypeError, zlib.error, AttributeError):
        raise NotFound("There is no such number.", mend="Try the rules again.") from None


def _row(rule: Sequence[Any], place: int) -> CharacteristicRow:
    name, attribute, operator, value, weight = rule
    return CharacteristicRow(
        None, str(name), str(attribute), str(operator), value, float(weight), True, place
    )


def _limit(name: str, value: object) -> Any:
    if name == "by":
        return "count" if value == "count" else "score"
    if value is not None and not isinstance(value, int | float):
        raise TypeError(name)
    return value

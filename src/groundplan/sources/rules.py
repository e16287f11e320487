"""How a value of a row is written down when it must be compared with a source's later."""

from datetime import date
from decimal import Decimal

from .contracts import Json


def as_json(value: object) -> Json:
    """`value` as JSON, equal values alike: amounts without trailing zeros, dates as ISO 8601."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not written down in overrides")

"""Numbers as people read them: abbreviated to three digits, signs and currency in front."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeAlias

from groundplan.kernel.figures import Figure

Number: TypeAlias = Decimal | int | float

MINUS = "\u2212"
NARROW = "\u202f"
SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩"}
# Below ten thousand every digit is shown: "$9,240" is as short as "$9.24k" and exact.
SMALLEST_SCALED = Decimal(10_000)
# 999,600 would round to "1000k": from half a digit below, the larger scale is taken.
ALMOST = Decimal("0.9995")
SCALES: Sequence[tuple[Decimal, Decimal, str]] = tuple(
    (max(scale * ALMOST, SMALLEST_SCALED), scale, suffix)
    for scale, suffix in (
        (Decimal(10) ** 12, "T"),
        (Decimal(10) ** 9, "B"),
        (Decimal(10) ** 6, "M"),
        (Decimal(10) ** 3, "k"),
    )
)
"""From which size on a number is told in which unit, and the unit's letter."""
# Made once, because a page writes thousands of numbers.
TWO_DIGITS, THREE_DIGITS = Decimal("9.995"), Decimal("99.95")
PLACES = tuple(Decimal(1).scaleb(-places) for places in range(7))
COUNTED_IN_FULL = 100_000


def exact(value: Number) -> str:
    """`value` in full, without exponent: what a machine compares."""
    return format(_number(value), "f")


def abbreviated(value: Number) -> str:
    """Three significant digits with k, M, B or T; below 10,000 rounded to a whole number.

    `12_400` is `12.4k`, `1_243_567` is `1.24M`, `9_240` is `9,240`, negatives carry a minus sign.
    """
    number = _number(value)
    size = abs(number)
    sign = MINUS if number < 0 else ""
    for least, scale, suffix in SCALES:
        if size >= least:
            return f"{sign}{_three_digits(size / scale)}{suffix}"
    whole = size.quantize(PLACES[0], rounding=ROUND_HALF_EVEN)
    return f"{sign if whole else ''}{whole:,}"


def short(value: Number) -> str:
    """As `abbreviated`, without decimals that are zero: for the round values of an axis."""
    text = abbreviated(value)
    suffix = text[-1:] if text[-1:].isalpha() else ""
    digits = text.removesuffix(suffix)
    return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits}{suffix}"


def money(value: Number, currency: str, *, full: bool = False) -> str:
    """`value` with its currency; `full` gives every digit down to the cent."""
    text = grouped(value, 2) if full else abbreviated(value)
    sign, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    if not currency:
        return f"{sign}{digits}"
    symbol = SYMBOLS.get(currency, f"{currency}{NARROW}")
    return f"{sign}{symbol}{digits}"


def percent(value: Number) -> str:
    """A fraction of one in percent: whole from 10 %, one decimal below."""
    number = _number(value) * 100
    places = 0 if number == 0 or abs(number) >= Decimal("9.95") else 1
    return f"{grouped(number, places)}%"


def grouped(value: Number, places: int) -> str:
    """`value` with thousands separators and that many decimals."""
    number = _number(value).quantize(PLACES[places], rounding=ROUND_HALF_EVEN)
    return f"{MINUS if number < 0 else ''}{abs(number):,}"


def written_or_unknown(figure: Figure) -> str:
    """As `written`; a question mark where nothing is known, for descriptions of charts."""
    return "?" if figure.value is None else written(figure)


def written(figure: Figure, *, full: bool = False) -> str:
    """A known figure as text in its unit; an unknown one is the caller's to word."""
    value = figure.value
    if value is None:
        raise ValueError("an unknown figure has no text of its own")
    if figure.unit == "money":
        return money(value, figure.currency, full=full)
    if figure.unit in ("share", "rate"):
        return f"{grouped(_number(value) * 100, 2)}%" if full else percent(value)
    if figure.unit == "score":
        return grouped(value, 2 if full else 1)
    whole = full or abs(_number(value)) < COUNTED_IN_FULL
    return grouped(value, 0) if whole else abbreviated(value)


def _number(value: Number) -> Decimal:
    # A float by its shortest text: 0.1 is a tenth, not what binary makes of it.
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _three_digits(value: Decimal) -> str:
    places = 2 if value < TWO_DIGITS else 1 if value < THREE_DIGITS else 0
    return str(value.quantize(PLACES[places], rounding=ROUND_HALF_EVEN))

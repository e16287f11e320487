"""What commands print: JSON for programs, aligned text for people."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import click


def plain(value: object) -> object:
    """`value` as JSON can hold it; money becomes a number, as exact as a double allows."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, default=plain, ensure_ascii=False, indent=2))


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as they need to be; numbers to the right."""
    cells = [[_text(cell) for cell in row] for row in rows]
    widths = [
        max(len(heading), *(len(row[i]) for row in cells), 0) for i, heading in enumerate(headings)
    ]
    click.echo("  ".join(h.ljust(w) for h, w in zip(headings, widths, strict=True)).rstrip())
    for row in cells:
        click.echo("  ".join(_place(c, w) for c, w in zip(row, widths, strict=True)).rstrip())


def _text(cell: object) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}"
    if isinstance(cell, float):
        return f"{cell:.4f}"
    return str(cell)


def _place(cell: str, width: int) -> str:
    numeric = cell.lstrip("-")[:1].isdigit() and not any(c.isalpha() for c in cell)
    return cell.rjust(width) if numeric else cell.ljust(width)


class Printed:
    """Progress for a person at a terminal, on standard error; silent where that is no terminal."""

    def __init__(self) -> None:
        self.last = ""
        self.seen = sys.stderr.isatty()

    def step(self, message: str, share: float | None = None) -> None:
        if self.seen and message and message != self.last:
            self.last = message
            prefix = "     " if share is None else f"{share:4.0%} "
            click.echo(prefix + message, err=True)

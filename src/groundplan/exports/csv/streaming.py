"""Rows to CSV one at a time, so that a million of them need the memory of one."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from groundplan.exports.contracts import Value
from groundplan.kernel.cells import FORMULA_SIGNS

BYTE_ORDER_MARK = "\ufeff"


class _Line:
    """The file that `csv.writer` believes it writes to: hands back what it was given."""

    def write(self, line: str) -> str:
        return line


def safe(value: Value) -> Value:
    """`value` so that no spreadsheet takes it for a formula.

    Only text can be one: a negative number stays the number it is.
    """
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value


def stream(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The lines of a CSV file with `headings`, UTF-8 with a mark that Excel needs to see it."""
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + str(writer.writerow([safe(heading) for heading in headings]))
    for row in rows:
        yield str(writer.writerow([safe(value) for value in row]))

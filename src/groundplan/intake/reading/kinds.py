"""Which kind of file it is, judged by its first bytes and not by its name."""

import re
from pathlib import Path
from typing import Literal

from groundplan.kernel.errors import InvalidInput

Kind = Literal["delimited", "excel", "parquet", "gzip", "zip"]

READABLE = frozenset(
    [
        ".csv",
        ".tsv",
        ".tab",
        ".txt",
        ".psv",
        ".xlsx",
        ".xlsm",
        ".xlsb",
        ".xls",
        ".ods",
        ".parquet",
        ".pq",
        ".gz",
        ".zip",
    ]
)
_EXCEL_PARTS = (b"xl/", b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")
_MEND = "Export the table again as CSV, Excel or Parquet."


def kind_of(path: Path, name: str) -> Kind:
    """Raises InvalidInput for an empty file and for what is no table at all."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise empty(name)
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if start.startswith(b"PK\x03\x04"):
        return "excel" if any(part in start for part in _EXCEL_PARTS) else "zip"
    _refuse(start, name)
    return "delimited"


def empty(name: str) -> InvalidInput:
    return InvalidInput(f"{name} is empty.", field=name, mend="Export it again.")


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "excel"),
)


def _refuse(start: bytes, name: str) -> None:
    found = _stranger(start)
    if found:
        raise InvalidInput(f"{name} is {found}, not a table.", field=name, mend=_MEND)


# A lone `{}` above a table is how some systems begin their exports.
_JSON = re.compile(rb'\{\s*"|\[\s*[{\["]|\[\n|\{\n')


def _stranger(start: bytes) -> str:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(b"%pdf"):
        return "a PDF document"
    if text.startswith((b"<!doctype", b"<html", b"<table", b"<head", b"<body")):
        return "an HTML page"
    if text.startswith(b"<?xml"):
        return "an XML document"
    if _JSON.match(text):
        return "JSON"
    if _is_binary(start):
        return "a binary file"
    return ""


def _is_binary(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = start.count(0)
    # Zeros below a line of text are a fault within a table: its line is told.
    first = start.partition(b"\n")[0]
    if zeros * 50 > len(start) and (0 in first or first == start):
        # UTF-16 without a mark has a zero in every other byte, all at even or all at odd places.
        even = start[::2].count(0)
        return zeros < len(start) // 4 or min(even, zeros - even) > zeros // 10
    controls = sum(0 < byte < 9 or 13 < byte < 32 for byte in start)
    return controls > len(start) // 20

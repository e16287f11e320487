"""Cells of files that people open in a spreadsheet, which runs what begins like a formula."""

import re

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with, wide signs too, and blanks that hide what comes behind them; as
OWASP lists them for CSV injection."""

_NUMBER = re.compile(r"[+-]\d[\d., '\xa0]*%?")


def harmless(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would run it; numbers stay."""
    if text.startswith(FORMULA_SIGNS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text

"""CSV that a spreadsheet opens without running anything in it."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.exports.csv import safe, stream


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-cmd", "@SUM(A1)", "\tx", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠SUM"]
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_a_negative_number_stays_a_number() -> None:
    lines = list(stream(("gap",), [(Decimal("-12.50"),)]))
    assert lines[1] == "-12.50\r\n"


def test_a_heading_is_made_safe_too() -> None:
    assert next(iter(stream(("=evil",), []))) == "\ufeff'=evil\r\n"


def test_nothing_known_is_an_empty_cell_not_a_zero() -> None:
    assert list(stream(("a", "b"), [(None, date(2026, 2, 1))]))[1] == ",2026-02-01\r\n"


def test_rows_are_read_one_at_a_time() -> None:
    taken = []

    def rows() -> object:
        for number in range(3):
            taken.append(number)
            yield (number,)

    lines = stream(("n",), rows())  # type: ignore[arg-type]  # a generator of tuples
    next(lines)
    assert taken == []
    next(lines)
    assert taken == [0]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])), min_size=1))
def test_what_is_written_is_read_back(texts: list[str]) -> None:
    written = "".join(stream(["h"] * len(texts), [texts])).removeprefix("\ufeff")
    read = list(csv.reader(io.StringIO(written, newline="")))[1]
    assert [cell.removeprefix("'") for cell in read] == [text.removeprefix("'") for text in texts]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in read)

"""What a spreadsheet would run."""

import pytest

from groundplan.kernel.cells import FORMULA_SIGNS, harmless


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert harmless(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", ["-12.50", "+3", "-1,234.5", "-5%", "", "Alder = Labs", "7"])
def test_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", ["-1+cmd", "+", "--1", "-2-3", "+1@A"])
def test_what_only_begins_like_a_number_is_none(text: str) -> None:
    assert harmless(text) == f"'{text}"

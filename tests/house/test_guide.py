"""The guide says what the program does."""

import re
from pathlib import Path

import pytest

from groundplan.engine.facts import TABLES

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "facts.md"


def rows() -> dict[str, tuple[set[str], set[str]]]:
    """Per table of the guide its required and its optional columns."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for line in GUIDE.read_text().splitlines():
        if match := re.match(r"\| (\w+) \| ([\w, ]+) \|([\w, ]*)\|$", line):
            found[match[1]] = (names(match[2]), names(match[3]))
    del found["table"]
    return found


def names(cell: str) -> set[str]:
    return {name.strip() for name in cell.split(",") if name.strip()}


@pytest.mark.parametrize("name", TABLES)
def test_the_guide_lists_the_columns_that_an_import_takes(name: str) -> None:
    table = TABLES[name]
    required = {column.name for column in table.columns if column.required}
    assert rows()[name] == (required, {column.name for column in table.columns} - required)


def test_the_guide_lists_no_other_table() -> None:
    assert set(rows()) == set(TABLES)

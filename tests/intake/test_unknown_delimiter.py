"""Files parted by a character that nobody looks for: what was tried, and what to do."""

from pathlib import Path

import pytest

from groundplan.intake.reading import stage_files
from groundplan.intake.reading.unknown_delimiter import ODD, check_divided
from groundplan.intake.workspace import open_workspace
from groundplan.kernel.errors import InvalidInput


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_delimiter_is_named_with_those_that_were_tried(odd: str) -> None:
    lines = [line.replace(",", odd) for line in ("id,name,city", "1,Acme,Rome", "2,Bo,Bern")]
    with pytest.raises(InvalidInput) as told:
        check_divided("accounts.csv", lines, 1)
    assert f"its lines hold {odd} instead" in told.value.message
    assert "commas, semicolons, tabs and bars" in told.value.message
    assert f"sep={odd}" in told.value.mend


@pytest.mark.parametrize(
    ("lines", "columns"),
    [
        (["Account", "Acme: Rome", "Bo: Bern"], 1),
        (["name", "Acme", "Bo"], 1),
        (["a:b", "Acme"], 1),
        (["when,at:hour", "1,2:3", "4,5:6"], 2),
        (["id~name"], 1),
        ([], 1),
    ],
)
def test_lists_of_one_column_and_files_that_were_divided_are_left_alone(
    lines: list[str], columns: int
) -> None:
    check_divided("accounts.csv", lines, columns)


def test_what_the_refusal_says_to_do_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("id~name\n1~Acme\n")
    with open_workspace(tmp_path / "work") as workspace:
        with pytest.raises(InvalidInput, match="sep=~"):
            stage_files([path], workspace)
        path.write_text("sep=~\nid~name\n1~Acme\n")
        (file,) = stage_files([path], workspace)
    assert (file.columns, file.rows) == (("id", "name"), 1)

"""What stops an import that nobody looked at, whatever its columns were taken for."""

from pathlib import Path

import pytest

from groundplan.intake.contracts import ColumnRule, Mapping, StageRule, TableMapping
from groundplan.intake.reading.staging import stage_files
from groundplan.intake.suggest.nonsense import nonsense
from groundplan.intake.workspace import open_workspace

FIRMS = [f"{name} {form}" for name in ("Abel", "Birch", "Cedar", "Dorn", "Elm", "Fern", "Gale",
         "Hart", "Iris", "Jade") for form in ("GmbH", "Ltd", "AG", "Inc", "SA", "plc")]  # fmt: skip
ENDS = ("Won", "Lost", "Pending")


def _told(
    folder: Path, header: str, row: str, table: str, stages: dict[str, StageRule], **columns: str
) -> list[str]:
    """What is said of 60 rows; `row` is formatted with n and the firm."""
    lines = [row.format(n=n, firm=firm, few=n % 5, end=ENDS[n % 3]) for n, firm in enumerate(FIRMS)]
    path = folder / "facts.csv"
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    rules = {name: ColumnRule(column=column) for name, column in columns.items()}
    mapping = Mapping((TableMapping(table, "facts.csv", rules),), stages=stages)
    with open_workspace(folder / "work") as workspace:
        files = stage_files([path], workspace)
        return nonsense(mapping, {file.name: file for file in files}, workspace.connection)


def _of_sales(folder: Path, header: str, row: str, **columns: str) -> list[str]:
    return _told(folder, header, row, "purchases", {}, **columns)


def test_a_handful_of_accounts_beside_many_companies_is_none(tmp_path: Path) -> None:
    header, row = "Group,{},Day,Worth", "G{few},{firm},2025-03-01,{n}.50"
    (told,) = _of_sales(tmp_path, header.format("Sold to"), row, account_id="Group", amount="Worth")
    assert told.startswith("facts.csv: Group would tell 5 accounts, though Sold to names 60")


@pytest.mark.parametrize("heading", ["Supplier", "Hersteller", "Sold to"])
def test_suppliers_are_no_accounts_and_nor_is_what_is_mapped(tmp_path: Path, heading: str) -> None:
    columns = {"account_id": "Group", "amount": "Worth"}
    columns |= {"account.name": heading} if heading == "Sold to" else {}
    row = "G{few},{firm},2025-03-01,{n}.50"
    assert not _of_sales(tmp_path, f"Group,{heading},Day,Worth", row, **columns)


@pytest.mark.parametrize(
    ("numbers", "stops"),
    [("{n}", True), ("1000{n:02d}", True), ("49{few}00{n:02d}1{few}", True), ("{n}.25", False),
     ("{few}00", False), ("{n}00", False)],
)  # fmt: skip
def test_numbers_of_things_are_not_added_up(tmp_path: Path, numbers: str, stops: bool) -> None:
    row = "{firm},2025-03-01," + numbers
    told = _of_sales(tmp_path, "Buyer,Day,Worth", row, account_id="Buyer", amount="Worth")
    assert bool(told) == stops


def test_amounts_that_are_nothing_are_another_column(tmp_path: Path) -> None:
    told = _of_sales(
        tmp_path, "Buyer,Day,Worth", "{firm},2025-03-01,0.00", account_id="Buyer", amount="Worth"
    )
    assert told == ["facts.csv: Worth is 0 on 100% of the rows: say which column is amount."]


@pytest.mark.parametrize(
    ("column", "outcome", "stops"),
    [("Result", "open", True), ("Result", "won", False), ("Team", "open", False)],
)
def test_deals_are_not_all_open_where_a_column_tells_which_were_won(
    tmp_path: Path, column: str, outcome: str, stops: bool
) -> None:
    end = "{end}" if column == "Result" else "R{few}"
    told = _told(
        tmp_path, f"Deal,Buyer,Step,{column},Worth", "D{n},{firm},A," + end + ",{n}.5",
        "opportunities", {"A": StageRule("won" if outcome == "won" else "open")},
        opportunity_id="Deal", account_id="Buyer", stage="Step", amount="Worth",
    )  # fmt: skip
    assert bool(told) == stops

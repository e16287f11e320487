"""When things were sold, as reports and pivots tell it; and what is said where little tells."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from groundplan.intake.suggest import doubts
from groundplan.intake.suggest.headings.naming import words

from .staged import suggested

NAMES = ("Abel GmbH", "Birch Ltd", "Cedar AG", "Dorn SA", "Elm Inc")


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("007.2024", "003.2025"),
        ("202407", "202503"),
        ("07/2024", "03/2025"),
        ("2024-07", "2025-03"),
    ],
)
def test_periods_of_a_year_are_dates(tmp_path: Path, written: str, first: str) -> None:
    cells = [written if n % 2 else first for n in range(24)]
    cells[:6] = [cell.replace("2024", f"202{at % 3}") for at, cell in enumerate(cells[:6])]
    cells[6:12] = [cell.replace("07", "08").replace("03", "11") for cell in cells[6:12]]
    rows = "".join(f"{NAMES[n % 5]},W{n % 3},{cell},{n}.55\n" for n, cell in enumerate(cells))
    with suggested(tmp_path, {"sales.csv": "Customer,Item,Periode/Jahr,Amount\n" + rows}) as found:
        assert found.columns("purchases")["date"] == "Periode/Jahr"


@pytest.mark.parametrize(
    ("month", "told"),
    [("3", "concat(Year, '-', Month, '-1')"), ("Mar", "concat('1 ', Month, ' ', Year)")],
)
def test_a_year_and_a_month_make_a_day(tmp_path: Path, month: str, told: str) -> None:
    rows = "".join(f"2024,{month},{NAMES[n % 5]},W{n % 3},{n}.55\n" for n in range(20))
    files = {"sales.csv": "Year,Month,Customer,Product,Net Sales\n" + rows}
    with suggested(tmp_path, files) as found:
        assert found.columns("purchases")["date"] == told


def test_the_totals_of_a_pivots_groups_count_once(tmp_path: Path) -> None:
    text = "Customer,Product,Jan 2024,Feb 2024,Mar 2024\n"
    for name in NAMES:
        text += f"{name},Pump,1,2,\n,Valve,,4,5\n{name} Total,,1,6,5\n"
    text += "Grand Total,,5,30,25\n"
    with suggested(tmp_path, {"pivot.csv": text}) as found:
        rows = found.rows("purchases", "account_id", "amount")
    assert sum(float(amount or 0) for _, amount in rows) == 60
    assert {name for name, _ in rows} == set(NAMES)


def _deals(closed: str, headings: str) -> str:
    text = headings + "\n"
    for n in range(30):
        begun = date(2025, 1, 6) + timedelta(n)
        day = begun + timedelta(40) if n % 2 else closed
        text += f"{n},D{n},{NAMES[n % 5]},{('Won', 'Lost', 'Talks')[n % 3]},{n}7.5,{begun},{day}\n"
    return text


def test_the_last_day_of_a_deal_is_its_close_and_the_first_its_begin(tmp_path: Path) -> None:
    text = _deals("2025-12-24", "Id,Deal Name,Company,Stage,Value,qaa,qab")
    with suggested(tmp_path, {"deals.csv": text}) as found:
        deals = found.columns("opportunities")
    assert (deals["opened_on"], deals["close_on"]) == ("qaa", "qab")


def test_when_a_deal_was_last_touched_is_not_its_close(tmp_path: Path) -> None:
    text = _deals("2025-12-24", "Id,Deal Name,Company,Stage,Value,qaa,Дата редактирования")
    with suggested(tmp_path, {"deals.csv": text}) as found:
        assert found.columns("opportunities")["close_on"] == "qaa"


def test_a_text_that_stands_for_no_day_is_no_day(tmp_path: Path) -> None:
    text = _deals("not closed", "Id,Deal Name,Company,Stage,Value,Created,Close Date")
    with suggested(tmp_path, {"deals.csv": text}) as found:
        assert found.columns("opportunities")["close_on"] == (
            "if(not (`Close Date` in ('not closed')), `Close Date`)"
        )


def test_the_list_of_products_tells_the_price_that_lines_lack(tmp_path: Path) -> None:
    sales = "stor_id,ord_num,ord_date,qty,title_id\n"
    sales += "".join(
        f"S{n // 2 % 5},O{n // 2},2025-01-{n // 2 % 28 + 1:02d},{n % 7 + 1},T{n % 3}\n"
        for n in range(60)
    )
    titles = "title_id,title,price\nT0,Tea,1.5\nT1,Milk,2.5\nT2,Salt,3.5\n"
    with suggested(tmp_path, {"sales.csv": sales, "titles.csv": titles}) as found:
        assert found.columns("purchases")["amount"] == "`titles.csv:price` * qty"


def test_what_was_guessed_is_told_with_what_was_left_out(tmp_path: Path) -> None:
    text = "Id,Deal Name,Company,Stage,Projected Revenue Low,Projected Revenue High\n"
    text += "".join(
        f"{n},D{n},{NAMES[n % 5]},{('Won', 'Talks')[n % 2]},{n}7.5,{n}9.5\n" for n in range(30)
    )
    with suggested(tmp_path, {"deals.csv": text}) as found:
        told = doubts(found.suggestions, found.mapping, found.files)
    assert any("amount is Projected Revenue Low" in each for each in told)
    assert "deals.csv: no column was found for close_on, owner." in told
    assert "deals.csv: columns not used: Projected Revenue High." in told


def test_nothing_is_told_where_headings_say_all(tmp_path: Path) -> None:
    text = "Order No,Order Date,Customer No,Product No,Quantity,Net Amount\n"
    text += "".join(f"O{n},2025-01-{n % 28 + 1:02d},C{n % 5},P{n % 3},1,{n}.5\n" for n in range(30))
    with suggested(tmp_path, {"orders.csv": text}) as found:
        assert doubts(found.suggestions, found.mapping, found.files) == []


def test_words_in_capitals_are_taken_apart_where_all_are_known() -> None:
    assert words("LINEDESCRIPTION") == ("line", "description")
    assert words("ORDERINGCUSTOMERACCOUNTNUMBER") == ("ordering", "customer", "account", "number")
    assert words("Zugangsart") == ("zugangsart",)

"""Reports of a CRM that group their rows, and lists that name a person in each account's row."""

from pathlib import Path

from .staged import suggested

HEADER = "Stage,Account Name,Opportunity Name,Amount,Close Date,Opportunity Owner\n"
STAGES = ("Prospecting", "Proposal", "Closed Won", "Closed Lost")


def test_a_stage_told_on_the_first_line_of_its_group_is_that_of_all(tmp_path: Path) -> None:
    told, n = [HEADER], 0
    for stage in STAGES:
        for at in range(6):
            n += 1
            shown = stage if at == 0 else ""
            told.append(f"{shown},Firm {n} Ltd,Deal {n},USD {n}00.00,4/{n}/2027,Ann Lee\n")
        told += ["Subtotal,,,USD 100.00,,\n", "Count,6,,,,\n"]
    told += ["Grand Totals,,,USD 400.00,,\n", "Count,24,,,,\n"]
    with suggested(tmp_path, {"report.csv": "".join(told)}) as found:
        rows = found.rows("opportunities", "stage")
    assert [stage for (stage,) in rows] == [stage for stage in STAGES for _ in range(6)]


def test_a_person_of_two_names_in_an_accounts_row_is_its_contact(tmp_path: Path) -> None:
    told = ["customerNumber,customerName,contactLastName,contactFirstName,phone,city\n"]
    told += [f"{100 + n},Firm {n} Ltd,Lee{n},Ann,555-{n},Bonn\n" for n in range(15)]
    with suggested(tmp_path, {"customers.csv": "".join(told)}) as found:
        assert found.tables == ["accounts", "contacts"]
        assert found.rows("contacts", "name")[0] == ("Ann Lee0",)


def test_a_product_that_some_rows_do_not_name_is_called_as_others_call_it(tmp_path: Path) -> None:
    told = ["InvoiceNo,StockCode,Description,Quantity,UnitPrice,InvoiceDate,CustomerID\n"]
    for n in range(40):
        name = "" if n in (1, 2) else f"Pump {n % 5}"
        told.append(f"{n // 2},S{n % 5},{name},{1 + n % 3},2.5,2025-01-{1 + n // 2},{n // 2 % 7}\n")
    told.append("99,S9,,1,2.5,2025-02-01,3\n")
    with suggested(tmp_path, {"retail.csv": "".join(told)}) as found:
        rows = {row[0]: row[1] for row in found.rows("products", "product_id", "name")}
    assert (rows["S1"], rows["S9"]) == ("Pump 1", "S9")

"""Lines of freight and tax among those of goods."""

from pathlib import Path

import pytest

from groundplan.intake.suggest.documents.charges import is_charge

from .staged import suggested

HEADER = "Invoice,Date,Customer,Item,Quantity,Unit Price,Amount\n"


@pytest.mark.parametrize(
    "name", ["POSTAGE", "UPS Ground", "Versandkosten", "Frais de port", "Sales Tax", "VAT 20%"]
)
def test_freight_and_tax_are_charges(name: str) -> None:
    assert is_charge(name)


@pytest.mark.parametrize(
    "name", ["Shipping boxes", "Tax consulting", "USB port", "Postage stamp album", "Ground beef"]
)
def test_goods_that_have_such_a_word_are_sold(name: str) -> None:
    assert not is_charge(name)


def _sales(freight: int, rate: str = "") -> str:
    told = [HEADER]
    for n in range(60):
        start = f"I{n},2025-0{1 + n % 9}-1{n % 9},Firm {n % 7} Ltd"
        told.append(f"{start},Pump {n % 5},{1 + n % 4},{7.5 + n},{(1 + n % 4) * (7.5 + n)}\n")
        if n < freight:
            told.append(f"{start},Express delivery,1,9.9,9.9\n")
        if rate and n < 20:
            told.append(f"{start},CA-SAN JOSE,,{rate},{0.1 * n:.2f}\n")
    return "".join(told)


def test_lines_of_freight_are_left_out_and_told(tmp_path: Path) -> None:
    with suggested(tmp_path, {"invoices.csv": _sales(20)}) as found:
        assert found.table("purchases").skip == ("Item in ('Express delivery')",)
        assert any("'Express delivery'" in doubt for doubt in found.doubts())


def test_who_sells_transport_keeps_its_lines(tmp_path: Path) -> None:
    with suggested(tmp_path, {"invoices.csv": _sales(60)}) as found:
        assert found.table("purchases").skip == ()


def test_a_line_that_is_a_share_in_percent_is_a_tax(tmp_path: Path) -> None:
    with suggested(tmp_path, {"invoices.csv": _sales(0, "7.25%")}) as found:
        (test,) = found.table("purchases").skip
        assert "contains(`Unit Price`, '%')" in test


@pytest.mark.parametrize(("of_all", "left_out"), [(True, False), (False, True)])
def test_freight_counts_where_the_files_own_total_does_so(
    tmp_path: Path, *, of_all: bool, left_out: bool
) -> None:
    text = _sales(20)
    total = sum(float(line.rpartition(",")[2]) for line in text.splitlines()[1:])
    text += f"Total,,,,,,{total if of_all else total - 20 * 9.9:.2f}\n"
    with suggested(tmp_path, {"invoices.csv": text}) as found:
        assert bool(found.table("purchases").skip) is left_out

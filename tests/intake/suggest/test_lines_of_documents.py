"""Lines of posted documents, whose day only the list of the documents tells."""

from pathlib import Path

import pytest

from .staged import suggested

FIRMS = ("Abel GmbH", "Birch Ltd", "Cedar AG", "Dorn SA", "Elm Inc")


def _books(kind: str = "Comment", *, sold: int = 0) -> dict[str, str]:
    """Forty invoices of two lines and one of text, which may say that it `sold` some."""
    heads = "No.,Customer No.,Customer Name,Amount,Posting Date\n"
    lines = "Document No.,Sell-to Customer No.,Type,No.,Description,Quantity,Unit Price,Amount\n"
    for n in range(40):
        own = f"{103001 + n},C{n % 5}"
        for at in (0, 1):
            count, price = 2 + (n + at) % 5, 10.5 + (n + at) % 7
            lines += f"{own},Item,{1900 + (n + at) % 7}-S,Ware {(n + at) % 7}"
            lines += f",{count},{price},{count * price}\n"
        lines += f"{own},{kind},,As agreed with {FIRMS[n % 5]},{sold},0,0\n"
        heads += f"{own},{FIRMS[n % 5]},99.5,2026-03-{n % 28 + 1:02d}\n"
    return {"Sales Invoices.csv": heads, "Sales Invoice Lines.csv": lines}


def test_a_document_is_the_invoice_that_a_list_of_invoices_numbers(tmp_path: Path) -> None:
    with suggested(tmp_path, _books()) as found:
        table = found.table("purchases")
        assert table.file == "Sales Invoice Lines.csv"
        assert found.columns("purchases")["date"] == "Posting Date"
        assert table.joins[0].on == {"Document No.": "No."}


def test_lines_that_only_hold_text_are_no_sales(tmp_path: Path) -> None:
    with suggested(tmp_path, _books()) as found:
        assert len(found.rows("purchases", "product_id")) == 80


@pytest.mark.parametrize(("kind", "sold"), [("Resource", 0), ("Comment", 1)])
def test_lines_that_sell_something_stay_whatever_their_kind_is_called(
    tmp_path: Path, kind: str, sold: int
) -> None:
    with suggested(tmp_path, _books(kind, sold=sold)) as found:
        assert len(found.rows("purchases", "product_id")) == 120

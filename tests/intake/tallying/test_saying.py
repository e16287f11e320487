"""What headings say of orders."""

import pytest

from groundplan.intake.tallying.saying import price_of, role_of


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Total", "total"),
        ("Grand Total", "total"),
        ("Subtotal", "total"),
        ("DocTotal", "total"),
        ("Auftragswert Netto", "total"),
        ("Rechnungsbetrag", "total"),
        ("total_paid_tax_excl", ""),
        ("Untaxed Amount", "total"),
        ("Total excl. VAT", "total"),
        ("Taxes", "tax"),
        ("VatSum", "tax"),
        ("Order Total Tax Amount", "tax"),
        ("MwSt. %", ""),
        ("Discount Amount", "discount"),
        ("Cart Discount Amount", "discount"),
        ("DiscPrcnt", "share"),
        ("Additional Discount Percentage", "share"),
        ("Subtotal after discount", "total"),
        ("Freight", "freight"),
        ("Shipping", "freight"),
        ("Shipping Method", ""),
        ("Valor Frete Pedido", "freight"),
        ("Frais de livraison", "freight"),
        ("Versandkosten", "freight"),
        ("Tipo Frete", ""),
        ("Balance", ""),
        ("Total Quantity", ""),
        ("Amount paid", ""),
        ("Unit Price", ""),
        ("Invoice Number", ""),
    ],
)
def test_headings_say_what_they_tell_of_an_order(heading: str, role: str) -> None:
    assert role_of(heading) == role


def test_the_price_of_a_unit_is_no_cost() -> None:
    assert price_of(["Qty", "Unit Price", "Total"]) == "Unit Price"
    assert price_of(["Qty", "Unit Cost", "Total"]) == ""
    assert price_of(["Qty", "Total"]) == ""

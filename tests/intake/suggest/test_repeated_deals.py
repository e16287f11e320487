"""Exports that tell a deal in several rows: it counts once, whatever the rows are."""

from pathlib import Path

import pytest

from .staged import Suggested, suggested

FIRMS = ("Abel Sarl", "Birch SAS", "Cedar SA", "Dorn & Fils", "Elm SARL", "Faure SNC")
STEPS = ("Prospection", "Gagné", "Perdu")
REPORT = "Compte;Opportunité;Étape;Montant;Date de clôture;Date de création;Commercial"


def _deals(rows: int) -> list[str]:
    """Deals as the columns of REPORT, whose names repeat from customer to customer."""
    told = []
    for n in range(rows):
        firm, name = FIRMS[n % 6], ("Contrat cadre", "Extension", "Essai")[n // 6 % 3]
        days = f"2026-03-{1 + n:02d};2025-11-{1 + n:02d}"
        told.append(f"{firm};{name} {n // 18};{STEPS[n % 3]};{1000 + 37 * n},50;{days};Anne Leroy")
    return told


def _worth(found: Suggested) -> dict[str | None, float]:
    """What each deal that is taken is worth."""
    rows = found.rows("opportunities", "opportunity_id", "amount")
    return {key: float(str(amount).replace(",", ".")) for key, amount in rows}


def test_a_deal_that_repeats_its_amount_for_each_product_counts_once(tmp_path: Path) -> None:
    told = [f"{REPORT};Produit;Quantité;Prix unitaire;Prix total\n"]
    for n, deal in enumerate(_deals(27)):
        for line in range(1 + n % 3):
            told.append(f"{deal};Pompe {(n + line) % 4};{1 + line};{20 + n},00;")
            told.append(f"{(1 + line) * (20 + n)},00\n")
    with suggested(tmp_path, {"rapport.csv": "".join(told)}) as found:
        assert found.tables == ["purchases", "opportunities"]
        assert found.table("opportunities").distinct
        assert len(found.rows("opportunities", "opportunity_id")) == 27
        assert sorted(_worth(found).values()) == [1000.5 + 37 * n for n in range(27)]
        bought = found.rows("purchases", "order_id", "amount")
    assert sum(float(str(amount)[:-3]) for _, amount in bought) == sum(
        (1 + line) * (20 + n) for n in range(27) if n % 3 == 1 for line in range(1 + n % 3)
    )
    assert len({order for order, _ in bought}) == 9, "only what was won was bought"


@pytest.mark.parametrize("key", ["", "Opportunity ID;"])
def test_a_deal_with_a_row_for_each_of_its_contacts_counts_once(tmp_path: Path, key: str) -> None:
    told = [f"{key}{REPORT};Contact;Rôle\n"]
    for n, deal in enumerate(_deals(27)):
        own = f"OP-{n};" if key else ""
        told += [f"{own}{deal};Personne {n}-{at};Décideur\n" for at in range(1 + n % 3)]
    with suggested(tmp_path, {"opportunites.csv": "".join(told)}) as found:
        assert len(found.rows("opportunities", "opportunity_id")) == 27
        assert sorted(_worth(found).values()) == [1000.5 + 37 * n for n in range(27)]
        assert "several rows are one deal" in " ".join(found.doubts())


def test_rows_of_a_deal_with_amounts_of_their_own_all_count(tmp_path: Path) -> None:
    told = [f"{REPORT};Produit\n"]
    for n, deal in enumerate(_deals(27)):
        for line in range(1 + n % 3):
            own = deal.replace(f"{1000 + 37 * n},50", f"{300 + 11 * n + line},00")
            told.append(f"{own};Pompe {(n + line) % 4}\n")
    with suggested(tmp_path, {"opportunites.csv": "".join(told)}) as found:
        assert len(_worth(found)) == 54


def test_deals_that_come_again_every_year_are_deals_of_their_own(tmp_path: Path) -> None:
    told = [f"{REPORT}\n"]
    for n in range(30):
        firm, year = FIRMS[n % 6], 2021 + n // 6
        days = f"{year}-03-0{1 + n % 6};{year - 1}-11-05"
        told.append(f"{firm};Abonnement;{STEPS[n // 6 % 3]};{1000 + n % 6},00;{days};Anne Leroy\n")
    with suggested(tmp_path, {"opportunites.csv": "".join(told)}) as found:
        assert not found.table("opportunities").distinct
        assert len(_worth(found)) == 30

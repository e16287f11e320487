"""Orders that name a person of the company which buys."""

from collections.abc import Callable
from pathlib import Path

from .staged import suggested

FIRMS = ("Abel GmbH", "Birch AG", "Cedar KG", "Dorn GmbH", "Elm SE", "Fichte KG")
PEOPLE = ("Ana Ruiz", "Bo Lind", "Cem Kaya", "Dee Marsh", "Eva Novak", "Finn Berg")


def _kontakte() -> str:
    lines = ["Anzeigename;Name;Ist ein Unternehmen;Verbundenes Unternehmen;Stelle;E-Mail;Ort"]
    for n, (firm, person) in enumerate(zip(FIRMS, PEOPLE, strict=True)):
        lines.append(f"{firm};{firm};Ja;;;info{n}@example.com;Ulm")
        lines.append(f"{firm}, {person};{person};Nein;{firm};Einkauf;p{n}@example.com;")
    return "\n".join([*lines, ""])


def _verkauf(*, people: bool = True) -> str:
    lines = ["Auftragsnummer;Auftragsdatum;Kunde;Artikel;Menge;Zwischensumme"]
    for n in range(48):
        who = FIRMS[n % 6] + (f", {PEOPLE[n % 6]}" if people and n % 4 == 0 else "")
        lines.append(f"S{n:04d};2025-03-{n % 28 + 1:02d};{who};Ware {n % 5};{n % 3 + 1};{n}1,50")
    return "\n".join([*lines, ""])


def test_what_a_person_of_the_list_ordered_is_their_companys(tmp_path: Path) -> None:
    files = {"Kontakte.csv": _kontakte(), "Verkauf.csv": _verkauf()}
    with suggested(tmp_path, files) as found:
        assert {key for (key,) in found.rows("purchases", "account_id")} == set(FIRMS)
        assert {key for (key,) in found.rows("accounts", "account_id")} == set(FIRMS)
        assert len(found.rows("contacts", "contact_id")) == 6


def test_orders_of_companies_alone_need_no_list_for_it(tmp_path: Path) -> None:
    files = {"Kontakte.csv": _kontakte(), "Verkauf.csv": _verkauf(people=False)}
    with suggested(tmp_path, files) as found:
        assert found.columns("purchases")["account_id"] == "Kunde"
        assert not found.table("purchases").joins


SOCIETES = (
    "Abeille SARL",
    "Bouleau, Martin & Fils",
    "Cèdre SA",
    "Dune SAS",
    "Érable",
    "Figuier SA",
)
PRENOMS, NOMS = (
    ("Marie", "Luc", "Claire", "Odile"),
    ("Petit", "Roux", "Faure", "Leroy", "Gay", "Blanc"),
)


def _employe(n: int) -> str:
    return f"{PRENOMS[n // 18 % 4]} {NOMS[n % 6]}"


def _ventes(behind: Callable[[int], str], mark: str = ", ") -> str:
    """Every third order tells something behind the company's name."""
    lines = ["Commande;Date;Client;Article;Quantité;Montant HT"]
    for n in range(72):
        who = SOCIETES[n % 6] + (f"{mark}{behind(n)}" if n // 6 % 3 == 0 else "")
        lines.append(f"C{n:04d};2025-03-{n % 28 + 1:02d};{who};Lampe {n % 5};{n % 3 + 1};{n}1,50")
    return "\n".join([*lines, ""])


def _clients(tmp_path: Path, text: str) -> set[str | None]:
    with suggested(tmp_path, {"ventes.csv": text}) as found:
        return {key for (key,) in found.rows("purchases", "account_id")}


def test_without_a_list_the_column_of_customers_tells_whose_people_order(tmp_path: Path) -> None:
    assert _clients(tmp_path, _ventes(_employe)) == set(SOCIETES)


def test_it_is_told_that_the_companies_count(tmp_path: Path) -> None:
    with suggested(tmp_path, {"ventes.csv": _ventes(_employe, " / ")}) as found:
        assert {key for (key,) in found.rows("purchases", "account_id")} == set(SOCIETES)
        assert any("the company counts" in told for told in found.doubts())


def test_places_and_legal_forms_behind_a_name_stay(tmp_path: Path) -> None:
    towns = ("Lyon", "Paris", "Nantes", "Saint-Étienne")
    told = _clients(tmp_path, _ventes(lambda n: towns[n % 4]))
    assert "Abeille SARL, Lyon" in told
    forms = _clients(tmp_path, _ventes(lambda n: ("Inc.", "S.L.", "Ltd.")[n % 3]))
    assert "Abeille SARL, Inc." in forms


def test_a_place_among_people_stays(tmp_path: Path) -> None:
    told = _clients(tmp_path, _ventes(lambda n: "Lyon" if n < 3 else _employe(n)))
    assert told > set(SOCIETES)
    assert {who.rpartition(", ")[2] for who in told - set(SOCIETES) if who} == {"Lyon"}

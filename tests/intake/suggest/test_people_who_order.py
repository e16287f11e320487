"""Orders that name a person of the company which buys."""

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

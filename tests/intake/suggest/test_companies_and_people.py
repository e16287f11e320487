"""Lists of companies and of the people who work there."""

from pathlib import Path

from .staged import suggested

FIRMS = ("Abel GmbH", "Birch AG", "Cedar KG", "Dorn SE", "Elm UG")
PEOPLE = ("Anna Lang", "Bernd Kurz", "Clara Weiss", "David Schwarz", "Eva Gruen", "Frank Braun")


def _addresses(person: str, firm: str, heading: str, *, keyed: bool = False) -> str:
    """Five firms and six people there, and one who works for none."""
    told = [f"{'ID,' if keyed else ''}Name,{heading},Gehört zu,Funktion,E-Mail,Ort\n"]
    rows = [f"{name},{firm},,,info@{n}.example,Bonn\n" for n, name in enumerate(FIRMS)]
    for n, name in enumerate(PEOPLE):
        whose = str(100 + n % 5) if keyed else FIRMS[n % 5]
        rows.append(f"{name},{person},{whose},Einkauf,p{n}@{n % 5}.example,Köln\n")
    rows.append(f"Gerda Solo,{person},,,gerda@solo.example,Trier\n")
    told += [f"{100 + n},{row}" if keyed else row for n, row in enumerate(rows)]
    return "".join(told)


def test_a_type_parts_accounts_from_contacts(tmp_path: Path) -> None:
    with suggested(tmp_path, {"Adressen.csv": _addresses("Person", "Firma", "Art")}) as found:
        assert found.tables == ["accounts", "contacts"]
        assert [name for (name,) in found.rows("accounts", "name")] == [*FIRMS, "Gerda Solo"]
        assert found.rows("contacts", "name", "account_id", "title")[0] == (
            "Anna Lang", "Abel GmbH", "Einkauf",
        )  # fmt: skip
        assert found.table("contacts").match_by_name == ("account_id",)


def test_a_flag_does_as_well_and_people_may_refer_by_number(tmp_path: Path) -> None:
    text = _addresses("False", "True", "Ist ein Unternehmen", keyed=True)
    with suggested(tmp_path, {"partner.csv": text}) as found:
        assert found.rows("contacts", "contact_id", "account_id")[:2] == [
            ("105", "100"),
            ("106", "101"),
        ]
        assert found.rows("accounts", "account_id")[0] == ("100",)


def test_the_column_of_the_company_of_people_is_no_name_of_a_company(tmp_path: Path) -> None:
    text = _addresses("Person", "Firma", "Typ", keyed=True).replace("Gehört zu", "Firma")
    for n, name in enumerate(FIRMS):
        text = text.replace(f",Person,{100 + n},", f",Person,{name},")
    with suggested(tmp_path, {"Register.csv": text}) as found:
        assert found.rows("accounts", "name")[:5] == [(name,) for name in FIRMS]
        assert found.table("contacts").match_by_name == ("account_id",)


def test_branches_that_name_their_head_office_are_accounts(tmp_path: Path) -> None:
    text = _addresses("Filiale", "Zentrale", "Art").replace("Gehört zu", "Muttergesellschaft")
    with suggested(tmp_path, {"Kunden.csv": text}) as found:
        assert "contacts" not in found.tables

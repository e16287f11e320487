"""Who sells, told by a list that others refer to, and who sells to us among business partners."""

from pathlib import Path

from .staged import suggested

PEOPLE = ("-No Sales Employee-", "Wendy Zimmer", "Ben Irving", "Anna Boyd")


def _partners(kinds: str, heading: str = "CardType") -> str:
    told = [f"CardCode,CardName,{heading},SlpCode,City\n"]
    told += [f"P{n},Firm {n} Ltd,{kinds[n % len(kinds)]},{n % 3},Bonn\n" for n in range(24)]
    return "".join(told)


def _lines(partners: int) -> str:
    told = ["Order,DocDate,CardCode,ItemCode,Quantity,Price,LineTotal\n"]
    for n in range(48):
        line = f"A{n % 5},{1 + n % 3},{2.5 + n},{(1 + n % 3) * (2.5 + n)}"
        told.append(f"{n // 2},2025-03-{1 + n // 2:02d},P{n // 2 % partners},{line}\n")
    return "".join(told)


def _sellers() -> str:
    return "SlpCode,SlpName,Commission\n" + "".join(
        f"{n - 1},{name},0.0\n" for n, name in enumerate(PEOPLE)
    )


def test_a_list_of_people_that_customers_refer_to_is_of_sellers(tmp_path: Path) -> None:
    files = {"OCRD.csv": _partners("C"), "INV.csv": _lines(24), "OSLP.csv": _sellers()}
    with suggested(tmp_path, files) as found:
        assert found.columns("users") == {"login": "SlpCode", "name": "SlpName"}
        assert found.columns("accounts")["owner"] == "SlpCode"


def test_suppliers_are_no_accounts(tmp_path: Path) -> None:
    text = _partners("CS").replace(",S,", ",Vendor,").replace(",C,", ",Customer,")
    text = text.replace("CardCode,CardName,CardType", "Customer No,Customer Name,Type")
    with suggested(tmp_path, {"customers.csv": text}) as found:
        assert found.table("accounts").skip == ("Type in ('Vendor')",)
        assert any("'Vendor'" in doubt for doubt in found.doubts())


def test_partners_by_codes_of_whom_orders_name_both_kinds_stay(tmp_path: Path) -> None:
    with suggested(tmp_path, {"OCRD.csv": _partners("CS"), "INV.csv": _lines(24)}) as found:
        assert found.table("accounts").skip == ()


def test_a_ledgers_account_gives_way_to_the_name_that_all_lines_of_an_order_share(
    tmp_path: Path,
) -> None:
    told = ["Date,Document Number,Name,Account,Item,Quantity,Amount\n"]
    for n in range(40):
        ledger = ("4000 Sales", "4100 Services")[n % 2]
        line = f"{ledger},W{n % 7},{1 + n % 3},{5.5 + n}"
        told.append(f"2025-03-{1 + n // 2:02d},D{n // 2},C{n // 2 % 6} Firm Ltd,{line}\n")
    with suggested(tmp_path, {"results.csv": "".join(told)}) as found:
        assert found.columns("purchases")["account_id"] == "Name"


SURNAMES = ("Archer", "Dawson", "Jensen", "Novak", "Orlova", "Petit")
GIVEN = ("Anna", "Boris", "Carla", "Dmitri")


def _people(columns: str, name: str) -> dict[str, str]:
    firms = "".join(f"K{n},Werk {n} GmbH,Berlin\n" for n in range(24))
    rows = "".join(
        name.format(n=n, given=GIVEN[n % 4], family=SURNAMES[n % 6])
        + f",Werk {n % 24} GmbH,p{n}@werk.example\n"
        for n in range(36)
    )
    return {
        "accounts.csv": f"account_no,Account Name,City\n{firms}",
        "contacts.csv": f"{columns},Account Name,Email\n{rows}",
    }


def test_a_name_beside_a_surname_that_it_does_not_hold_is_the_given_name(tmp_path: Path) -> None:
    with suggested(tmp_path, _people("ID,Name,Efternamn", "{n},{given},{family}")) as found:
        assert found.rows("contacts", "name")[:2] == [("Anna Archer",), ("Boris Dawson",)]


def test_a_name_beside_a_given_name_that_it_does_not_hold_is_the_surname(tmp_path: Path) -> None:
    with suggested(tmp_path, _people("ID,Name,Vorname", "{n},{family},{given}")) as found:
        assert found.rows("contacts", "name")[:2] == [("Anna Archer",), ("Boris Dawson",)]


def test_a_whole_name_stays_itself_beside_a_surname(tmp_path: Path) -> None:
    people = _people("ID,Name,Surname", "{n},{given} {family},{family}")
    with suggested(tmp_path, people) as found:
        assert found.columns("contacts")["name"] == "Name"


def test_people_are_told_by_the_halves_of_their_names_in_another_language(tmp_path: Path) -> None:
    people = {
        "KUNDE_7a3.csv": "ID;Название компании;Город\n"
        + "".join(f"{n};ООО Завод {n};Тула\n" for n in range(300, 324)),
        "LISTE_77b0.csv": "ID;Имя;Фамилия;Компания;Должность;Рабочий телефон\n"
        + "".join(
            f"{n};{GIVEN[n % 4]};{SURNAMES[n % 6]};ООО Завод {300 + n % 24};Директор;+79160{n}\n"
            for n in range(700, 736)
        ),
    }
    with suggested(tmp_path, people) as found:
        contacts = found.columns("contacts")
    assert contacts["name"] == "concat(Имя, ' ', Фамилия)"
    assert (contacts["title"], contacts["phone"]) == ("Должность", "Рабочий телефон")


def test_whom_something_is_shipped_to_does_not_sell_it(tmp_path: Path) -> None:
    people = ("Anna Weber", "Tom Becker", "Laura Stone")
    text = "Order,Date,Customer,Item,Amount,Ship Name\n"
    text += "".join(
        f"O{n},2025-01-{n % 28 + 1:02d},Firm {n % 9} Ltd,W{n % 4},{n}.5,{people[n % 3]}\n"
        for n in range(40)
    )
    with suggested(tmp_path, {"orders.csv": text}) as found:
        listed = [table for table in found.mapping.tables if table.table == "accounts"]
        assert all("owner" not in table.columns for table in listed)

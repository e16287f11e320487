"""What things and people of lists are called."""

from pathlib import Path

from .staged import suggested

NAMES = ("Abel GmbH", "Birch Ltd", "Cedar AG", "Dorn SA", "Elm Inc")


def _orders(name: str) -> str:
    """Sixty orders whose customers are called by `name`, formatted with a firm and its number."""
    text = "Order No,Order Date,Customer Key,Customer Name,Seller Key,Product,Amount\n"
    for n in range(60):
        firm = name.format(firm=NAMES[n % 5], k=n % 5)
        text += f"O{n},2025-03-{n % 28 + 1:02d},{n % 5},{firm},{n % 3},W{n % 7},{n}.25\n"
    return text


def test_customers_are_called_as_orders_call_them(tmp_path: Path) -> None:
    firms = "Customer Key,Company Name,Account Name,Industry\n"
    firms += "".join(f"{k},{name},{name} Works {k},Farming\n" for k, name in enumerate(NAMES))
    for at, (told, column) in enumerate(
        (("{firm} Works {k}", "Account Name"), ("{firm}", "Company Name"))
    ):
        folder = tmp_path / str(at)
        folder.mkdir()
        files = {"customers.csv": firms, "orders.csv": _orders(told)}
        with suggested(folder, files) as found:
            assert found.columns("accounts")["name"] == column


def test_who_sells_is_called_by_a_persons_name_in_a_column_of_teams(tmp_path: Path) -> None:
    sellers = "Seller Key,Sales Team,Region\n0,Dora Novak,North\n1,Carla Fischer,West\n"
    sellers += "2,Karen Olsen,South\n3,Peter Lang,East\n"
    files = {"Sales_Team.csv": sellers, "orders.csv": _orders("{firm}")}
    with suggested(tmp_path, files) as found:
        assert found.columns("users")["name"] == "Sales Team"


def test_a_team_of_no_persons_names_stays_one(tmp_path: Path) -> None:
    sellers = "Seller Key,Sales Team,Region\n0,North Desk,N\n1,West Desk,W\n2,South Desk,S\n"
    files = {"Sales_Team.csv": sellers, "orders.csv": _orders("{firm}")}
    with suggested(tmp_path, files) as found:
        assert found.columns("users")["team"] == "Sales Team"


def test_lines_of_an_estimate_are_one_deal(tmp_path: Path) -> None:
    text = "Estimate Number,Estimate Date,Expiry Date,Customer Name,Item,Status,Item Total,Total\n"
    for n in range(40):
        state = ("accepted", "sent", "declined")[n // 2 % 3]
        text += f"E{n // 2},2025-01-{n // 2 + 1:02d},2025-02-{n // 2 + 1:02d},{NAMES[n // 2 % 5]}"
        text += f",W{n % 7},{state},{10 + n}.5,{50 + n // 2}.5\n"
    with suggested(tmp_path, {"estimates.csv": text}) as found:
        assert found.columns("opportunities")["opportunity_id"] == "Estimate Number"


def test_people_of_all_sorts_are_contacts_and_by_a_flag_sellers(tmp_path: Path) -> None:
    people = "PersonID,FullName,PreferredName,IsEmployee,IsSalesperson,PhoneNumber,EmailAddress\n"
    people += "".join(
        f"{n},Person {n},P{n},{int(n < 4)},{int(n < 3)},555-01{n},p{n}@example.com\n"
        for n in range(20)
    )
    orders = "Order ID,Customer ID,SalespersonPersonID,ContactPersonID,Order Date,Amount\n"
    orders += "".join(
        f"{n},{n % 5},{n % 3},{5 + n % 5},2025-03-{n % 28 + 1:02d},{n}.25\n" for n in range(60)
    )
    firms = "Customer ID,Customer Name,Industry\n"
    firms += "".join(f"{k},{name},Farming\n" for k, name in enumerate(NAMES))
    files = {"people.csv": people, "orders.csv": orders, "customers.csv": firms}
    with suggested(tmp_path, files) as found:
        assert found.table("users").skip == ("not (IsSalesperson)",)
        assert found.columns("users")["name"] == "FullName"
        assert [dict(join.on) for join in found.table("contacts").joins] == [
            {"PersonID": "ContactPersonID"}
        ]

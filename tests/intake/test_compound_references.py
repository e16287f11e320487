"""References that say two things of one row, and names that only an account beside them tells."""

from collections.abc import Callable

import pytest
from tests.intake.test_importing import home, reasons, take

from groundplan.book.models import Contact, Interaction, Opportunity
from groundplan.intake.contracts import ImportReport

__all__ = ["home", "take"]
pytestmark = pytest.mark.django_db
Take = Callable[..., ImportReport]
ACCOUNTS = {"accounts.csv": "account_id,name\n4711,Acme Ltd\n4712,Birch SA\n4713,Cedar AG\n"}
PRODUCTS = {"products.csv": "product_id,name\nP-7,Pump\nV-1,Valve 3/4\nS-2,Seal - round\n"}


def deals(account: str = "4711", product: str = "P-7") -> dict[str, str]:
    told = f'opportunity_id,account_id,name,stage,product_id\n1,"{account}",x,Won,"{product}"\n'
    return {"opportunities.csv": told}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("[P-7] Pump", "P-7"),
        ("P-7 - Pump", "P-7"),
        ("P-7: Pump", "P-7"),
        ("Pump (P-7)", "P-7"),
        ("P-7 Pump", "P-7"),
        ("Pump | P-7", "P-7"),
        ("S-2 - Seal - round", "S-2"),
        ("Seal - round (S-2)", "S-2"),
        ("[P-7] Pump, as it was called before", "P-7"),
        ("[0815-old] Valve 3/4", "V-1"),
        ("Pump (https://notes.example/Pump-81ac)", "P-7"),
    ],
)
def test_a_code_and_a_name_of_one_product_mean_it(take: Take, written: str, key: str) -> None:
    report = take(ACCOUNTS | PRODUCTS | deals(product=written))
    assert report.reject_sample == ()
    product = Opportunity.objects.get().product
    assert product is not None
    assert product.name == {"P-7": "Pump", "V-1": "Valve 3/4", "S-2": "Seal - round"}[key]


@pytest.mark.parametrize(
    "written", ["P-7 - Valve 3/4", "Pump (large)", "Pump - large", "P-7b Pump"]
)
def test_what_only_partly_agrees_stays_unknown(take: Take, written: str) -> None:
    report = take(ACCOUNTS | PRODUCTS | deals(product=written))
    assert report.tables["opportunities"].rejected == 1


@pytest.mark.parametrize("written", ["Acme Ltd (4711)", "4711 Acme Ltd", "Acme Ltd, Jo Black"])
def test_a_number_or_a_person_beside_a_company_means_the_company(take: Take, written: str) -> None:
    contacts = {"contacts.csv": "contact_id,account_id,name\nC1,4711,Jo Black\nC2,4712,Jo Black\n"}
    report = take(ACCOUNTS | contacts | PRODUCTS | deals(account=written))
    assert report.reject_sample == ()
    assert Opportunity.objects.get().account.name == "Acme Ltd"


def test_a_later_import_finds_them_among_what_is_known(take: Take) -> None:
    take(ACCOUNTS | PRODUCTS)
    report = take(deals(account="Acme Ltd (4711)", product="[P-7] Pump"))
    assert report.reject_sample == ()


VISITS = "account_id,date,kind,contact_id\n"
PEOPLE = "contact_id,account_id,name\n1,4711,Alex Miller\n2,4712,Alex Miller\n3,4711,Jo Black\n"


def test_one_of_several_people_of_a_name_is_the_one_at_the_rows_account(take: Take) -> None:
    visits = f"{VISITS}4711,2026-01-01,call,Alex Miller\n4712,2026-01-02,call,alex miller\n"
    visits += "4713,2026-01-03,call,Alex Miller\n4713,2026-01-04,call,Jo Black — Acme Ltd\n"
    take(ACCOUNTS | {"contacts.csv": PEOPLE, "interactions.csv": visits})
    met = Interaction.objects.order_by("date").values_list("contact_id", flat=True)
    acme, birch = (
        Contact.objects.get(name="Alex Miller", account__name=name).pk
        for name in ("Acme Ltd", "Birch SA")
    )
    jo = Contact.objects.get(name="Jo Black").pk
    assert list(met) == [acme, birch, None, jo]


def test_a_visit_to_somebody_unknown_is_taken_without_who_it_was(take: Take) -> None:
    visits = f"{VISITS}4711,2026-01-01,call,Nobody Known\n4711,2026-01-02,call,Jo Black\n"
    report = take(ACCOUNTS | {"contacts.csv": PEOPLE, "interactions.csv": visits})
    assert report.tables["interactions"].accepted == 2
    (note,) = (note for note in report.notes if "contact_id" in note)
    assert note.startswith("1 interaction taken without contact_id, which is unknown")


def test_a_name_that_several_accounts_have_is_not_called_unknown_alone(take: Take) -> None:
    accounts = {"accounts.csv": "account_id,name\n1,Acme Ltd\n2,Acme Ltd\n"}
    report = take(accounts | PRODUCTS | deals(account="Acme Ltd"))
    ((_, column, value, why),) = reasons(report)
    assert (column, value) == ("account_id", "Acme Ltd")
    assert why == "is unknown: several have that name, their ids would tell"

"""What people made of cells, and later imports: nothing takes it away, nothing of it is imported
over."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.intake.test_importing import home, take

from groundplan.book.contracts import CellRef, Grounds, Mark, Target
from groundplan.book.models import Account, CompetitorPosition, Opportunity, Product
from groundplan.book.selectors.cells import states_of
from groundplan.book.services.cells import opportunities_target, positions_mark, positions_unmark
from groundplan.intake.contracts import ImportReport
from groundplan.kernel.evidence import Evidence
from groundplan.organisation.selectors import today
from groundplan.people.contracts import SYSTEM

__all__ = ["home", "take"]
pytestmark = pytest.mark.django_db
Take = Callable[..., ImportReport]
ACCOUNTS = "account_id,name\nA1,Acme\n"
PRODUCTS = "product_id,name\nP1,Pump\nP2,Valve\n"
OPPORTUNITIES = "opportunity_id,account_id,name,stage\nO1,A1,Theirs,Open\n"
POSITIONS = "account_id,product_id,position,competitor\nA1,P2,competitor,{}\n"
GROUNDS = Grounds(None, None, "All", 0, 0, 0, 0, (), Evidence("snapshot", "x", ""))


def cell(product: str) -> CellRef:
    return CellRef(Account.objects.get().uid, Product.objects.get(name=product).uid)


def pair(product: str) -> tuple[int, int]:
    return Account.objects.get().pk, Product.objects.get(name=product).pk


def test_a_complete_file_of_opportunities_leaves_targeted_ones_alone(take: Take) -> None:
    take({"accounts.csv": ACCOUNTS, "products.csv": PRODUCTS, "opportunities.csv": OPPORTUNITIES})
    target = Target(cell("Pump"), Decimal(5), Decimal("0.5"), GROUNDS)
    opportunities_target(viewer=SYSTEM, targets=[target], close_on=today() + timedelta(days=90))
    later = OPPORTUNITIES.replace("O1", "O2").replace("Theirs", "Other")
    take({"opportunities.csv": later}, complete=True)
    kept = Opportunity.objects.filter(archived_at=None)
    assert set(kept.values_list("name", flat=True)) == {"Pump", "Other"}
    assert states_of([pair("Pump")]) == {pair("Pump"): "open"}


def test_an_import_of_positions_waits_beneath_a_mark_by_hand(take: Take) -> None:
    take(
        {
            "accounts.csv": ACCOUNTS,
            "products.csv": PRODUCTS,
            "competitor_positions.csv": POSITIONS.format("Vexa"),
        }
    )
    cells = [cell("Pump"), cell("Valve")]
    positions_mark(viewer=SYSTEM, cells=cells, mark=Mark("in_house", "They build it."))
    report = take({"competitor_positions.csv": POSITIONS.format("Orlo")})
    assert report.tables["competitor_positions"].updated == 1
    assert set(states_of([pair("Pump"), pair("Valve")]).values()) == {"in_house"}
    positions_unmark(viewer=SYSTEM, cells=cells)
    assert states_of([pair("Pump"), pair("Valve")]) == {pair("Valve"): "competitor"}
    assert CompetitorPosition.objects.get().competitor == "Orlo"
